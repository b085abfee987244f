//! What a decided report says of each thing in its plan.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    follow_up::{assessment, report},
    indicators::indicator,
    node_id,
    planning::{activity, assignment, focus_area, goal},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{NodeType, StatusLight},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::content::{Assessed, Named, Previous, Subject};
use crate::{
    domain::{
        fetch,
        follow_up::{
            assessment::{About as Asked, By, previous, told},
            report::{Subjects, of_plans, period_of},
        },
        planning::suggestion::{About, lights},
        reference::each_once,
    },
    error::Result,
};

/// Rows that may be named, by their keys.
struct Known {
    focus_areas: HashMap<Uuid, focus_area::Model>,
    goals: HashMap<Uuid, goal::Model>,
    assignments: HashMap<Uuid, assignment::Model>,
}

/// What a report says of each thing, in the order in which the plan is read, as far as anybody has said anything.
pub(super) async fn assessed(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    figures: &Sight,
    report: &report::Model,
    on: NaiveDate,
) -> Result<Vec<Assessed>> {
    let rows = assessment::Entity::find_visible(sight)
        .filter(assessment::Column::ReportId.eq(report.id))
        .order_by_asc(assessment::Column::Id)
        .all(connection)
        .await?;
    let (period, plan, unit) = (period_of(report)?, report.plan_id, report.org_unit_id);
    let about: Vec<About> = (rows.iter())
        .filter_map(assessment::Model::subject)
        .map(|(node, id)| About { node, id, plan, unit, period, on })
        .collect();
    let lights: HashMap<Uuid, StatusLight> = (lights(connection, sight, figures, &about).await?)
        .into_iter()
        .map(|(about, light)| (about.id, light))
        .collect();
    let by = By::Unit(unit);
    let keys: Vec<Asked> = (rows.iter().filter_map(assessment::Model::subject))
        .map(|(node, id)| Asked { node, id, by })
        .collect();
    let told = told(connection, sight, &keys).await?;
    let mut subjects = described(connection, sight, report, &rows).await?;
    let mut found: Vec<(usize, Assessed)> = Vec::new();
    for row in rows.iter().filter(|row| !row.is_blank()) {
        let Some((node, id)) = row.subject() else { continue };
        let Some((place, subject)) = subjects.remove(&id) else { continue };
        let told = told.get(&Asked { node, id, by }).map_or(&[][..], Vec::as_slice);
        let assessed = Assessed {
            subject,
            verdict: row.verdict,
            progress: row.progress,
            suggested: lights.get(&id).copied().unwrap_or(StatusLight::None),
            comment: row.comment.clone(),
            obstacles: row.obstacles.clone(),
            next_steps: row.next_steps.clone(),
            previous: previous(told, row.id).map(|told| Previous {
                year: told.year,
                kind: told.kind,
                verdict: told.assessment.verdict,
                progress: told.assessment.progress,
                comment: told.assessment.comment.clone(),
            }),
        };
        found.push((place, assessed));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, assessed)| assessed).collect())
}

/// What is assessed, by key, each with its place: in the order of the plan, and last what is in it no more.
async fn described(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    report: &report::Model,
    rows: &[assessment::Model],
) -> Result<HashMap<Uuid, (usize, Subject)>> {
    let plans = HashSet::from([report.plan_id]);
    let plan = of_plans(connection, sight, &plans).await?.remove(&report.plan_id);
    let Subjects { focus_areas, goals, assignments, indicators } = plan.unwrap_or_default();
    let order = (focus_areas.iter().map(|row| row.id))
        .chain(goals.iter().map(|row| row.id))
        .chain(assignments.iter().map(|row| row.id))
        .chain(indicators.iter().map(|row| row.id));
    let order: HashMap<Uuid, usize> = order.zip(0..).collect();
    let areas = ids(rows.iter().map(|row| row.focus_area_id));
    let areas = fetch::by_id::<focus_area::Entity>(connection, sight, &areas).await?;
    let goals = ids(rows.iter().map(|row| row.goal_id));
    let goals = fetch::by_id::<goal::Entity>(connection, sight, &goals).await?;
    let assignments = ids(rows.iter().map(|row| row.assignment_id));
    let assignments = fetch::by_id::<assignment::Entity>(connection, sight, &assignments).await?;
    let activities = ids(rows.iter().map(|row| row.activity_id));
    let activities = fetch::by_id::<activity::Entity>(connection, sight, &activities).await?;
    let indicators = ids(rows.iter().map(|row| row.indicator_id));
    let indicators = fetch::by_id::<indicator::Entity>(connection, sight, &indicators).await?;
    let known = known(connection, sight, &goals, &assignments, &activities).await?;
    let subjects = (areas.values().map(|row| (row.id, of_focus_area(row))))
        .chain(goals.values().map(|row| (row.id, known.of_goal(row))))
        .chain(assignments.values().map(|row| (row.id, known.of_assignment(row))))
        .chain(activities.values().map(|row| (row.id, known.of_activity(row))))
        .chain(indicators.values().map(|row| (row.id, of_indicator(row))));
    let place = |id: Uuid| order.get(&id).copied().unwrap_or(usize::MAX);
    Ok(subjects.map(|(id, subject)| (id, (place(id), subject))).collect())
}

/// What goals, assignments and activities hang under or break down.
async fn known(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    goals: &HashMap<Uuid, goal::Model>,
    assignments: &HashMap<Uuid, assignment::Model>,
    activities: &HashMap<Uuid, activity::Model>,
) -> Result<Known> {
    let areas = (goals.values().map(|row| row.focus_area_id))
        .chain(assignments.values().map(|row| row.focus_area_id));
    let areas = ids(areas);
    let upper_goals = (goals.values().map(|row| row.parent_id))
        .chain(assignments.values().map(|row| row.goal_id));
    let upper_goals = ids(upper_goals);
    let upper = (assignments.values().map(|row| row.parent_id))
        .chain(activities.values().map(|row| row.assignment_id));
    let upper = ids(upper);
    Ok(Known {
        focus_areas: fetch::by_id::<focus_area::Entity>(connection, sight, &areas).await?,
        goals: fetch::by_id::<goal::Entity>(connection, sight, &upper_goals).await?,
        assignments: fetch::by_id::<assignment::Entity>(connection, sight, &upper).await?,
    })
}

fn ids(named: impl Iterator<Item = Option<Uuid>>) -> Vec<Uuid> {
    each_once(&named.flatten().collect::<Vec<Uuid>>()).collect()
}

impl Known {
    fn focus_area(&self, id: Option<Uuid>) -> Option<Named> {
        let row = self.focus_areas.get(&id?)?;
        Some(name(NodeType::FocusArea, row.id, row.number.as_ref(), &row.name))
    }

    fn goal(&self, id: Option<Uuid>) -> Option<Named> {
        let row = self.goals.get(&id?)?;
        Some(name(NodeType::Goal, row.id, row.number.as_ref(), &row.name))
    }

    fn assignment(&self, id: Option<Uuid>) -> Option<Named> {
        let row = self.assignments.get(&id?)?;
        Some(name(NodeType::Assignment, row.id, row.number.as_ref(), &row.name))
    }

    fn of_goal(&self, row: &goal::Model) -> Subject {
        Subject {
            itself: name(NodeType::Goal, row.id, row.number.as_ref(), &row.name),
            description: row.description.clone(),
            status: None,
            under: self.focus_area(row.focus_area_id).into_iter().collect(),
            breaks_down: self.goal(row.parent_id),
        }
    }

    fn of_assignment(&self, row: &assignment::Model) -> Subject {
        let under = [self.focus_area(row.focus_area_id), self.goal(row.goal_id)];
        Subject {
            itself: name(NodeType::Assignment, row.id, row.number.as_ref(), &row.name),
            description: row.description.clone(),
            status: Some(row.status),
            under: under.into_iter().flatten().collect(),
            breaks_down: self.assignment(row.parent_id),
        }
    }

    fn of_activity(&self, row: &activity::Model) -> Subject {
        Subject {
            itself: name(NodeType::Activity, row.id, None, &row.name),
            description: row.description.clone(),
            status: Some(row.status),
            under: self.assignment(row.assignment_id).into_iter().collect(),
            breaks_down: None,
        }
    }
}

fn of_focus_area(row: &focus_area::Model) -> Subject {
    Subject {
        itself: name(NodeType::FocusArea, row.id, row.number.as_ref(), &row.name),
        description: row.description.clone(),
        status: None,
        under: Vec::new(),
        breaks_down: None,
    }
}

fn of_indicator(row: &indicator::Model) -> Subject {
    Subject {
        itself: name(NodeType::Indicator, row.id, Some(&row.code), &row.name),
        description: row.definition.clone(),
        status: None,
        under: Vec::new(),
        breaks_down: None,
    }
}

fn name(node: NodeType, id: Uuid, number: Option<&String>, name: &str) -> Named {
    let (id, number) = (node_id::encode(node, id), number.cloned());
    Named { node, id, number, name: name.to_owned() }
}
