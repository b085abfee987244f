//! Loads the demo in one transaction, as Rödtråd itself.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    indicators::{assignment_indicator, goal_indicator},
    organisation::org_unit_closure,
    planning::{
        activity, assignment, focus_area, goal, governing_document, plan, plan_basis, plan_section,
        responsibility,
    },
    vocabulary::{ActivityKind, PlanStatus, ProgressStatus},
};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{
    budgets,
    facts::{self, Facts},
    measures, reports,
    rows::{Stamp, known, org_unit},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        follow_up::calendar_event,
        write::{Scope, Write},
    },
    error::{Error, Result},
};

const FACTS: &str = include_str!("regionservice.json");

/// What has been made so far, by the names that the facts use.
pub(super) struct Loading {
    pub write: Write,
    pub stamp: Stamp,
    pub organisation: Uuid,
    pub units: HashMap<String, Uuid>,
    pub indicators: HashMap<String, Uuid>,
}

impl Loading {
    pub(super) fn scope(&self, unit: Uuid) -> Scope {
        Scope { organisation_id: self.organisation, org_unit_id: unit, draft: false }
    }
}

/// Loads Region Halland's Regionservice with its plan for 2024, and of Stockholm an investment budget for 2021.
///
/// # Errors
/// Whatever the database says; nothing has changed then.
pub async fn load(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let facts: Facts = serde_json::from_str(FACTS).map_err(Error::internal)?;
    let write = db.write(&Viewer::system(), now).await?;
    let stamp = Stamp { at: write.now(), by: write.actor_id() };
    let organisation = Uuid::now_v7();
    let mut loading =
        Loading { write, stamp, organisation, units: HashMap::new(), indicators: HashMap::new() };
    for unit in &facts.units {
        load_unit(&mut loading, unit).await?;
    }
    measures::load(&mut loading, &facts).await?;
    let council = load_plan(&mut loading, &facts.council_plan, None).await?;
    let board = load_plan(&mut loading, &facts.board_plan, Some(council)).await?;
    load_chapters(&mut loading, &facts, board).await?;
    load_thread(&mut loading, &facts, council, board).await?;
    budgets::load(&mut loading, &facts).await?;
    reports::load(&mut loading, &facts.board_plan).await?;
    let mut stockholm = Loading {
        write: loading.write,
        stamp,
        organisation: Uuid::now_v7(),
        units: HashMap::new(),
        indicators: HashMap::new(),
    };
    budgets::load_stockholm(&mut stockholm).await?;
    stockholm.write.commit(Vec::new()).await?;
    Ok(())
}

pub(super) async fn load_unit(loading: &mut Loading, unit: &facts::Unit) -> Result<()> {
    let parent = unit.parent.as_ref().map(|code| known(&loading.units, code)).transpose()?;
    let id = if parent.is_none() { loading.organisation } else { Uuid::now_v7() };
    let row = org_unit(
        id,
        loading.organisation,
        parent,
        &unit.code,
        &unit.name,
        unit.kind,
        &loading.stamp,
    );
    loading.write.insert(&loading.scope(id), row).await?;
    let mut closure =
        vec![org_unit_closure::Model { ancestor_id: id, descendant_id: id, depth: 0 }];
    if let Some(parent) = parent {
        use sea_orm::{ColumnTrait as _, QueryFilter as _};
        let above = org_unit_closure::Entity::find()
            .filter(org_unit_closure::Column::DescendantId.eq(parent))
            .all(loading.write.connection())
            .await?;
        closure.extend(above.into_iter().map(|row| org_unit_closure::Model {
            descendant_id: id,
            depth: row.depth + 1,
            ..row
        }));
    }
    org_unit_closure::Entity::insert_many(
        closure.into_iter().map(org_unit_closure::Model::into_active_model),
    )
    .exec_without_returning(loading.write.connection())
    .await?;
    loading.units.insert(unit.code.clone(), id);
    Ok(())
}

pub(super) async fn load_plan(
    loading: &mut Loading,
    fact: &facts::Plan,
    basis: Option<Uuid>,
) -> Result<Uuid> {
    let unit = known(&loading.units, &fact.org_unit)?;
    let row = plan::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit,
        year: fact.year,
        title: fact.title.clone(),
        registry_number: None,
        status: PlanStatus::Decided,
        decided_on: Some(fact.decided_on),
        decided_by: Some(fact.decided_by.clone()),
        based_on_id: basis,
        version: 0,
        created_at: loading.stamp.at,
        updated_at: loading.stamp.at,
        updated_by: loading.stamp.by,
    };
    let id = row.id;
    let scope = loading.scope(unit);
    let row = loading.write.insert(&scope, row).await?;
    calendar_event::propose(&mut loading.write, &scope, &row).await?;
    let itself = plan_basis::Model { plan_id: id, basis_id: id, depth: 0 };
    let above = basis.map(|basis_id| plan_basis::Model { plan_id: id, basis_id, depth: 1 });
    plan_basis::Entity::insert_many(
        std::iter::once(itself).chain(above).map(plan_basis::Model::into_active_model),
    )
    .exec_without_returning(loading.write.connection())
    .await?;
    Ok(id)
}

async fn load_chapters(loading: &mut Loading, facts: &Facts, plan_id: Uuid) -> Result<()> {
    let scope = loading.scope(known(&loading.units, &facts.board_plan.org_unit)?);
    let Stamp { at, by } = loading.stamp;
    for section in &facts.sections {
        let row = plan_section::Model {
            id: Uuid::now_v7(),
            plan_id,
            number: Some(section.number.clone()),
            heading: section.heading.clone(),
            text: format!("{} Källa: {}.", section.text, facts.source),
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        loading.write.insert(&scope, row).await?;
    }
    for document in &facts.governing_documents {
        let row = governing_document::Model {
            id: Uuid::now_v7(),
            plan_id,
            title: document.title.clone(),
            kind: document.kind,
            decided_by: None,
            decided_on: None,
            registry_number: None,
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        loading.write.insert(&scope, row).await?;
    }
    Ok(())
}

/// The red thread: the council's focus areas lie in its own plan, and the board's goals are under them.
async fn load_thread(
    loading: &mut Loading,
    facts: &Facts,
    council: Uuid,
    board: Uuid,
) -> Result<()> {
    let council_scope = loading.scope(known(&loading.units, &facts.council_plan.org_unit)?);
    let board_scope = loading.scope(known(&loading.units, &facts.board_plan.org_unit)?);
    let Stamp { at, by } = loading.stamp;
    let mut assignments = HashMap::new();
    for fact in &facts.focus_areas {
        let of_council = fact.origin == entity::vocabulary::FocusAreaOrigin::Council;
        let focus_area = focus_area::Model {
            id: Uuid::now_v7(),
            plan_id: if of_council { council } else { board },
            number: Some(fact.number.clone()),
            name: fact.name.clone(),
            description: Some(fact.description.clone()),
            origin: fact.origin,
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        let scope = if of_council { council_scope } else { board_scope };
        let focus_area = loading.write.insert(&scope, focus_area).await?;
        for fact in &fact.assignments {
            let id =
                load_assignment(loading, &board_scope, board, focus_area.id, None, fact).await?;
            assignments.insert(fact.number.clone(), id);
        }
        for fact in &fact.goals {
            let goal = goal::Model {
                id: Uuid::now_v7(),
                plan_id: board,
                focus_area_id: Some(focus_area.id),
                parent_id: None,
                number: Some(fact.number.clone()),
                name: fact.name.clone(),
                description: Some(fact.description.clone()),
                version: 0,
                created_at: at,
                updated_at: at,
                updated_by: by,
            };
            let goal = loading.write.insert(&board_scope, goal).await?;
            for code in &fact.indicators {
                let link = goal_indicator::Model {
                    goal_id: goal.id,
                    indicator_id: known(&loading.indicators, code)?,
                };
                goal_indicator::Entity::insert(link.into_active_model())
                    .exec_without_returning(loading.write.connection())
                    .await?;
            }
            for fact in &fact.assignments {
                let id = load_assignment(
                    loading,
                    &board_scope,
                    board,
                    focus_area.id,
                    Some(goal.id),
                    fact,
                )
                .await?;
                assignments.insert(fact.number.clone(), id);
            }
        }
    }
    load_activities(loading, facts, board, &assignments).await
}

async fn load_assignment(
    loading: &mut Loading,
    scope: &Scope,
    plan_id: Uuid,
    focus_area: Uuid,
    goal_id: Option<Uuid>,
    fact: &facts::Assignment,
) -> Result<Uuid> {
    let row = assignment::Model {
        id: Uuid::now_v7(),
        plan_id,
        focus_area_id: Some(focus_area),
        goal_id,
        parent_id: None,
        number: Some(fact.number.clone()),
        name: fact.name.clone(),
        description: Some(fact.description.clone()),
        cascades: fact.cascades,
        starts_on: None,
        ends_on: None,
        status: fact.status,
        version: 0,
        created_at: loading.stamp.at,
        updated_at: loading.stamp.at,
        updated_by: loading.stamp.by,
    };
    let id = row.id;
    loading.write.insert(scope, row).await?;
    load_responsible(loading, Some(id), None, &fact.responsible).await?;
    for code in &fact.indicators {
        let link = assignment_indicator::Model {
            assignment_id: id,
            indicator_id: known(&loading.indicators, code)?,
        };
        assignment_indicator::Entity::insert(link.into_active_model())
            .exec_without_returning(loading.write.connection())
            .await?;
    }
    Ok(id)
}

async fn load_responsible(
    loading: &Loading,
    assignment_id: Option<Uuid>,
    activity_id: Option<Uuid>,
    facts: &[facts::Responsible],
) -> Result<()> {
    for (position, fact) in (0..).zip(facts) {
        let row = responsibility::Model {
            id: Uuid::now_v7(),
            assignment_id,
            activity_id,
            position,
            kind: fact.kind,
            function: fact.function.clone(),
            org_unit_id: fact
                .org_unit
                .as_ref()
                .map(|code| known(&loading.units, code))
                .transpose()?,
        };
        responsibility::Entity::insert(row.into_active_model())
            .exec_without_returning(loading.write.connection())
            .await?;
    }
    Ok(())
}

/// The activities of the work-environment plan.
async fn load_activities(
    loading: &mut Loading,
    facts: &Facts,
    plan_id: Uuid,
    assignments: &HashMap<String, Uuid>,
) -> Result<()> {
    let unit = known(&loading.units, "RGS")?;
    let scope = loading.scope(known(&loading.units, &facts.board_plan.org_unit)?);
    for fact in &facts.activities {
        let row = activity::Model {
            id: Uuid::now_v7(),
            plan_id,
            org_unit_id: unit,
            kind: ActivityKind::WorkEnvironment,
            assignment_id: Some(known(assignments, &fact.assignment)?),
            name: fact.name.clone(),
            description: Some(fact.description.clone()),
            starts_on: fact.starts_on,
            due_on: fact.due_on,
            status: ProgressStatus::Ongoing,
            percent_done: None,
            competence_category: None,
            follow_up_comment: None,
            version: 0,
            created_at: loading.stamp.at,
            updated_at: loading.stamp.at,
            updated_by: loading.stamp.by,
        };
        let id = row.id;
        loading.write.insert(&scope, row).await?;
        load_responsible(loading, None, Some(id), &fact.responsible).await?;
    }
    Ok(())
}
