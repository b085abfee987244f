//! Making a focus area.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::focus_area;

use super::FocusArea;
use crate::{
    domain::planning::focus_area as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        payload::{mutation, payload},
        vocabulary::FocusAreaOrigin,
    },
};

/// A new focus area.
#[derive(InputObject, Clone, Debug)]
pub struct FocusAreaCreateInput {
    /// The plan that it is in.
    pub plan: ID,
    /// Its number in the plan; at most 100 characters.
    pub number: Option<String>,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: Option<String>,
    /// COUNCIL: plans that are based on this one work with it too. OWN: this plan's own.
    pub origin: FocusAreaOrigin,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new focus area.
    FocusAreaCreatePayload, focus_area: FocusArea of focus_area::Entity
}

/// Makes focus areas.
#[derive(Default)]
pub struct FocusAreaCreate;

#[Object]
impl FocusAreaCreate {
    /// Makes a focus area (fokusområde). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// LOCKED when the plan is closed.
    async fn focus_area_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new focus area.")] input: FocusAreaCreateInput,
    ) -> Result<FocusAreaCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::FocusAreaFields {
            number: given(input.number),
            name: given(Some(input.name)),
            description: given(input.description),
            origin: given(Some(input.origin.into())),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, plan) = (&session.db, &session.viewer, input.plan.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), plan, fields, key).await;
        FocusAreaCreatePayload::of(ctx, done).await
    }
}
