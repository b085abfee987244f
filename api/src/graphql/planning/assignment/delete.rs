//! Removing an assignment.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::assignment as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The assignment is gone.
    AssignmentDeleteInput => AssignmentDeletePayload
}

/// Removes assignments.
#[derive(Default)]
pub struct AssignmentDelete;

#[Object]
impl AssignmentDelete {
    /// Removes an assignment (uppdrag). Needs PLANNER on the plan's unit. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; IN_USE while assignments or activities belong to it;
    /// LOCKED when the plan is closed.
    async fn assignment_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which assignment.")] input: AssignmentDeleteInput,
    ) -> Result<AssignmentDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        AssignmentDeletePayload::of(ctx, input.id, done).await
    }
}
