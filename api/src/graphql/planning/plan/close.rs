//! Closing a plan.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::plan;

use super::Plan;
use crate::{
    domain::planning::plan as domain,
    error::Result,
    graphql::payload::{mutation, payload},
};

/// Which plan to close.
#[derive(InputObject, Clone, Debug)]
pub struct PlanCloseInput {
    /// The plan.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
}

payload! {
    /// The closed plan.
    PlanClosePayload, plan: Plan of plan::Entity
}

/// Closes plans.
#[derive(Default)]
pub struct PlanClose;

#[Object]
impl PlanClose {
    /// Closes a decided plan (avsluta verksamhetsplan): from now on nothing in it changes. Needs PLANNER on the unit.
    /// userErrors: NOT_FOUND, INVALID; CONFLICT when somebody else changed its status; NOT_ALLOWED_IN_STATE unless it
    /// is decided.
    async fn plan_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan.")] input: PlanCloseInput,
    ) -> Result<PlanClosePayload> {
        let session = mutation(ctx);
        let done =
            domain::close(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        PlanClosePayload::of(ctx, done).await
    }
}
