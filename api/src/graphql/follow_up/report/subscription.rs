//! Reports as they are taken through their life.

use async_graphql::{Context, ID, Subscription};
use entity::follow_up::report;

use super::FollowUpReport;
use crate::{
    domain::follow_up::report as domain,
    error::Result,
    fresh::Table,
    graphql::{
        context::session,
        direct::Row,
        loader::ById,
        turn::{self, Said, said},
    },
};

/// Steps that one turn tells of; the next turn goes on from there.
const MOST: u64 = 20;

/// Reports as they are taken through their life.
#[derive(Default)]
pub struct ReportStatusSubscription;

#[Subscription]
impl ReportStatusSubscription {
    /// Each step from now on that a follow-up report (uppföljningsrapport) of the unit or one below it takes: opened,
    /// submitted, returned, approved, reopened, in that order; the report as it is when it is told. Who does not see
    /// drafts there hears of approvals only. Ends with an error: UNAUTHENTICATED; BAD_USER_INPUT for a unit that there
    /// is not or that the caller does not see any more.
    async fn report_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
    ) -> Result<Said<Row<FollowUpReport>>> {
        let unit = turn::unit(ctx, &org_unit).await?;
        let place = turn::place(ctx);
        let session = session(ctx);
        let Some(span) = place.next(&[Table::OrgUnit, Table::Report]) else {
            return Ok(said(Vec::new()));
        };
        let (log, sight) = (place.log().reader(), session.viewer.sight()?);
        let steps = session.loader.alone(domain::steps(log, sight, &unit, span, MOST)).await?;
        if let Some(stopped) = steps.stopped_at {
            place.stop_at(stopped);
        }
        let ids = steps.reports.iter().map(|id| ById::<report::Entity>::new(*id));
        let found = session.loader.load_many(ids).await?;
        let now = |id| found.get(&ById::new(id)).cloned();
        let reports = steps.reports.into_iter().filter_map(now);
        Ok(said(reports.map(|report| Row(FollowUpReport(report))).collect()))
    }
}
