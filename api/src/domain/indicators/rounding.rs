//! Rounding, which happens once, at display.

use rust_decimal::{Decimal, RoundingStrategy};

/// The value as it is shown: half away from zero, as Swedish schools teach it (0.5 is 1, -0.5 is -1).
/// What rounds to zero is plain zero, without a sign.
#[must_use]
pub fn round_shown(value: Decimal, decimals: u32) -> Decimal {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    if rounded.is_zero() { rounded.abs() } else { rounded }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{any_decimal, dec};
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (value, decimals, shown) in [
            ("0.5", 0, "1"),
            ("1.5", 0, "2"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("2.45", 1, "2.5"),
            ("2.449999", 1, "2.4"),
            ("-0.05", 1, "-0.1"),
            ("7", 2, "7"),
            ("7.125", 40, "7.125"),
        ] {
            assert_eq!(round_shown(dec(value), decimals), dec(shown), "{value} to {decimals}");
        }
    }

    #[test]
    fn nothing_is_left_of_the_sign_of_a_zero() {
        assert!(round_shown(dec("-0.04"), 1).is_sign_positive());
    }

    proptest! {
        #[test]
        fn once_is_enough_and_both_sides_are_alike(value in any_decimal(), decimals in 0_u32..40) {
            let shown = round_shown(value, decimals);
            prop_assert_eq!(round_shown(shown, decimals), shown);
            prop_assert_eq!(round_shown(-value, decimals), -shown);
        }
    }
}
