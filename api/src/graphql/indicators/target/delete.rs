//! Removing a target.

use async_graphql::{Context, Object};

use crate::{
    domain::indicators::target as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The target is gone.
    TargetDeleteInput => TargetDeletePayload
}

/// Removes targets.
#[derive(Default)]
pub struct TargetDelete;

#[Object]
impl TargetDelete {
    /// Removes a target (målvärde). Needs PLANNER on the unit. userErrors: NOT_FOUND; CONFLICT when it has changed;
    /// LOCKED when the plan that it belongs to is closed.
    async fn target_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which target.")] input: TargetDeleteInput,
    ) -> Result<TargetDeletePayload> {
        let session = mutation(ctx);
        let done =
            domain::delete(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        TargetDeletePayload::of(ctx, input.id, done).await
    }
}
