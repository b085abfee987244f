//! Setting a target where there is none.

use async_graphql::{Context, ID, InputObject, Object};
use entity::indicators::target;

use super::Target;
use crate::{
    domain::indicators::target as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        payload::{mutation, payload},
        scalar::Decimal,
        vocabulary::DecisionLevel,
    },
};

/// A new target.
#[derive(InputObject, Clone, Debug)]
pub struct TargetCreateInput {
    /// The indicator.
    pub indicator: ID,
    /// The unit, of the indicator's organisation.
    pub org_unit: ID,
    /// The year, 1900 to 2200.
    pub year: i32,
    /// The value, in the indicator's unit of measure.
    pub value: Decimal,
    /// Who decided it.
    pub decided_at: DecisionLevel,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new target.
    TargetCreatePayload, target: Target of target::Entity
}

/// Sets targets.
#[derive(Default)]
pub struct TargetCreate;

#[Object]
impl TargetCreate {
    /// Sets a target (målvärde). Needs PLANNER on the unit. userErrors: INVALID, NOT_FOUND; DUPLICATE when there is
    /// one for that indicator, unit and year; LOCKED when the plan that it belongs to is closed.
    async fn target_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new target.")] input: TargetCreateInput,
    ) -> Result<TargetCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::TargetFields {
            value: given(Some(input.value.0)),
            decided_at: given(Some(input.decided_at.into())),
            external_refs: given_refs(input.external_refs),
        };
        let what = (input.indicator.0, input.org_unit.0, input.year);
        let key = input.idempotency_key;
        let done =
            domain::create(&session.db, &session.viewer, session.now(), what, fields, key).await;
        TargetCreatePayload::of(ctx, done).await
    }
}
