//! Setting many targets at once.

use async_graphql::{Context, ID, InputObject, Object};
use entity::indicators::target;

use super::Target;
use crate::{
    domain::indicators::target as domain,
    error::Result,
    graphql::{
        payload::{bulk, mutation},
        scalar::Decimal,
        vocabulary::DecisionLevel,
    },
};

/// Many targets.
#[derive(InputObject, Clone, Debug)]
pub struct TargetsSetInput {
    /// The targets, 1 to 5,000, each about another indicator, unit or year.
    pub targets: Vec<TargetSet>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

/// One target of many.
#[derive(InputObject, Clone, Debug)]
pub struct TargetSet {
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
}

bulk! {
    /// The targets as they are now.
    TargetsSetPayload, targets: Target of target::Entity
}

/// Sets many targets.
#[derive(Default)]
pub struct TargetsSet;

#[Object]
impl TargetsSet {
    /// Sets many targets (målvärden) at once, all or nothing: makes those that are not there, changes those that
    /// differ, and leaves the rest alone. Needs PLANNER on every unit. userErrors, with the place in the list:
    /// INVALID, REQUIRED, NOT_FOUND; DUPLICATE for two items about the same thing; LOCKED when the plan that a target
    /// belongs to is closed.
    async fn targets_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The targets.")] input: TargetsSetInput,
    ) -> Result<TargetsSetPayload> {
        let session = mutation(ctx);
        let items = input.targets.into_iter().map(Into::into).collect();
        let key = input.idempotency_key;
        let done = domain::set(&session.db, &session.viewer, session.now(), items, key).await;
        TargetsSetPayload::of(ctx, done).await
    }
}

impl From<TargetSet> for domain::TargetItem {
    fn from(item: TargetSet) -> Self {
        let TargetSet { indicator, org_unit, year, value, decided_at } = item;
        Self {
            indicator: indicator.0,
            org_unit: org_unit.0,
            year,
            value: value.0,
            decided_at: decided_at.into(),
        }
    }
}
