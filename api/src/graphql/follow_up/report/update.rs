//! Changing what a report says as a whole.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::follow_up::report;

use super::FollowUpReport;
use crate::{
    domain::follow_up::report as domain,
    error::Result,
    graphql::{
        id::sent,
        payload::{mutation, payload},
        vocabulary::InternalControlConclusion,
    },
};

/// What to change of a report. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct ReportUpdateInput {
    /// The report.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// What it comes to, in Markdown; at most 20,000 characters.
    pub summary: MaybeUndefined<String>,
    /// What the annual report says of the internal control; only for AR.
    pub internal_control_conclusion: MaybeUndefined<InternalControlConclusion>,
    /// What is said of the period's economy, in Markdown; at most 20,000 characters.
    pub economy_comment: MaybeUndefined<String>,
    /// What is said of the period's investments, in Markdown; at most 20,000 characters.
    pub investment_comment: MaybeUndefined<String>,
}

payload! {
    /// The changed report.
    ReportUpdatePayload, report: FollowUpReport of report::Entity
}

/// Changes reports.
#[derive(Default)]
pub struct ReportUpdate;

#[Object]
impl ReportUpdate {
    /// Changes what a report says as a whole (sammanfattning, kommentarer till ekonomi och investeringar, slutsats om
    /// intern kontroll). Needs REPORTER on the unit.
    /// userErrors: INVALID, NOT_FOUND; CONFLICT for a field that somebody else changed; LOCKED when it is submitted or
    /// approved.
    async fn report_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: ReportUpdateInput,
    ) -> Result<ReportUpdatePayload> {
        let session = mutation(ctx);
        let ReportUpdateInput {
            id,
            version,
            summary,
            internal_control_conclusion,
            economy_comment,
            investment_comment,
        } = input;
        let fields = domain::ReportFields {
            summary: sent(summary),
            internal_control_conclusion: sent(internal_control_conclusion),
            economy_comment: sent(economy_comment),
            investment_comment: sent(investment_comment),
        };
        let done =
            domain::update(&session.db, &session.viewer, session.now(), &id, version, fields).await;
        ReportUpdatePayload::of(ctx, done).await
    }
}
