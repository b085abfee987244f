//! Recording many outcomes at once.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::indicators::outcome;

use super::{Outcome, fields::Sending};
use crate::{
    domain::indicators::outcome as domain,
    error::Result,
    graphql::{
        organisation::period::PeriodInput,
        payload::{bulk, mutation},
        scalar::Decimal,
        vocabulary::{Gender, MissingReason},
    },
};

/// Many outcomes.
#[derive(InputObject, Clone, Debug)]
pub struct OutcomesRecordInput {
    /// The outcomes, 1 to 5,000, each about another indicator, unit, period or gender.
    pub outcomes: Vec<OutcomeRecord>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

/// One outcome of many. Any of value, numerator, denominator and missingReason replaces all four of an outcome that is
/// there already; other fields that are left out stay.
#[derive(InputObject, Clone, Debug)]
pub struct OutcomeRecord {
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
    pub value: MaybeUndefined<Decimal>,
    /// What is counted; only with a denominator.
    pub numerator: MaybeUndefined<Decimal>,
    /// What it is counted against; only with a numerator. A RATIO with 0 is kept as NOT_MEASURED.
    pub denominator: MaybeUndefined<Decimal>,
    /// Why there is no value. Only CONFIDENTIAL goes with a value, which is then kept out of sight.
    pub missing_reason: MaybeUndefined<MissingReason>,
    /// What is said about it; at most 20,000 characters.
    pub comment: MaybeUndefined<String>,
    /// The forecast for the whole year, in the indicator's unit of measure.
    pub forecast: MaybeUndefined<Decimal>,
}

bulk! {
    /// The outcomes as they are now.
    OutcomesRecordPayload, outcomes: Outcome of outcome::Entity
}

/// Records many outcomes.
#[derive(Default)]
pub struct OutcomesRecord;

#[Object]
impl OutcomesRecord {
    /// Records many outcomes (utfall) at once, all or nothing: makes those that are not there, changes those that
    /// differ, and leaves the rest alone. Needs REPORTER on every unit. userErrors, with the place in the list:
    /// REQUIRED, INVALID, NOT_FOUND; DUPLICATE for two items about the same thing; LOCKED with REPORT_SUBMITTED or
    /// REPORT_APPROVED where the period's report was handed in, and with PERIOD_NOT_STARTED.
    async fn outcomes_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The outcomes.")] input: OutcomesRecordInput,
    ) -> Result<OutcomesRecordPayload> {
        let session = mutation(ctx);
        let items = input.outcomes.into_iter().map(Into::into).collect();
        let key = input.idempotency_key;
        let done = domain::record(&session.db, &session.viewer, session.now(), items, key).await;
        OutcomesRecordPayload::of(ctx, done).await
    }
}

impl From<OutcomeRecord> for domain::OutcomeItem {
    fn from(item: OutcomeRecord) -> Self {
        let OutcomeRecord {
            indicator,
            org_unit,
            period,
            gender,
            value,
            numerator,
            denominator,
            missing_reason,
            comment,
            forecast,
        } = item;
        let fields = Sending {
            value,
            numerator,
            denominator,
            missing_reason,
            comment,
            forecast,
            external_refs: MaybeUndefined::Undefined,
        };
        Self {
            key: domain::OutcomeKey {
                indicator: indicator.0,
                org_unit: org_unit.0,
                period: period.into(),
                gender: gender.into(),
            },
            fields: fields.into(),
        }
    }
}
