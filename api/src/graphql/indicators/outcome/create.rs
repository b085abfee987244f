//! Recording an outcome where there is none.

use async_graphql::{Context, ID, InputObject, Object};
use entity::indicators::outcome;

use super::Outcome;
use crate::{
    domain::indicators::outcome as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        organisation::period::PeriodInput,
        payload::{mutation, payload},
        scalar::Decimal,
        vocabulary::{Gender, MissingReason},
    },
};

/// A new outcome.
#[derive(InputObject, Clone, Debug)]
pub struct OutcomeCreateInput {
    /// The indicator.
    pub indicator: ID,
    /// The unit, of the indicator's organisation.
    pub org_unit: ID,
    /// The period: one that has started, of a kind for which the indicator is measured.
    pub period: PeriodInput,
    /// About whom.
    #[graphql(default_with = "Gender::Total")]
    pub gender: Gender,
    /// The value, in the indicator's unit of measure. A RATIO needs none beside a numerator and a denominator.
    pub value: Option<Decimal>,
    /// What is counted; only with a denominator.
    pub numerator: Option<Decimal>,
    /// What it is counted against; only with a numerator. A RATIO with 0 is kept as NOT_MEASURED.
    pub denominator: Option<Decimal>,
    /// Why there is no value. Only CONFIDENTIAL goes with a value, which is then kept out of sight.
    pub missing_reason: Option<MissingReason>,
    /// What is said about it; at most 20,000 characters.
    pub comment: Option<String>,
    /// The forecast for the whole year, in the indicator's unit of measure.
    pub forecast: Option<Decimal>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new outcome.
    OutcomeCreatePayload, outcome: Outcome of outcome::Entity
}

/// Records outcomes.
#[derive(Default)]
pub struct OutcomeCreate;

#[Object]
impl OutcomeCreate {
    /// Records an outcome (utfall). Needs REPORTER on the unit. userErrors: REQUIRED, INVALID, NOT_FOUND; DUPLICATE when
    /// there is one for that indicator, unit, period and gender; LOCKED with
    /// PERIOD_NOT_STARTED, and with REPORT_SUBMITTED or REPORT_APPROVED when the period's report was handed in.
    async fn outcome_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new outcome.")] input: OutcomeCreateInput,
    ) -> Result<OutcomeCreatePayload> {
        let session = mutation(ctx);
        let number = |number: Option<Decimal>| given(number.map(|number| number.0));
        let fields = domain::OutcomeFields {
            value: number(input.value),
            numerator: number(input.numerator),
            denominator: number(input.denominator),
            missing_reason: given(input.missing_reason.map(Into::into)),
            comment: given(input.comment),
            forecast: number(input.forecast),
            external_refs: given_refs(input.external_refs),
        };
        let outcome = domain::OutcomeKey {
            indicator: input.indicator.0,
            org_unit: input.org_unit.0,
            period: input.period.into(),
            gender: input.gender.into(),
        };
        let key = input.idempotency_key;
        let done =
            domain::create(&session.db, &session.viewer, session.now(), outcome, fields, key).await;
        OutcomeCreatePayload::of(ctx, done).await
    }
}
