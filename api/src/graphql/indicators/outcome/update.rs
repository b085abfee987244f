//! Changing an outcome.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::indicators::outcome;

use super::{Outcome, fields::Sending};
use crate::{
    domain::indicators::outcome as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        payload::{mutation, payload},
        scalar::Decimal,
        vocabulary::MissingReason,
    },
};

/// What to change of an outcome. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct OutcomeUpdateInput {
    /// The outcome.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// The value, in the indicator's unit of measure. A RATIO needs none beside a numerator and a denominator.
    pub value: MaybeUndefined<Decimal>,
    /// What is counted; only with a denominator.
    pub numerator: MaybeUndefined<Decimal>,
    /// What it is counted against; only with a numerator. A RATIO with 0 is kept as NOT_MEASURED.
    pub denominator: MaybeUndefined<Decimal>,
    /// Why there is no value; clear it to give one. Only CONFIDENTIAL goes with a value, which is then kept out of sight.
    pub missing_reason: MaybeUndefined<MissingReason>,
    /// What is said about it; at most 20,000 characters.
    pub comment: MaybeUndefined<String>,
    /// The forecast for the whole year, in the indicator's unit of measure.
    pub forecast: MaybeUndefined<Decimal>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed outcome.
    OutcomeUpdatePayload, outcome: Outcome of outcome::Entity
}

/// Changes outcomes.
#[derive(Default)]
pub struct OutcomeUpdate;

#[Object]
impl OutcomeUpdate {
    /// Changes an outcome (utfall). Needs REPORTER on the unit. userErrors: REQUIRED, INVALID, NOT_FOUND, DUPLICATE;
    /// CONFLICT for a field that somebody else changed; LOCKED with REPORT_SUBMITTED or
    /// REPORT_APPROVED when the period's report was handed in.
    async fn outcome_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: OutcomeUpdateInput,
    ) -> Result<OutcomeUpdatePayload> {
        let session = mutation(ctx);
        let fields = Sending {
            value: input.value,
            numerator: input.numerator,
            denominator: input.denominator,
            missing_reason: input.missing_reason,
            comment: input.comment,
            forecast: input.forecast,
            external_refs: input.external_refs,
        };
        let done = domain::update(
            &session.db,
            &session.viewer,
            session.now(),
            &input.id,
            input.version,
            fields.into(),
        )
        .await;
        OutcomeUpdatePayload::of(ctx, done).await
    }
}
