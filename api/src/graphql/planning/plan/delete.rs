//! Removing a draft of a plan.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::plan as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The plan is gone.
    PlanDeleteInput => PlanDeletePayload
}

/// Removes drafts of plans.
#[derive(Default)]
pub struct PlanDelete;

#[Object]
impl PlanDelete {
    /// Removes a draft of a plan (utkast till verksamhetsplan) with everything in it, the targets of its year that were
    /// set since it was begun, and the deadlines that were proposed with it and that nobody has changed by hand. Needs
    /// PLANNER on the unit. userErrors: NOT_FOUND; NOT_ALLOWED_IN_STATE unless it is a draft; CONFLICT when it has changed; IN_USE while other plans
    /// are based on it, and when budgets were made or changed with it.
    async fn plan_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan.")] input: PlanDeleteInput,
    ) -> Result<PlanDeletePayload> {
        let session = mutation(ctx);
        let done =
            domain::delete(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        PlanDeletePayload::of(ctx, input.id, done).await
    }
}
