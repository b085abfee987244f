//! Changing a focus area.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::focus_area;

use super::FocusArea;
use crate::{
    domain::planning::focus_area as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        payload::{mutation, payload},
        vocabulary::FocusAreaOrigin,
    },
};

/// What to change of a focus area. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct FocusAreaUpdateInput {
    /// The focus area.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// Its number in the plan; at most 100 characters.
    pub number: MaybeUndefined<String>,
    /// Its name; 1 to 300 characters; cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: MaybeUndefined<String>,
    /// COUNCIL: plans that are based on this one work with it too. OWN: this plan's own. Cannot be cleared; IN_USE when
    /// other plans work with one that would become OWN.
    pub origin: MaybeUndefined<FocusAreaOrigin>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed focus area.
    FocusAreaUpdatePayload, focus_area: FocusArea of focus_area::Entity
}

/// Changes focus areas.
#[derive(Default)]
pub struct FocusAreaUpdate;

#[Object]
impl FocusAreaUpdate {
    /// Changes a focus area (fokusområde). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE; IN_USE when other plans work with one that would no longer be the council's;
    /// CONFLICT for a field that somebody else changed; LOCKED when the plan is closed.
    async fn focus_area_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: FocusAreaUpdateInput,
    ) -> Result<FocusAreaUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::FocusAreaFields {
            number: sent(input.number),
            name: sent(input.name),
            description: sent(input.description),
            origin: sent(input.origin),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        FocusAreaUpdatePayload::of(ctx, done).await
    }
}
