//! The made-up plans: one for the council and each board and year, with the red thread in it.

use entity::{
    indicators::goal_indicator,
    planning::{activity, assignment, focus_area, goal, plan, plan_basis},
    vocabulary::{ActivityKind, FocusAreaOrigin, PlanStatus, ProgressStatus},
};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{
    generate::{BOARDS, Making},
    rows::Stamp,
};
use crate::{
    domain::write::{Scope, Write},
    error::Result,
};

const FOCUS_AREAS: usize = 4;
const GOALS: usize = 3;
const ASSIGNMENTS: usize = 3;
const ACTIVITIES: usize = 2;

/// A decided plan for the council and each board, with the red thread in it.
pub(super) async fn make(write: &mut Write, making: &Making, year: i32) -> Result<()> {
    let Stamp { at, by } = making.stamp;
    let mut council = None;
    for (number, unit) in making.units.iter().take(1 + BOARDS).enumerate() {
        let scope = making.scope(*unit);
        let plan = plan::Model {
            id: Uuid::now_v7(),
            org_unit_id: *unit,
            year,
            title: format!("Verksamhetsplan {year}, nämnd {number}"),
            registry_number: None,
            status: PlanStatus::Decided,
            decided_on: chrono::NaiveDate::from_ymd_opt(year - 1, 11, 30),
            decided_by: Some("Nämnden".to_owned()),
            based_on_id: council,
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        let plan = write.insert(&scope, plan).await?;
        let chain = [(plan.id, 0)].into_iter().chain(council.map(|council| (council, 1)));
        let chain =
            chain.map(|(basis_id, depth)| plan_basis::Model { plan_id: plan.id, basis_id, depth });
        plan_basis::Entity::insert_many(chain.map(plan_basis::Model::into_active_model))
            .exec_without_returning(write.connection())
            .await?;
        make_thread(write, making, &scope, &plan, number).await?;
        council = council.or(Some(plan.id));
    }
    Ok(())
}

async fn make_thread(
    write: &mut Write,
    making: &Making,
    scope: &Scope,
    plan: &plan::Model,
    seed: usize,
) -> Result<()> {
    let Stamp { at, by } = making.stamp;
    let (mut focus_areas, mut goals, mut assignments, mut activities) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut links = Vec::new();
    for f in 1..=FOCUS_AREAS {
        let focus_area = focus_area::Model {
            id: Uuid::now_v7(),
            plan_id: plan.id,
            number: Some(f.to_string()),
            name: format!("Fokusområde {f}"),
            description: None,
            origin: FocusAreaOrigin::Own,
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        for g in 1..=GOALS {
            let goal = goal::Model {
                id: Uuid::now_v7(),
                plan_id: plan.id,
                focus_area_id: Some(focus_area.id),
                parent_id: None,
                number: Some(format!("{f}.{g}")),
                name: format!("Mål {f}.{g}"),
                description: None,
                version: 0,
                created_at: at,
                updated_at: at,
                updated_by: by,
            };
            let measured =
                making.indicators.get((seed * 31 + f * 7 + g) % making.indicators.len().max(1));
            links.extend(measured.map(|indicator| goal_indicator::Model {
                goal_id: goal.id,
                indicator_id: *indicator,
            }));
            for a in 1..=ASSIGNMENTS {
                let assignment = assignment::Model {
                    id: Uuid::now_v7(),
                    plan_id: plan.id,
                    focus_area_id: Some(focus_area.id),
                    goal_id: Some(goal.id),
                    parent_id: None,
                    number: Some(format!("{f}.{g}.{a}")),
                    name: format!("Uppdrag {f}.{g}.{a}"),
                    description: None,
                    cascades: None,
                    starts_on: None,
                    ends_on: None,
                    status: ProgressStatus::Ongoing,
                    version: 0,
                    created_at: at,
                    updated_at: at,
                    updated_by: by,
                };
                for n in 1..=ACTIVITIES {
                    activities.push((
                        *scope,
                        activity_of(
                            making,
                            plan,
                            assignment.id,
                            format!("Aktivitet {f}.{g}.{a}.{n}"),
                        ),
                    ));
                }
                assignments.push((*scope, assignment));
            }
            goals.push((*scope, goal));
        }
        focus_areas.push((*scope, focus_area));
    }
    write.insert_all(focus_areas).await?;
    write.insert_all(goals).await?;
    write.insert_all(assignments).await?;
    write.insert_all(activities).await?;
    goal_indicator::Entity::insert_many(
        links.into_iter().map(goal_indicator::Model::into_active_model),
    )
    .exec_without_returning(write.connection())
    .await?;
    Ok(())
}

fn activity_of(
    making: &Making,
    plan: &plan::Model,
    assignment: Uuid,
    name: String,
) -> activity::Model {
    activity::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        org_unit_id: plan.org_unit_id,
        kind: ActivityKind::Operations,
        assignment_id: Some(assignment),
        name,
        description: None,
        starts_on: None,
        due_on: chrono::NaiveDate::from_ymd_opt(plan.year, 12, 31),
        status: ProgressStatus::Ongoing,
        percent_done: None,
        competence_category: None,
        follow_up_comment: None,
        version: 0,
        created_at: making.stamp.at,
        updated_at: making.stamp.at,
        updated_by: making.stamp.by,
    }
}
