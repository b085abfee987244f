//! Changing a plan.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::plan;

use super::Plan;
use crate::{
    domain::planning::plan as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_id, sent_refs},
        payload::{mutation, payload},
        scalar::Date,
    },
};

/// What to change of a plan. A field that is left out stays; null clears it. Its unit and year stay.
#[derive(InputObject, Clone, Debug)]
pub struct PlanUpdateInput {
    /// The plan.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// Its title; 1 to 300 characters, cannot be cleared.
    pub title: MaybeUndefined<String>,
    /// The number under which it is registered (diarienummer); at most 100 characters.
    pub registry_number: MaybeUndefined<String>,
    /// The superior plan that it answers: of the same year, of a unit above its own.
    pub based_on: MaybeUndefined<ID>,
    /// The day on which it was decided, to mend a mistake; cannot be cleared. NOT_ALLOWED_IN_STATE for a draft.
    pub decided_on: MaybeUndefined<Date>,
    /// Who decided it, to mend a mistake; 1 to 300 characters, cannot be cleared. NOT_ALLOWED_IN_STATE for a draft.
    pub decided_by: MaybeUndefined<String>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed plan.
    PlanUpdatePayload, plan: Plan of plan::Entity
}

/// Changes plans.
#[derive(Default)]
pub struct PlanUpdate;

#[Object]
impl PlanUpdate {
    /// Changes a plan (verksamhetsplan). Needs PLANNER on the unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE; CONFLICT for a field that somebody else changed; IN_USE when something in it hangs under the plan
    /// that it would no longer be based on; NOT_ALLOWED_IN_STATE; LOCKED when the plan is closed.
    async fn plan_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: PlanUpdateInput,
    ) -> Result<PlanUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::PlanFields {
            title: sent(input.title),
            registry_number: sent(input.registry_number),
            based_on: sent_id(input.based_on),
            decided_on: sent(input.decided_on),
            decided_by: sent(input.decided_by),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        PlanUpdatePayload::of(ctx, done).await
    }
}
