//! What the operation costs.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    error::{Error, Result},
    graphql::{budget::Cost, context::session},
};

/// What this operation costs, in points, and what one operation may cost. A field costs a point; what stands inside
/// a connection costs one more time for every ten rows asked for.
#[derive(SimpleObject, Clone, Debug)]
pub struct RateLimit {
    /// What this operation costs.
    pub cost: i32,
    /// What one operation may cost; one that costs more gets QUERY_TOO_COMPLEX.
    pub limit: i32,
    /// What this operation could have cost besides: the limit minus the cost.
    pub remaining: i32,
    /// From when the whole limit is there again: at once, for each operation has a limit of its own.
    pub reset_at: DateTime<Utc>,
}

/// Queries about the operation itself.
#[derive(Default)]
pub struct RateLimitQuery;

#[Object]
impl RateLimitQuery {
    /// What this operation costs and what it may cost. Needs no token.
    async fn rate_limit(&self, ctx: &Context<'_>) -> Result<RateLimit> {
        let cost = ctx
            .data_opt::<Cost>()
            .ok_or_else(|| Error::internal("an operation that nobody has measured"))?;
        let points = |points: u64| i32::try_from(points).unwrap_or(i32::MAX);
        Ok(RateLimit {
            cost: points(cost.complexity),
            limit: points(cost.limit),
            remaining: points(cost.limit.saturating_sub(cost.complexity)),
            reset_at: session(ctx).now(),
        })
    }
}
