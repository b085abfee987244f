//! Making a plan.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::plan;

use super::Plan;
use crate::{
    domain::planning::plan as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_id, given_refs},
        payload::{mutation, payload},
    },
};

/// A new plan.
#[derive(InputObject, Clone, Debug)]
pub struct PlanCreateInput {
    /// The unit whose plan it is. It stays.
    pub org_unit: ID,
    /// The calendar year that it is for: 1900 to 2200. It stays.
    pub year: i32,
    /// Its title; 1 to 300 characters.
    pub title: String,
    /// The number under which it is registered (diarienummer); at most 100 characters.
    pub registry_number: Option<String>,
    /// The superior plan that it answers: of the same year, of a unit above its own.
    pub based_on: Option<ID>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new plan.
    PlanCreatePayload, plan: Plan of plan::Entity
}

/// Makes plans.
#[derive(Default)]
pub struct PlanCreate;

#[Object]
impl PlanCreate {
    /// Makes a plan (verksamhetsplan) as a draft. In the unit's calendar (årshjul) it proposes when the year's reports are
    /// due: an event of kind REPORTING for each of UR1, UR2 and AR of which the unit has none, called what the organisation
    /// calls the period, from the day after it to the day that the reporting cycle says. Until the plan is decided, or an
    /// administrator changes them, only those who see the draft see these. Needs PLANNER on the unit. userErrors: REQUIRED, INVALID, NOT_FOUND; DUPLICATE when the
    /// unit has a plan for the year.
    async fn plan_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new plan.")] input: PlanCreateInput,
    ) -> Result<PlanCreatePayload> {
        let session = mutation(ctx);
        let PlanCreateInput { org_unit, year, idempotency_key: key, .. } = input;
        let fields = domain::PlanFields {
            title: given(Some(input.title)),
            registry_number: given(input.registry_number),
            based_on: given_id(input.based_on),
            decided_on: None,
            decided_by: None,
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer) = (&session.db, &session.viewer);
        let done = domain::create(db, viewer, session.now(), org_unit.0, year, fields, key).await;
        PlanCreatePayload::of(ctx, done).await
    }
}
