//! Scorecards as they change.

use std::sync::Arc;

use async_graphql::{Context, ID, Subscription};

use super::{Scorecard, loader::ScorecardOf};
use crate::{
    domain::indicators::scorecard::Asked,
    error::Result,
    graphql::{
        context::session,
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
        let period = period.period()?;
        let key = ScorecardOf(unit.id, Arc::new(Asked { period, filter: Default::default() }));
        let rows = session(ctx).loader.load_one(key).await?.unwrap_or_default();
        Ok(said(vec![Row(Scorecard::new(unit, period, rows))]))
    }
}
