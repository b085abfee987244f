//! Opening a report.

use async_graphql::{Context, ID, InputObject, Object};
use entity::follow_up::report;

use super::FollowUpReport;
use crate::{
    domain::follow_up::report as domain,
    error::Result,
    graphql::{
        organisation::period::PeriodInput,
        payload::{mutation, payload},
    },
};

/// Which report to open.
#[derive(InputObject, Clone, Debug)]
pub struct ReportOpenInput {
    /// The unit.
    pub org_unit: ID,
    /// The period: UR1, UR2 or AR of a year of which the unit has a decided plan.
    pub period: PeriodInput,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The opened report.
    ReportOpenPayload, report: FollowUpReport of report::Entity
}

/// Opens reports.
#[derive(Default)]
pub struct ReportOpen;

#[Object]
impl ReportOpen {
    /// Opens a unit's follow-up report of a period (öppnar en uppföljningsrapport), once, with a blank assessment of every focus
    /// area, goal and assignment of its plan and every indicator that is measured for the period. Needs REPORTER on the
    /// unit. userErrors: INVALID, NOT_FOUND; NOT_ALLOWED_IN_STATE unless the plan is decided; DUPLICATE when it is open
    /// already; LOCKED before the period has started.
    async fn report_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit and the period.")] input: ReportOpenInput,
    ) -> Result<ReportOpenPayload> {
        let session = mutation(ctx);
        let ReportOpenInput { org_unit, period, idempotency_key: key } = input;
        let (unit, period) = (org_unit.0, period.into());
        let done =
            domain::open(&session.db, &session.viewer, session.now(), unit, period, key).await;
        ReportOpenPayload::of(ctx, done).await
    }
}
