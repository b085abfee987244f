//! Making a governing document.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::governing_document;

use super::GoverningDocument;
use crate::{
    domain::planning::governing_document as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        payload::{mutation, payload},
        scalar::PartialDate,
        vocabulary::GoverningDocumentKind,
    },
};

/// A new governing document.
#[derive(InputObject, Clone, Debug)]
pub struct GoverningDocumentCreateInput {
    /// The plan that it is in.
    pub plan: ID,
    /// Its title; 1 to 300 characters.
    pub title: String,
    /// What sort of document it is.
    pub kind: GoverningDocumentKind,
    /// Who decided it; at most 300 characters.
    pub decided_by: Option<String>,
    /// When it was decided: a year, a month or a day.
    pub decided_on: Option<PartialDate>,
    /// The number under which it is registered (diarienummer); at most 100 characters.
    pub registry_number: Option<String>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new governing document.
    GoverningDocumentCreatePayload, governing_document: GoverningDocument of governing_document::Entity
}

/// Makes governing documents.
#[derive(Default)]
pub struct GoverningDocumentCreate;

#[Object]
impl GoverningDocumentCreate {
    /// Makes a governing document (styrdokument). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// LOCKED when the plan is closed.
    async fn governing_document_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new governing document.")] input: GoverningDocumentCreateInput,
    ) -> Result<GoverningDocumentCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::GoverningDocumentFields {
            title: given(Some(input.title)),
            kind: given(Some(input.kind.into())),
            decided_by: given(input.decided_by),
            decided_on: given(input.decided_on.map(Into::into)),
            registry_number: given(input.registry_number),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, plan) = (&session.db, &session.viewer, input.plan.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), plan, fields, key).await;
        GoverningDocumentCreatePayload::of(ctx, done).await
    }
}
