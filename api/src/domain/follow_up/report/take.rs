//! Takes reports through their life: handed in, sent back, approved, opened again.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    follow_up::report,
    indicators::outcome,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{OutcomeState, PeriodKind, ReportStatus},
};
use sea_orm::{ColumnTrait as _, QueryFilter as _};

use super::{
    completeness::{Due, Item, Missing, completeness},
    event,
    find::sub_reports,
    scope,
    step::{Reason, Step},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        budgets::economy,
        follow_up::decision,
        form::{TEXT, check_text, required},
        indicators::{guard, outcome as outcomes},
        problem::{Code, Problem},
        write::{Done, Edit, Scope, Write, many::Change},
    },
    error::{Error, Result},
};

/// Takes a step in the life of a report. `reason` is kept.
///
/// # Errors
/// [`Code::NotAllowedInState`] when the step cannot be taken in the report's state; [`Code::Incomplete`] for each thing that
/// is missing when it is handed in; [`Code::Required`] without a reason where one is asked for; that the caller may not.
pub async fn take(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    step: Step,
    reason: Option<String>,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: report::Model = write.find("id", id).await?;
    write.require(step.rule().action, before.org_unit_id).await?;
    take_in(&mut write, &before, version, step, reason).await?;
    write.commit(vec![before.id]).await
}

/// Takes a step in the life of a report, for whoever may.
///
/// # Errors
/// As [`take`].
pub async fn take_in(
    write: &mut Write,
    before: &report::Model,
    version: i32,
    step: Step,
    reason: Option<String>,
) -> Result<report::Model> {
    let to = step.from(before.status).ok_or_else(|| not_in(before.status).at("id"))?;
    let reason = checked(reason)?;
    match step.rule().reason {
        Reason::Required if reason.is_none() => return Err(required("reason").into()),
        Reason::WhenIncomplete => refuse_incomplete(write, before, reason.is_some()).await?,
        Reason::Required | Reason::Optional => {}
    }
    if to == ReportStatus::Approved {
        // The plan may have been changed since the report was handed in.
        refuse_missing(missing(write, &Sight::at(before.org_unit_id), before).await?)?;
    }
    let after = report::Model { status: to, ..before.clone() };
    // Who saw the report before or sees it now is told.
    let draft = [before.status, to].iter().all(|status| *status != ReportStatus::Approved);
    let scope = Scope { draft, ..scope(write, before).await? };
    let edit = Edit { version, sent: vec!["status"] };
    let after = write.update(&scope, before, after, Vec::new(), &edit).await?;
    event::note(write, before.id, Some(before.status), to, reason).await?;
    match (before.status, to) {
        (_, ReportStatus::Approved) => {
            settle(write, before, scope, OutcomeState::Confirmed).await?;
            economy::settle(write, &scope, before).await?;
            decision::freeze(write, &scope, &after).await?;
        }
        (ReportStatus::Approved, _) => {
            settle(write, before, scope, OutcomeState::Preliminary).await?;
            economy::forget(write, before.id).await?;
        }
        _ => {}
    }
    Ok(after)
}

fn checked(reason: Option<String>) -> Result<Option<String>> {
    let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if let Some(reason) = &reason {
        check_text(reason, TEXT).map_err(|problem| problem.at("reason"))?;
    }
    Ok(reason)
}

/// What is asked cannot be done in the state that the report is in.
fn not_in(status: ReportStatus) -> Problem {
    let (sv, en) = match status {
        ReportStatus::Draft => ("Rapporten är ett utkast.", "The report is a draft."),
        ReportStatus::Submitted => ("Rapporten är inlämnad.", "The report is submitted."),
        ReportStatus::Returned => ("Rapporten är återlämnad.", "The report is returned."),
        ReportStatus::Approved => ("Rapporten är godkänd.", "The report is approved."),
    };
    Problem::new(Code::NotAllowedInState, sv, en)
}

/// Refuses to hand in a report in which something is missing, or that draws on reports which are not approved, unless
/// somebody says why.
async fn refuse_incomplete(
    write: &Write,
    report: &report::Model,
    is_explained: bool,
) -> Result<()> {
    let mut problems = missing(write, write.sight()?, report).await?;
    if report.kind == PeriodKind::Ar && report.internal_control_conclusion.is_none() {
        problems.push(
            Problem::new(
                Code::Incomplete,
                "Årsrapportens slutsats om den interna kontrollen saknas.",
                "The annual report's conclusion on the internal control is missing.",
            )
            .at("id"),
        );
    }
    if !is_explained {
        for below in unapproved(write, report).await? {
            problems.push(
                Problem::new(
                    Code::Incomplete,
                    format!("Rapporten från {below} är inte godkänd; ange annars ett skäl."),
                    format!("The report of {below} is not approved; otherwise give a reason."),
                )
                .at("reason"),
            );
        }
    }
    refuse_missing(problems)
}

fn refuse_missing(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
}

/// What is missing in a report, as far as somebody sees.
async fn missing(write: &Write, sight: &Sight, report: &report::Model) -> Result<Vec<Problem>> {
    let due = Due::of(report)?;
    let mut found = completeness(write.connection(), sight, &[due]).await?;
    let found = found.remove(&due).unwrap_or_default();
    Ok(found.missing().map(|(item, missing)| incomplete(item, missing)).collect())
}

fn incomplete(item: &Item, missing: Missing) -> Problem {
    let name = &item.name;
    let (sv, en) = match missing {
        Missing::Verdict => {
            (format!("{name}: bedömning saknas."), format!("{name}: not assessed."))
        }
        Missing::Outcome => (
            format!("{name}: utfall saknas, och en kommentar om varför."),
            format!("{name}: no outcome, and no comment that says why."),
        ),
        Missing::Why => (
            format!("{name}: en kommentar om varför utfallet saknas behövs."),
            format!("{name}: a comment must say why the outcome is missing."),
        ),
    };
    Problem::new(Code::Incomplete, sv, en).at("id")
}

/// The units whose reports this one draws on, and are not approved, by name.
async fn unapproved(write: &Write, report: &report::Model) -> Result<Vec<String>> {
    let below = sub_reports(write.connection(), write.sight()?, report).await?;
    let waiting = below.into_iter().filter(|(_, row)| row.status != ReportStatus::Approved);
    Ok(waiting.map(|(unit, _)| unit.name).collect())
}

/// Confirms the outcomes of the report's unit and period, or makes them preliminary again.
async fn settle(
    write: &mut Write,
    report: &report::Model,
    scope: Scope,
    state: OutcomeState,
) -> Result<()> {
    let rows = outcome::Entity::find_visible(&Sight::ALL)
        .filter(outcome::Column::OrgUnitId.eq(report.org_unit_id))
        .filter(outcome::Column::PeriodOrder.eq(report.period_order))
        .filter(outcome::Column::Year.eq(report.year))
        .filter(outcome::Column::Kind.eq(report.kind))
        .filter(outcome::Column::State.ne(state))
        .all(write.connection())
        .await?;
    let mut touched = HashSet::new();
    let mut changes = Vec::with_capacity(rows.len());
    for before in rows {
        touched.insert((before.indicator_id, outcomes::period_of(&before)?));
        let after = outcome::Model { state, ..before.clone() };
        changes.push(Change { scope, before, after, links: Vec::new() });
    }
    write.update_all(changes).await?;
    guard::refresh(write, guard::Touched::Keys(touched)).await
}
