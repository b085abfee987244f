//! Removing an activity.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::activity as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The activity is gone.
    ActivityDeleteInput => ActivityDeletePayload
}

/// Removes activities.
#[derive(Default)]
pub struct ActivityDelete;

#[Object]
impl ActivityDelete {
    /// Removes an activity (aktivitet, insats). Needs PLANNER on the plan's unit. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; LOCKED when the plan is closed.
    async fn activity_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which activity.")] input: ActivityDeleteInput,
    ) -> Result<ActivityDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        ActivityDeletePayload::of(ctx, input.id, done).await
    }
}
