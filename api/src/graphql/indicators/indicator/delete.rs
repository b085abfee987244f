//! Removing an indicator.

use async_graphql::{Context, Object};

use crate::{
    domain::indicators::indicator as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The indicator is gone.
    IndicatorDeleteInput => IndicatorDeletePayload
}

/// Removes indicators.
#[derive(Default)]
pub struct IndicatorDelete;

#[Object]
impl IndicatorDelete {
    /// Removes an indicator (indikator). Needs ADMIN on the organisation's root. userErrors: NOT_FOUND; CONFLICT
    /// when it has changed; IN_USE while it has targets or outcomes, or goals or assignments point at it.
    async fn indicator_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicator.")] input: IndicatorDeleteInput,
    ) -> Result<IndicatorDeletePayload> {
        let session = mutation(ctx);
        let done =
            domain::delete(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        IndicatorDeletePayload::of(ctx, input.id, done).await
    }
}
