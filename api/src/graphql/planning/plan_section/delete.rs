//! Removing a chapter of a plan.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::plan_section as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The chapter of a plan is gone.
    PlanSectionDeleteInput => PlanSectionDeletePayload
}

/// Removes chapters of plans.
#[derive(Default)]
pub struct PlanSectionDelete;

#[Object]
impl PlanSectionDelete {
    /// Removes a chapter of a plan (kapitel). Needs PLANNER on the plan's unit. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; LOCKED when the plan is closed.
    async fn plan_section_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which chapter of a plan.")] input: PlanSectionDeleteInput,
    ) -> Result<PlanSectionDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        PlanSectionDeletePayload::of(ctx, input.id, done).await
    }
}
