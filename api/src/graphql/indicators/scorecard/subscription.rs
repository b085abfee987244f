//! Scorecards as they change.

use async_graphql::{Context, ID, Subscription};

use super::Scorecard;
use crate::{
    error::Result,
    graphql::{
        direct::Row,
        organisation::period::PeriodInput,
        turn::{self, Said, said},
    },
};

/// Scorecards as they change.
#[derive(Default)]
pub struct ScorecardSubscription;

#[Subscription]
impl ScorecardSubscription {
    /// A unit's scorecard of a period (styrkort): as it is now, and again whenever what is asked of it has changed; many
    /// changes at once may come as one. Ends with an error: UNAUTHENTICATED; BAD_USER_INPUT for what is no period, and
    /// for a unit that there is not or that the caller does not see any more.
    async fn scorecard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
        #[graphql(desc = "The period.")] period: PeriodInput,
    ) -> Result<Said<Row<Scorecard>>> {
        let unit = turn::unit(ctx, &org_unit).await?;
        let scorecard = super::of(ctx, unit, period.period()?, None).await?;
        Ok(said(vec![Row(scorecard)]))
    }
}
