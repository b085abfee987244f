//! Copies focus areas, goals and assignments, with what they point at and who answers for them.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike as _, Months, NaiveDate};
use entity::{
    indicators::{assignment_indicator, goal_indicator},
    planning::{assignment, focus_area, goal, responsibility},
    vocabulary::{NodeType, ProgressStatus},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::{Journey, counterpart};
use crate::{
    domain::{
        link,
        planning::responsibility::{self as responsible, Owner},
        write::{FieldChange, Write},
    },
    error::Result,
};

/// The new key of each old node.
type Keys = HashMap<Uuid, Uuid>;

/// Copies all of it, in a number of statements that does not depend on how much there is.
///
/// # Errors
/// Whatever the database says.
pub async fn copy(write: &mut Write, journey: &Journey<'_>) -> Result<()> {
    let old_areas = focus_area::Entity::find()
        .filter(focus_area::Column::PlanId.eq(journey.source.id))
        .order_by_asc(focus_area::Column::Id)
        .all(write.connection())
        .await?;
    let old_goals = goal::Entity::find()
        .filter(goal::Column::PlanId.eq(journey.source.id))
        .order_by_asc(goal::Column::Id)
        .all(write.connection())
        .await?;
    let old_assignments = assignment::Entity::find()
        .filter(assignment::Column::PlanId.eq(journey.source.id))
        .order_by_asc(assignment::Column::Id)
        .all(write.connection())
        .await?;
    let mut areas = keys(old_areas.iter().map(|area| area.id));
    let mut goals = keys(old_goals.iter().map(|goal| goal.id));
    let mut assignments = keys(old_assignments.iter().map(|assignment| assignment.id));
    let own: Keys = goals.iter().chain(&assignments).map(|(old, new)| (*old, *new)).collect();

    let above = old_goals
        .iter()
        .filter_map(|goal| goal.focus_area_id)
        .chain(old_assignments.iter().filter_map(|assignment| assignment.focus_area_id));
    let above = others(above, &areas);
    areas.extend(counterpart::of::<focus_area::Model>(write, journey, above).await?);
    let above = others(old_goals.iter().filter_map(|goal| goal.parent_id), &goals);
    goals.extend(counterpart::of::<goal::Model>(write, journey, above).await?);
    let above = others(old_assignments.iter().filter_map(|one| one.parent_id), &assignments);
    assignments.extend(counterpart::of::<assignment::Model>(write, journey, above).await?);

    copy_areas(write, journey, old_areas, &areas).await?;
    copy_goals(write, journey, old_goals, &areas, &goals).await?;
    copy_assignments(write, journey, old_assignments, &areas, &goals, &assignments).await?;
    copy_measures(write, &own).await?;
    copy_responsible(write, &own, &assignments).await
}

fn keys(old: impl Iterator<Item = Uuid>) -> Keys {
    old.map(|old| (old, Uuid::now_v7())).collect()
}

fn others(named: impl Iterator<Item = Uuid>, own: &Keys) -> HashSet<Uuid> {
    named.filter(|id| !own.contains_key(id)).collect()
}

fn new_key(keys: &Keys, old: Option<Uuid>) -> Option<Uuid> {
    old.and_then(|old| keys.get(&old).copied())
}

async fn copy_areas(
    write: &mut Write,
    journey: &Journey<'_>,
    old: Vec<focus_area::Model>,
    areas: &Keys,
) -> Result<()> {
    let rows = old.into_iter().filter_map(|old| {
        let id = areas.get(&old.id).copied()?;
        Some((journey.scope, focus_area::Model { id, plan_id: journey.copy.id, ..old }))
    });
    write.insert_all(rows.collect()).await?;
    Ok(())
}

async fn copy_goals(
    write: &mut Write,
    journey: &Journey<'_>,
    mut old: Vec<goal::Model>,
    areas: &Keys,
    goals: &Keys,
) -> Result<()> {
    upper_first(&mut old, |goal| (goal.id, goal.parent_id));
    let rows = old.into_iter().filter_map(|old| {
        let row = goal::Model {
            id: goals.get(&old.id).copied()?,
            plan_id: journey.copy.id,
            focus_area_id: new_key(areas, old.focus_area_id),
            parent_id: new_key(goals, old.parent_id),
            ..old
        };
        Some((journey.scope, row))
    });
    write.insert_all(rows.collect()).await?;
    Ok(())
}

async fn copy_assignments(
    write: &mut Write,
    journey: &Journey<'_>,
    mut old: Vec<assignment::Model>,
    areas: &Keys,
    goals: &Keys,
    assignments: &Keys,
) -> Result<()> {
    upper_first(&mut old, |assignment| (assignment.id, assignment.parent_id));
    let years = journey.copy.year - journey.source.year;
    let rows = old.into_iter().filter_map(|old| {
        let row = assignment::Model {
            id: assignments.get(&old.id).copied()?,
            plan_id: journey.copy.id,
            focus_area_id: new_key(areas, old.focus_area_id),
            goal_id: new_key(goals, old.goal_id),
            parent_id: new_key(assignments, old.parent_id),
            starts_on: old.starts_on.and_then(|day| moved(day, years)),
            ends_on: old.ends_on.and_then(|day| moved(day, years)),
            status: ProgressStatus::NotStarted,
            ..old
        };
        Some((journey.scope, row))
    });
    write.insert_all(rows.collect()).await?;
    Ok(())
}

/// The same day so many years later; the last of February stands for a leap day.
fn moved(day: NaiveDate, years: i32) -> Option<NaiveDate> {
    let months = Months::new(years.unsigned_abs() * 12);
    let moved =
        if years < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
    moved.filter(|day| (1..=9999).contains(&day.year()))
}

/// Puts what others of the list hang under before them.
fn upper_first<M>(rows: &mut [M], place: fn(&M) -> (Uuid, Option<Uuid>)) {
    let parents: HashMap<Uuid, Option<Uuid>> = rows.iter().map(place).collect();
    rows.sort_by_cached_key(|row| {
        std::iter::successors(Some(place(row).0), |id| parents.get(id).copied().flatten())
            .take(parents.len())
            .count()
    });
}

/// The indicators that tell about what was copied.
async fn copy_measures(write: &mut Write, own: &Keys) -> Result<()> {
    let mut changes: HashMap<Uuid, Vec<FieldChange>> = HashMap::new();
    let mut named: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let old: Vec<Uuid> = own.keys().copied().collect();
    for some in old.chunks(5_000) {
        let of_goals = goal_indicator::Entity::find()
            .filter(goal_indicator::Column::GoalId.is_in(some.iter().copied()))
            .all(write.connection())
            .await?;
        let of_goals: Vec<goal_indicator::Model> = of_goals
            .into_iter()
            .filter_map(|old| {
                Some(goal_indicator::Model { goal_id: *own.get(&old.goal_id)?, ..old })
            })
            .collect();
        for some in of_goals.chunks(500) {
            let rows = some.iter().cloned().map(|row| row.into_active_model());
            goal_indicator::Entity::insert_many(rows)
                .exec_without_returning(write.connection())
                .await?;
        }
        let of_assignments = assignment_indicator::Entity::find()
            .filter(assignment_indicator::Column::AssignmentId.is_in(some.iter().copied()))
            .all(write.connection())
            .await?;
        let of_assignments: Vec<assignment_indicator::Model> = of_assignments
            .into_iter()
            .filter_map(|old| {
                let assignment_id = *own.get(&old.assignment_id)?;
                Some(assignment_indicator::Model { assignment_id, ..old })
            })
            .collect();
        for some in of_assignments.chunks(500) {
            let rows = some.iter().cloned().map(|row| row.into_active_model());
            assignment_indicator::Entity::insert_many(rows)
                .exec_without_returning(write.connection())
                .await?;
        }
        for row in of_goals {
            named.entry(row.goal_id).or_default().push(row.indicator_id);
        }
        for row in of_assignments {
            named.entry(row.assignment_id).or_default().push(row.indicator_id);
        }
    }
    for (node, indicators) in named {
        let after = link::shown(NodeType::Indicator, &indicators);
        let field = "indicators".to_owned();
        changes.entry(node).or_default().push(FieldChange { field, before: None, after });
    }
    write.amend_all(changes);
    Ok(())
}

/// Who answers for the assignments.
async fn copy_responsible(write: &mut Write, own: &Keys, assignments: &Keys) -> Result<()> {
    let owners: Vec<Owner> = assignments
        .keys()
        .filter(|old| own.contains_key(old))
        .map(|old| Owner::Assignment(*old))
        .collect();
    let mut changes: HashMap<Uuid, Vec<FieldChange>> = HashMap::new();
    let mut rows = Vec::new();
    for (owner, old) in responsible::of_owners(write.connection(), &owners).await? {
        let Owner::Assignment(old_key) = owner else { continue };
        let Some(assignment) = own.get(&old_key).copied() else { continue };
        let new: Vec<responsibility::Model> = old
            .into_iter()
            .map(|old| responsibility::Model {
                id: Uuid::now_v7(),
                assignment_id: Some(assignment),
                ..old
            })
            .collect();
        let after = responsible::shown(&new);
        let field = "responsible".to_owned();
        changes.entry(assignment).or_default().push(FieldChange { field, before: None, after });
        rows.extend(new);
    }
    responsible::insert(write, rows).await?;
    write.amend_all(changes);
    Ok(())
}
