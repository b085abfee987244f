//! Changing a chapter of a plan.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::plan_section;

use super::PlanSection;
use crate::{
    domain::planning::plan_section as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        payload::{mutation, payload},
    },
};

/// What to change of a chapter of a plan. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct PlanSectionUpdateInput {
    /// The chapter of a plan.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// Its number, by which chapters are ordered; at most 100 characters.
    pub number: MaybeUndefined<String>,
    /// Its heading; 1 to 300 characters; cannot be cleared.
    pub heading: MaybeUndefined<String>,
    /// The text, in Markdown; at most 200,000 characters.
    pub text: MaybeUndefined<String>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed chapter of a plan.
    PlanSectionUpdatePayload, plan_section: PlanSection of plan_section::Entity
}

/// Changes chapters of plans.
#[derive(Default)]
pub struct PlanSectionUpdate;

#[Object]
impl PlanSectionUpdate {
    /// Changes a chapter of a plan (kapitel). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// CONFLICT for a field that somebody else changed; LOCKED when the plan is closed.
    async fn plan_section_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: PlanSectionUpdateInput,
    ) -> Result<PlanSectionUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::PlanSectionFields {
            number: sent(input.number),
            heading: sent(input.heading),
            text: sent(input.text),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        PlanSectionUpdatePayload::of(ctx, done).await
    }
}
