//! Changing a target.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::indicators::target;

use super::Target;
use crate::{
    domain::indicators::target as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        payload::{mutation, payload},
        scalar::Decimal,
        vocabulary::DecisionLevel,
    },
};

/// What to change of a target. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct TargetUpdateInput {
    /// The target.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// The value, in the indicator's unit of measure; cannot be cleared.
    pub value: MaybeUndefined<Decimal>,
    /// Who decided it; cannot be cleared.
    pub decided_at: MaybeUndefined<DecisionLevel>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed target.
    TargetUpdatePayload, target: Target of target::Entity
}

/// Changes targets.
#[derive(Default)]
pub struct TargetUpdate;

#[Object]
impl TargetUpdate {
    /// Changes a target (målvärde). Needs PLANNER on the unit. userErrors: REQUIRED, INVALID, NOT_FOUND, DUPLICATE;
    /// CONFLICT for a field that somebody else changed; LOCKED when the plan that it belongs to is closed.
    async fn target_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: TargetUpdateInput,
    ) -> Result<TargetUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::TargetFields {
            value: sent(input.value.map_value(|value| value.0)),
            decided_at: sent(input.decided_at),
            external_refs: sent_refs(input.external_refs),
        };
        let done = domain::update(
            &session.db,
            &session.viewer,
            session.now(),
            &input.id,
            input.version,
            fields,
        )
        .await;
        TargetUpdatePayload::of(ctx, done).await
    }
}
