//! Removing a focus area.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::focus_area as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The focus area is gone.
    FocusAreaDeleteInput => FocusAreaDeletePayload
}

/// Removes focus areas.
#[derive(Default)]
pub struct FocusAreaDelete;

#[Object]
impl FocusAreaDelete {
    /// Removes a focus area (fokusområde). Needs PLANNER on the plan's unit. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; IN_USE while goals or assignments belong to it;
    /// LOCKED when the plan is closed.
    async fn focus_area_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which focus area.")] input: FocusAreaDeleteInput,
    ) -> Result<FocusAreaDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        FocusAreaDeletePayload::of(ctx, input.id, done).await
    }
}
