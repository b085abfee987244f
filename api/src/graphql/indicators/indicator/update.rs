//! Changing an indicator.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::indicators::indicator;

use super::Indicator;
use crate::{
    domain::indicators::indicator as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        payload::{mutation, payload},
        scalar::Decimal,
        vocabulary::{
            EconomyMeasure, IndicatorAggregation, IndicatorCategory, IndicatorDirection, PeriodKind,
        },
    },
};

/// What to change of an indicator. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct IndicatorUpdateInput {
    /// The indicator.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// What people type; 1 to 100 characters, unique within the organisation; cannot be cleared.
    pub code: MaybeUndefined<String>,
    /// Its name; 1 to 300 characters, cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// How it is measured, in Markdown; at most 20,000 characters.
    pub definition: MaybeUndefined<String>,
    /// Which family it belongs to; cannot be cleared.
    pub category: MaybeUndefined<IndicatorCategory>,
    /// The unit of measure, e.g. "%"; at most 100 characters.
    pub unit: MaybeUndefined<String>,
    /// With how many decimals values are shown, 0 to 6; cannot be cleared.
    pub decimals: MaybeUndefined<i32>,
    /// Which way is better; cannot be cleared.
    pub direction: MaybeUndefined<IndicatorDirection>,
    /// How outcomes are put together up the unit tree; cannot be cleared.
    pub aggregation: MaybeUndefined<IndicatorAggregation>,
    /// For which kinds of period it is measured, the whole list, at least one. Outcomes that are there stay.
    pub frequency: MaybeUndefined<Vec<PeriodKind>>,
    /// How far from the target is still yellow, absolute and in `unit`, not negative; 5 % of the target when cleared.
    pub tolerance: MaybeUndefined<Decimal>,
    /// What it is worked out from budgets as; nobody records its outcomes then. Of an amount the unit is kr, tkr or mnkr, and
    /// the aggregation SUM or NONE; of a development the unit is "%", and the aggregation RATIO or NONE.
    pub computed: MaybeUndefined<EconomyMeasure>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed indicator.
    IndicatorUpdatePayload, indicator: Indicator of indicator::Entity
}

/// Changes indicators.
#[derive(Default)]
pub struct IndicatorUpdate;

#[Object]
impl IndicatorUpdate {
    /// Changes an indicator (indikator). Needs ADMIN on the organisation's root. userErrors: REQUIRED, INVALID,
    /// NOT_FOUND, DUPLICATE; CONFLICT for a field that somebody else changed; IN_USE for computed while outcomes are
    /// recorded of it.
    async fn indicator_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: IndicatorUpdateInput,
    ) -> Result<IndicatorUpdatePayload> {
        let session = mutation(ctx);
        let kinds = |kinds: Vec<PeriodKind>| kinds.into_iter().map(Into::into).collect::<Vec<_>>();
        let fields = domain::IndicatorFields {
            code: sent(input.code),
            name: sent(input.name),
            definition: sent(input.definition),
            category: sent(input.category),
            unit: sent(input.unit),
            decimals: sent(input.decimals),
            direction: sent(input.direction),
            aggregation: sent(input.aggregation),
            frequency: sent(input.frequency.map_value(kinds)),
            tolerance: sent(input.tolerance.map_value(|tolerance| tolerance.0)),
            computed: sent(input.computed),
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
        IndicatorUpdatePayload::of(ctx, done).await
    }
}
