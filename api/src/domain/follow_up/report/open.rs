//! Opens reports.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    follow_up::{assessment, report},
    organisation::org_unit,
    planning::plan,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{NodeType, PeriodKind, PlanStatus, ReportStatus},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{event, subject};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        follow_up::assessment::blank,
        idempotency::Attempt,
        organisation::period::{AskedPeriod, Period},
        problem::{Code, LockReason, Problem},
        write::{Done, Scope, Write},
    },
    error::Result,
};

/// Opens the report of a unit and period, with a blank assessment of everything that it is to say something about.
///
/// # Errors
/// [`Code::Duplicate`] when there is one; [`Code::NotAllowedInState`] unless the year's plan is decided; what else is wrong
/// with the input, or that the caller may not.
pub async fn open(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    org_unit: String,
    asked: AskedPeriod,
    key: Option<String>,
) -> Result<Done> {
    let input = (&org_unit, asked);
    let mut write = match db.write_once(viewer, now, "reportOpen", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    write.require(Action::Report, unit.id).await?;
    let period = reported(asked)?;
    if period.start() > now.date_naive() {
        return Err(Problem::locked(LockReason::PeriodNotStarted).at("period").into());
    }
    let row = open_in(&mut write, &unit, period).await?;
    write.commit(vec![row.id]).await
}

/// Opens the report of a unit and period.
///
/// # Errors
/// [`Code::Duplicate`] when there is one; [`Code::NotAllowedInState`] unless the year's plan is decided.
pub async fn open_in(
    write: &mut Write,
    unit: &org_unit::Model,
    period: Period,
) -> Result<report::Model> {
    let plan = decided_plan(write, unit.id, period.year()).await?;
    refuse_second(write, unit.id, period).await?;
    let scope = Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft: true };
    let row = report::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit.id,
        plan_id: plan.id,
        year: period.year(),
        kind: period.kind(),
        period_order: period.sort_key(),
        status: ReportStatus::Draft,
        summary: None,
        internal_control_conclusion: None,
        economy_comment: None,
        investment_comment: None,
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    };
    let row = write.insert(&scope, row).await?;
    event::note(write, row.id, None, ReportStatus::Draft, None).await?;
    let todo = to_do(write, &row).await?;
    write.insert_all(todo.into_iter().map(|assessment| (scope, assessment)).collect()).await?;
    Ok(row)
}

/// A period that reports are of.
fn reported(asked: AskedPeriod) -> Result<Period> {
    let period = asked.period().map_err(|error| error.problem().within(&["period"]))?;
    if period.kind() == PeriodKind::Month {
        return Err(Problem::new(
            Code::Invalid,
            "Rapporter finns för UR1, UR2 och AR, inte för månader.",
            "Reports are of UR1, UR2 and AR, not of months.",
        )
        .at("kind")
        .within(&["period"])
        .into());
    }
    Ok(period)
}

async fn decided_plan(write: &Write, unit: Uuid, year: i32) -> Result<plan::Model> {
    let plan = plan::Entity::find_visible(write.sight()?)
        .filter(plan::Column::OrgUnitId.eq(unit))
        .filter(plan::Column::Year.eq(year))
        .one(write.connection())
        .await?;
    let (sv, en) = match plan {
        Some(plan) if plan.status == PlanStatus::Decided => return Ok(plan),
        Some(plan) if plan.status == PlanStatus::Closed => (
            format!("Enhetens plan för {year} är stängd."),
            format!("The unit's plan for {year} is closed."),
        ),
        _ => (
            format!("Enheten har ingen beslutad plan för {year}."),
            format!("The unit has no decided plan for {year}."),
        ),
    };
    Err(Problem::new(Code::NotAllowedInState, sv, en).at("period").into())
}

async fn refuse_second(write: &Write, unit: Uuid, period: Period) -> Result<()> {
    let there = report::Entity::find()
        .filter(report::Column::OrgUnitId.eq(unit))
        .filter(report::Column::Year.eq(period.year()))
        .filter(report::Column::Kind.eq(period.kind()))
        .one(write.connection())
        .await?;
    if there.is_none() {
        return Ok(());
    }
    Err(Problem::new(
        Code::Duplicate,
        "Rapporten är redan öppnad; skriv i den.",
        "The report is open already; write in that one.",
    )
    .at("period")
    .into())
}

/// A blank assessment of everything that the report is to say something about.
async fn to_do(write: &Write, report: &report::Model) -> Result<Vec<assessment::Model>> {
    let plans = HashSet::from([report.plan_id]);
    // The same whoever opens it: who does not see what lies above the unit does not see what is said of it either.
    let mut found = subject::of_plans(write.connection(), &Sight::ALL, &plans).await?;
    let subjects = found.remove(&report.plan_id).unwrap_or_default();
    let ids = (subjects.focus_areas.iter().map(|row| (NodeType::FocusArea, row.id)))
        .chain(subjects.goals.iter().map(|row| (NodeType::Goal, row.id)))
        .chain(subjects.assignments.iter().map(|row| (NodeType::Assignment, row.id)))
        .chain(subjects.measured(report.kind).map(|row| (NodeType::Indicator, row.id)));
    Ok(ids.map(|(node, id)| blank(write, report.id, node, id)).collect())
}
