//! Decimals, trees and outcomes for the tests of this area.

use entity::vocabulary::{IndicatorDirection, MissingReason};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::aggregation::Own;

/// The decimal that the text spells.
pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The unit with that number.
pub fn unit(number: usize) -> Uuid {
    Uuid::from_u128(number as u128)
}

/// A decimal of the size that regions report.
pub fn amount() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_i64..=1_000_000_000, 0_u32..=4)
        .prop_map(|(number, scale)| Decimal::new(number, scale))
}

/// Any decimal that there is, the edges included.
pub fn any_decimal() -> impl Strategy<Value = Decimal> {
    let parts = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0_u32..=28);
    prop_oneof![
        8 => parts.prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale)),
        1 => Just(Decimal::MAX),
        1 => Just(Decimal::MIN),
        1 => Just(Decimal::ZERO),
    ]
}

/// Any direction.
pub fn any_direction() -> impl Strategy<Value = IndicatorDirection> {
    prop::sample::select(IndicatorDirection::ALL)
}

/// Any reason, or none.
pub fn any_missing() -> impl Strategy<Value = Option<MissingReason>> {
    prop::option::of(prop::sample::select(MissingReason::ALL))
}

/// A confirmed outcome with that value.
pub fn reported(value: Decimal) -> Own {
    Own { value: Some(value), numerator: None, denominator: None, missing: None, confirmed: true }
}

/// A confirmed outcome with a numerator and a denominator, and no value of its own.
pub fn share(numerator: Decimal, denominator: Decimal) -> Own {
    Own {
        value: None,
        numerator: Some(numerator),
        denominator: Some(denominator),
        missing: None,
        confirmed: true,
    }
}

/// A confirmed answer that there is no value, and why.
pub fn blank(reason: MissingReason) -> Own {
    Own { value: None, numerator: None, denominator: None, missing: Some(reason), confirmed: true }
}

/// Any answer, sensible or not.
pub fn any_own() -> impl Strategy<Value = Own> {
    let number = || prop::option::of(any_decimal());
    (number(), number(), number(), any_missing(), any::<bool>()).prop_map(
        |(value, numerator, denominator, missing, confirmed)| Own {
            value,
            numerator,
            denominator,
            missing,
            confirmed,
        },
    )
}

/// One tree of 2 to 24 units: unit 0 is the root, every other hangs under a lower number.
pub fn any_tree() -> impl Strategy<Value = Vec<(Uuid, Option<Uuid>)>> {
    prop::collection::vec(any::<prop::sample::Index>(), 1..24).prop_map(|above| {
        let hung = above
            .iter()
            .enumerate()
            .map(|(at, parent)| (unit(at + 1), Some(unit(parent.index(at + 1)))));
        std::iter::once((unit(0), None)).chain(hung).collect()
    })
}
