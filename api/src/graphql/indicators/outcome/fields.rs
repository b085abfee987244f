//! What the inputs about outcomes have in common.

use async_graphql::MaybeUndefined;

use crate::{
    domain::{form::Sent, indicators::outcome as domain},
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        scalar::Decimal,
        vocabulary::MissingReason,
    },
};

/// What an update, or an item of a bulk call, says of an outcome.
pub struct Sending {
    /// The value.
    pub value: MaybeUndefined<Decimal>,
    /// What is counted.
    pub numerator: MaybeUndefined<Decimal>,
    /// What it is counted against.
    pub denominator: MaybeUndefined<Decimal>,
    /// Why there is no value.
    pub missing_reason: MaybeUndefined<MissingReason>,
    /// What is said about it.
    pub comment: MaybeUndefined<String>,
    /// The forecast for the whole year.
    pub forecast: MaybeUndefined<Decimal>,
    /// What other systems call it.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

impl From<Sending> for domain::OutcomeFields {
    fn from(sending: Sending) -> Self {
        Self {
            value: number(sending.value),
            numerator: number(sending.numerator),
            denominator: number(sending.denominator),
            missing_reason: sent(sending.missing_reason),
            comment: sent(sending.comment),
            forecast: number(sending.forecast),
            external_refs: sent_refs(sending.external_refs),
        }
    }
}

fn number(number: MaybeUndefined<Decimal>) -> Sent<rust_decimal::Decimal> {
    sent(number.map_value(|number| number.0))
}
