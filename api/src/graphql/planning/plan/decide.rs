//! Deciding a plan.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::plan;

use super::Plan;
use crate::{
    domain::planning::plan as domain,
    error::Result,
    graphql::{
        id::given,
        payload::{mutation, payload},
        scalar::Date,
    },
};

/// A board's decision on a plan.
#[derive(InputObject, Clone, Debug)]
pub struct PlanDecideInput {
    /// The plan.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// The day of the decision (beslutsdatum).
    pub decided_on: Date,
    /// Who decided (beslutsfattare), e.g. the board; 1 to 300 characters.
    pub decided_by: String,
    /// The number under which the decision is registered (diarienummer); at most 100 characters. The plan's own stays
    /// when this is left out.
    pub registry_number: Option<String>,
}

payload! {
    /// The decided plan.
    PlanDecidePayload, plan: Plan of plan::Entity
}

/// Decides plans.
#[derive(Default)]
pub struct PlanDecide;

#[Object]
impl PlanDecide {
    /// Records that a draft of a plan has been decided (beslut om verksamhetsplan); from now on readers see it. Needs
    /// PLANNER on the unit. userErrors: REQUIRED, INVALID, NOT_FOUND; CONFLICT for a field that somebody else changed;
    /// NOT_ALLOWED_IN_STATE unless it is a draft.
    async fn plan_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: PlanDecideInput,
    ) -> Result<PlanDecidePayload> {
        let session = mutation(ctx);
        let decision = domain::Decision {
            decided_on: input.decided_on.0,
            decided_by: input.decided_by,
            registry_number: given(input.registry_number),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::decide(&session.db, &session.viewer, session.now(), id, version, decision)
                .await;
        PlanDecidePayload::of(ctx, done).await
    }
}
