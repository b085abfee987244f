//! Changing a governing document.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::governing_document;

use super::GoverningDocument;
use crate::{
    domain::planning::governing_document as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        payload::{mutation, payload},
        scalar::PartialDate,
        vocabulary::GoverningDocumentKind,
    },
};

/// What to change of a governing document. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct GoverningDocumentUpdateInput {
    /// The governing document.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// Its title; 1 to 300 characters; cannot be cleared.
    pub title: MaybeUndefined<String>,
    /// What sort of document it is; cannot be cleared.
    pub kind: MaybeUndefined<GoverningDocumentKind>,
    /// Who decided it; at most 300 characters.
    pub decided_by: MaybeUndefined<String>,
    /// When it was decided: a year, a month or a day.
    pub decided_on: MaybeUndefined<PartialDate>,
    /// The number under which it is registered (diarienummer); at most 100 characters.
    pub registry_number: MaybeUndefined<String>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed governing document.
    GoverningDocumentUpdatePayload, governing_document: GoverningDocument of governing_document::Entity
}

/// Changes governing documents.
#[derive(Default)]
pub struct GoverningDocumentUpdate;

#[Object]
impl GoverningDocumentUpdate {
    /// Changes a governing document (styrdokument). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// CONFLICT for a field that somebody else changed; LOCKED when the plan is closed.
    async fn governing_document_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: GoverningDocumentUpdateInput,
    ) -> Result<GoverningDocumentUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::GoverningDocumentFields {
            title: sent(input.title),
            kind: sent(input.kind),
            decided_by: sent(input.decided_by),
            decided_on: sent(input.decided_on),
            registry_number: sent(input.registry_number),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        GoverningDocumentUpdatePayload::of(ctx, done).await
    }
}
