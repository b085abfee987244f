//! Whose roles count for budgets and what has come of them, and when they can be changed.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    organisation::org_unit,
    vocabulary::{PeriodKind, PlanStatus},
};
use uuid::Uuid;

use crate::{
    access::policy::Action,
    domain::{
        follow_up::report::lock::handed_in,
        organisation::period::{AskedPeriod, Period},
        permission,
        planning::governing::governing,
        problem::{Code, LockReason, Problem},
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// Whose roles count for the budgets of a unit and year, when the caller may write them, the plan that governs them is not
/// closed, and the annual report of the year is not handed in.
///
/// # Errors
/// [`Error::Forbidden`], or a problem with why it is locked.
pub async fn for_planning(write: &Write, unit: &org_unit::Model, year: i32) -> Result<Scope> {
    write.require(Action::Plan, unit.id).await?;
    let (status, scope) = governed(write, unit, year).await?;
    if status == Some(PlanStatus::Closed) {
        return Err(Problem::locked(LockReason::PlanClosed).into());
    }
    // A year that no period can be in has no report.
    if let Ok(annual) = Period::new(year, PeriodKind::Ar, None) {
        refuse_handed_in(write, unit.id, annual).await?;
    }
    Ok(scope)
}

/// Refuses who may not report on all of these units.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn require_reporting(write: &Write, units: &[Uuid]) -> Result<()> {
    let action = Action::Report;
    let allowed = permission::allowed(write.connection(), write.viewer(), action, units).await?;
    if units.iter().all(|unit| allowed.contains(unit)) {
        return Ok(());
    }
    Err(Error::Forbidden(format!("Your roles do not allow {action:?} here.")))
}

/// Whose roles count for what has come of the budgets of each of these units in a period, when none of its reports is
/// handed in. Whether the caller may report there has been asked.
///
/// # Errors
/// A problem with why it is locked.
pub async fn reported_in(
    write: &Write,
    units: &[&org_unit::Model],
    period: Period,
) -> Result<HashMap<Uuid, Scope>> {
    let places = units.iter().map(|unit| (unit.id, period));
    let reports = handed_in(write.connection(), places).await?;
    if let Some(reason) = units.iter().find_map(|unit| reports.reason(unit.id, period)) {
        return Err(Problem::locked(reason).at("period").into());
    }
    let ids: Vec<Uuid> = units.iter().map(|unit| unit.id).collect();
    let plans = governing(write.connection(), &ids, &[period.year()]).await?;
    let scope = |unit: &&org_unit::Model| {
        let is_draft = plans.of(unit.id, period.year()) == Some(PlanStatus::Draft);
        let draft = is_draft || period.kind() != PeriodKind::Month;
        (unit.id, Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft })
    };
    Ok(units.iter().map(scope).collect())
}

/// The period of a budget's year that is meant, when it has begun.
///
/// # Errors
/// What is wrong with it.
pub fn period_of(asked: AskedPeriod, year: i32, today: NaiveDate) -> Result<Period, Problem> {
    let period = asked.period().map_err(|error| error.problem().within(&["period"]))?;
    if period.year() != year {
        return Err(Problem::new(
            Code::Invalid,
            format!("Budgeten gäller {year}, inte {}.", period.year()),
            format!("The budget is of {year}, not of {}.", period.year()),
        )
        .at("year")
        .within(&["period"]));
    }
    if period.start() > today {
        return Err(Problem::locked(LockReason::PeriodNotStarted).at("period"));
    }
    Ok(period)
}

async fn governed(
    write: &Write,
    unit: &org_unit::Model,
    year: i32,
) -> Result<(Option<PlanStatus>, Scope)> {
    let status = governing(write.connection(), &[unit.id], &[year]).await?.of(unit.id, year);
    let draft = status == Some(PlanStatus::Draft);
    let scope = Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft };
    Ok((status, scope))
}

async fn refuse_handed_in(write: &Write, unit: Uuid, period: Period) -> Result<()> {
    let reports = handed_in(write.connection(), [(unit, period)]).await?;
    match reports.reason(unit, period) {
        Some(reason) => Err(Problem::locked(reason).into()),
        None => Ok(()),
    }
}
