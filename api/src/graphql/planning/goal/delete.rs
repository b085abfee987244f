//! Removing a goal.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::goal as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The goal is gone.
    GoalDeleteInput => GoalDeletePayload
}

/// Removes goals.
#[derive(Default)]
pub struct GoalDelete;

#[Object]
impl GoalDelete {
    /// Removes a goal (mål). Needs PLANNER on the plan's unit. userErrors: NOT_FOUND; CONFLICT when it has
    /// changed; IN_USE while goals, assignments or activities belong to it; LOCKED when the plan is closed.
    async fn goal_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goal.")] input: GoalDeleteInput,
    ) -> Result<GoalDeletePayload> {
        let session = mutation(ctx);
        let done =
            domain::delete(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        GoalDeletePayload::of(ctx, input.id, done).await
    }
}
