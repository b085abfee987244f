//! Removing an outcome.

use async_graphql::{Context, Object};

use crate::{
    domain::indicators::outcome as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The outcome is gone.
    OutcomeDeleteInput => OutcomeDeletePayload
}

/// Removes outcomes.
#[derive(Default)]
pub struct OutcomeDelete;

#[Object]
impl OutcomeDelete {
    /// Removes an outcome (utfall). Needs REPORTER on the unit. userErrors: NOT_FOUND; CONFLICT when it has changed;
    /// LOCKED with REPORT_SUBMITTED or
    /// REPORT_APPROVED when the period's report was handed in.
    async fn outcome_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which outcome.")] input: OutcomeDeleteInput,
    ) -> Result<OutcomeDeletePayload> {
        let session = mutation(ctx);
        let done =
            domain::delete(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        OutcomeDeletePayload::of(ctx, input.id, done).await
    }
}
