//! Taking reports through their life.

use async_graphql::{Context, ID, InputObject, Object};
use entity::follow_up::report;

use super::FollowUpReport;
use crate::{
    domain::follow_up::report::{step::Step, take},
    error::Result,
    graphql::payload::{mutation, payload},
};

/// Which report, and why.
#[derive(InputObject, Clone, Debug)]
pub struct ReportTransitionInput {
    /// The report.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// Why; at most 20,000 characters. It is kept with the event.
    pub reason: Option<String>,
}

payload! {
    /// The report in its new state.
    ReportTransitionPayload, report: FollowUpReport of report::Entity
}

async fn taken(
    ctx: &Context<'_>,
    step: Step,
    input: ReportTransitionInput,
) -> Result<ReportTransitionPayload> {
    let session = mutation(ctx);
    let ReportTransitionInput { id, version, reason } = input;
    let done = take(&session.db, &session.viewer, session.now(), &id, version, step, reason).await;
    ReportTransitionPayload::of(ctx, done).await
}

/// Hands reports in.
#[derive(Default)]
pub struct ReportSubmit;

#[Object]
impl ReportSubmit {
    /// Hands a report in (lämnar in), from draft or returned; nobody writes in it then, nor records
    /// the unit's outcomes of the period. Needs REPORTER on the unit.
    /// userErrors: NOT_FOUND, CONFLICT, NOT_ALLOWED_IN_STATE; INCOMPLETE for each thing that is missing, and, unless a reason
    /// is given, for each report right below that is not approved.
    async fn report_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report.")] input: ReportTransitionInput,
    ) -> Result<ReportTransitionPayload> {
        taken(ctx, Step::Submit, input).await
    }
}

/// Sends reports back.
#[derive(Default)]
pub struct ReportReturn;

#[Object]
impl ReportReturn {
    /// Sends a submitted report back to be written on (återlämnar). Needs CONTROLLER on the unit. userErrors: NOT_FOUND,
    /// CONFLICT, NOT_ALLOWED_IN_STATE; REQUIRED without a reason.
    async fn report_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report, and why.")] input: ReportTransitionInput,
    ) -> Result<ReportTransitionPayload> {
        taken(ctx, Step::Return, input).await
    }
}

/// Approves reports.
#[derive(Default)]
pub struct ReportApprove;

#[Object]
impl ReportApprove {
    /// Approves a submitted report (godkänner): readers see it from now on, the unit's outcomes of the period are confirmed,
    /// and its texts, judgements and outcomes are locked. Needs CONTROLLER on the unit. userErrors: NOT_FOUND, CONFLICT,
    /// NOT_ALLOWED_IN_STATE; INCOMPLETE for what has come into the plan since it was handed in and nobody has assessed.
    async fn report_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report.")] input: ReportTransitionInput,
    ) -> Result<ReportTransitionPayload> {
        taken(ctx, Step::Approve, input).await
    }
}

/// Opens approved reports again.
#[derive(Default)]
pub struct ReportReopen;

#[Object]
impl ReportReopen {
    /// Opens an approved report again to be written on (öppnar igen): it is returned, and the unit's outcomes of the period
    /// are preliminary until it is approved anew. Needs CONTROLLER on the unit. userErrors: NOT_FOUND, CONFLICT,
    /// NOT_ALLOWED_IN_STATE; REQUIRED without a reason.
    async fn report_reopen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report, and why.")] input: ReportTransitionInput,
    ) -> Result<ReportTransitionPayload> {
        taken(ctx, Step::Reopen, input).await
    }
}
