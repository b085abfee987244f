//! Defining an indicator.

use async_graphql::{Context, ID, InputObject, Object};
use entity::indicators::indicator;

use super::Indicator;
use crate::{
    domain::indicators::indicator as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        payload::{mutation, payload},
        scalar::Decimal,
        vocabulary::{
            EconomyMeasure, IndicatorAggregation, IndicatorCategory, IndicatorDirection, PeriodKind,
        },
    },
};

/// A new indicator.
#[derive(InputObject, Clone, Debug)]
pub struct IndicatorCreateInput {
    /// Any unit of the organisation that the indicator is to be defined in.
    pub org_unit: ID,
    /// What people type; 1 to 100 characters, unique within the organisation.
    pub code: String,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// How it is measured, in Markdown; at most 20,000 characters.
    pub definition: Option<String>,
    /// Which family it belongs to.
    pub category: IndicatorCategory,
    /// The unit of measure, e.g. "%"; at most 100 characters. Left out for a plain number.
    pub unit: Option<String>,
    /// With how many decimals values are shown, 0 to 6.
    pub decimals: i32,
    /// Which way is better.
    pub direction: IndicatorDirection,
    /// How outcomes are put together up the unit tree.
    pub aggregation: IndicatorAggregation,
    /// For which kinds of period it is measured, at least one.
    pub frequency: Vec<PeriodKind>,
    /// How far from the target is still yellow, absolute and in `unit`, not negative; 5 % of the target when left out.
    pub tolerance: Option<Decimal>,
    /// What it is worked out from budgets as; nobody records its outcomes then. Of an amount the unit is kr, tkr or mnkr, and
    /// the aggregation SUM or NONE; of a development the unit is "%", and the aggregation RATIO or NONE.
    pub computed: Option<EconomyMeasure>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new indicator.
    IndicatorCreatePayload, indicator: Indicator of indicator::Entity
}

/// Defines indicators.
#[derive(Default)]
pub struct IndicatorCreate;

#[Object]
impl IndicatorCreate {
    /// Defines an indicator (indikator) for an organisation. Needs ADMIN on the organisation's root. userErrors:
    /// REQUIRED, INVALID, NOT_FOUND; DUPLICATE for a code that is taken, and for a measure that another indicator is
    /// worked out as.
    async fn indicator_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new indicator.")] input: IndicatorCreateInput,
    ) -> Result<IndicatorCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::IndicatorFields {
            code: given(Some(input.code)),
            name: given(Some(input.name)),
            definition: given(input.definition),
            category: given(Some(input.category.into())),
            unit: given(input.unit),
            decimals: given(Some(input.decimals)),
            direction: given(Some(input.direction.into())),
            aggregation: given(Some(input.aggregation.into())),
            frequency: given(Some(input.frequency.into_iter().map(Into::into).collect())),
            tolerance: given(input.tolerance.map(|tolerance| tolerance.0)),
            computed: given(input.computed.map(Into::into)),
            external_refs: given_refs(input.external_refs),
        };
        let (unit, key) = (input.org_unit.0, input.idempotency_key);
        let done =
            domain::create(&session.db, &session.viewer, session.now(), unit, fields, key).await;
        IndicatorCreatePayload::of(ctx, done).await
    }
}
