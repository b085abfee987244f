//! Removing a governing document.

use async_graphql::{Context, Object};

use crate::{
    domain::planning::governing_document as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The governing document is gone.
    GoverningDocumentDeleteInput => GoverningDocumentDeletePayload
}

/// Removes governing documents.
#[derive(Default)]
pub struct GoverningDocumentDelete;

#[Object]
impl GoverningDocumentDelete {
    /// Removes a governing document (styrdokument). Needs PLANNER on the plan's unit. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; LOCKED when the plan is closed.
    async fn governing_document_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which governing document.")] input: GoverningDocumentDeleteInput,
    ) -> Result<GoverningDocumentDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        GoverningDocumentDeletePayload::of(ctx, input.id, done).await
    }
}
