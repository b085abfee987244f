//! Why something cannot be changed now: read by `viewerCannotUpdate` and by every mutation, so that they agree.

use entity::vocabulary::{OutcomeState, PlanStatus, ReportStatus};

use super::{follow_up::report::lock, problem::LockReason};

/// What lies in a plan can be changed by those who may plan there, until the plan is closed.
#[must_use]
pub fn in_plan(may: bool, status: PlanStatus) -> Vec<LockReason> {
    let closed = (status == PlanStatus::Closed).then_some(LockReason::PlanClosed);
    not_permitted(may).into_iter().chain(closed).collect()
}

/// A budget can be changed by those who may plan there, until the plan that governs it is closed or the year's annual report
/// is handed in.
#[must_use]
pub fn budget(
    may: bool,
    plan: Option<PlanStatus>,
    annual: Option<ReportStatus>,
) -> Vec<LockReason> {
    let closed = (plan == Some(PlanStatus::Closed)).then_some(LockReason::PlanClosed);
    not_permitted(may).into_iter().chain(closed).chain(annual.and_then(lock::reason)).collect()
}

/// What only needs a role.
#[must_use]
pub fn by_role(may: bool) -> Vec<LockReason> {
    not_permitted(may).into_iter().collect()
}

/// An outcome can be changed by those who may report there, from when its period starts until its report is handed in.
#[must_use]
pub fn outcome(
    may: bool,
    state: OutcomeState,
    report: Option<ReportStatus>,
    started: bool,
) -> Vec<LockReason> {
    let approved = (state == OutcomeState::Confirmed).then_some(LockReason::ReportApproved);
    let handed_in = report.and_then(lock::reason).or(approved);
    let early = (!started).then_some(LockReason::PeriodNotStarted);
    not_permitted(may).into_iter().chain(handed_in).chain(early).collect()
}

/// What a report says can be changed by those who may report there, while nobody has handed it in.
#[must_use]
pub fn in_report(may: bool, status: ReportStatus) -> Vec<LockReason> {
    not_permitted(may).into_iter().chain(lock::reason(status)).collect()
}

fn not_permitted(may: bool) -> Option<LockReason> {
    (!may).then_some(LockReason::NotPermitted)
}
