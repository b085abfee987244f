//! The trend of an indicator: the direction since the same period last year.

use std::cmp::Ordering;

use entity::vocabulary::{IndicatorDirection, Trend};
use rust_decimal::Decimal;

use super::rounding::round_shown;

/// Whether the outcome has become better since the same period last year.
///
/// Both are rounded to the indicator's `decimals` first, so that two figures that look the same are
/// `STABLE`. A `CLOSER_IS_BETTER` indicator is judged by the distance to each year's own target and is
/// `UNKNOWN` without both; so is anything without both values, and a `NEUTRAL` indicator always. An
/// outcome with a reason why it is missing is `None` here.
#[must_use]
pub fn trend(
    direction: IndicatorDirection,
    decimals: u32,
    current: Option<Decimal>,
    previous: Option<Decimal>,
    target: Option<Decimal>,
    previous_target: Option<Decimal>,
) -> Trend {
    let (Some(current), Some(previous)) = (current, previous) else {
        return Trend::Unknown;
    };
    let (current, previous) = (round_shown(current, decimals), round_shown(previous, decimals));
    let gain = match (direction, target, previous_target) {
        (IndicatorDirection::HigherIsBetter, ..) => current.cmp(&previous),
        (IndicatorDirection::LowerIsBetter, ..) => previous.cmp(&current),
        (IndicatorDirection::CloserIsBetter, Some(_), Some(_)) if current == previous => {
            Ordering::Equal
        }
        (IndicatorDirection::CloserIsBetter, Some(target), Some(previous_target)) => {
            distance(previous, previous_target).cmp(&distance(current, target))
        }
        (IndicatorDirection::CloserIsBetter | IndicatorDirection::Neutral, ..) => {
            return Trend::Unknown;
        }
    };
    match gain {
        Ordering::Greater => Trend::Improving,
        Ordering::Equal => Trend::Stable,
        Ordering::Less => Trend::Declining,
    }
}

/// Stops at the largest decimal, so that no figure panics.
fn distance(value: Decimal, target: Decimal) -> Decimal {
    value.saturating_sub(target).abs()
}

#[cfg(test)]
mod tests {
    use IndicatorDirection::{CloserIsBetter, HigherIsBetter, LowerIsBetter, Neutral};
    use Trend::{Declining, Improving, Stable, Unknown};
    use proptest::prelude::*;

    use super::super::sample::{any_decimal, any_direction, dec};
    use super::*;

    #[test]
    fn by_direction() {
        for (direction, decimals, current, previous, found) in [
            (HigherIsBetter, 1, "6.6", "6.5", Improving),
            (LowerIsBetter, 1, "6.6", "6.5", Declining),
            (HigherIsBetter, 1, "6.54", "6.46", Stable),
            (HigherIsBetter, 1, "6.55", "6.54", Improving),
            (LowerIsBetter, 0, "6.4", "5.5", Stable),
            (Neutral, 1, "6.6", "6.5", Unknown),
            (Neutral, 1, "6.5", "6.5", Unknown),
            (CloserIsBetter, 1, "6.5", "6.5", Unknown),
        ] {
            assert_eq!(
                trend(direction, decimals, Some(dec(current)), Some(dec(previous)), None, None),
                found,
                "{direction:?} {previous} to {current}"
            );
        }
    }

    #[test]
    fn closer_by_each_years_own_target() {
        for (current, target, previous, previous_target, found) in [
            ("48", "50", "52", "60", Improving),
            ("48", "50", "52", "50", Stable),
            ("40", "50", "52", "50", Declining),
            ("50.4", "50", "49.6", "60", Stable),
        ] {
            let at = |text| Some(dec(text));
            assert_eq!(
                trend(
                    CloserIsBetter,
                    0,
                    at(current),
                    at(previous),
                    at(target),
                    at(previous_target)
                ),
                found,
                "{previous} of {previous_target} to {current} of {target}"
            );
        }
    }

    #[test]
    fn one_missing_is_unknown() {
        let one = Some(Decimal::ONE);
        assert_eq!(trend(HigherIsBetter, 0, None, one, one, one), Unknown);
        assert_eq!(trend(HigherIsBetter, 0, one, None, one, one), Unknown);
        assert_eq!(trend(CloserIsBetter, 0, one, one, None, one), Unknown);
        assert_eq!(trend(CloserIsBetter, 0, one, one, one, None), Unknown);
    }

    proptest! {
        #[test]
        fn backwards_is_the_opposite(
            direction in any_direction(), decimals in 0_u32..30, current in any_decimal(), previous in any_decimal(),
            target in any_decimal(), previous_target in any_decimal(),
        ) {
            let there = trend(direction, decimals, Some(current), Some(previous), Some(target), Some(previous_target));
            let back = trend(direction, decimals, Some(previous), Some(current), Some(previous_target), Some(target));
            prop_assert_eq!(back, match there {
                Improving => Declining,
                Declining => Improving,
                same => same,
            });
        }

        #[test]
        fn what_looks_the_same_is_stable(value in any_decimal(), decimals in 0_u32..4) {
            let shown = Some(round_shown(value, decimals));
            for direction in [HigherIsBetter, LowerIsBetter, CloserIsBetter] {
                prop_assert_eq!(trend(direction, decimals, Some(value), shown, shown, Some(value)), Stable);
            }
        }
    }
}
