//! The light of an indicator: an absolute rule against the target, neither a rank nor a change.

use entity::vocabulary::{IndicatorDirection, IndicatorStatus, MissingReason};
use rust_decimal::Decimal;

const FIVE_PER_CENT: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// The light of an outcome, compared exactly; equal counts as met.
///
/// No outcome, or one with a reason why it is missing, is `MISSING` whatever else is known; after that,
/// no target or a `NEUTRAL` indicator is `NO_TARGET`. The tolerance is absolute, 5 % of the target's size
/// when none is given; a negative one leaves no room at all. Limits and distances that a `Decimal` cannot
/// hold stop at the largest one, so that no figure, however odd, panics.
#[must_use]
pub fn status(
    direction: IndicatorDirection,
    target: Option<Decimal>,
    tolerance: Option<Decimal>,
    outcome: Option<Decimal>,
    missing: Option<MissingReason>,
) -> IndicatorStatus {
    let (Some(value), None) = (outcome, missing) else {
        return IndicatorStatus::Missing;
    };
    let Some(target) = target else {
        return IndicatorStatus::NoTarget;
    };
    let tolerance = tolerance
        .map_or_else(|| target.abs().saturating_mul(FIVE_PER_CENT), |own| own.max(Decimal::ZERO));
    match direction {
        IndicatorDirection::HigherIsBetter => higher(value, target, tolerance),
        IndicatorDirection::LowerIsBetter => higher(-value, -target, tolerance),
        IndicatorDirection::CloserIsBetter => closer(value, target, tolerance),
        IndicatorDirection::Neutral => IndicatorStatus::NoTarget,
    }
}

fn higher(value: Decimal, target: Decimal, tolerance: Decimal) -> IndicatorStatus {
    if value >= target {
        IndicatorStatus::Green
    } else if value >= target.saturating_sub(tolerance) {
        IndicatorStatus::Yellow
    } else {
        IndicatorStatus::Red
    }
}

fn closer(value: Decimal, target: Decimal, tolerance: Decimal) -> IndicatorStatus {
    let distance = value.saturating_sub(target).abs();
    if distance <= tolerance {
        IndicatorStatus::Green
    } else if distance <= tolerance.saturating_add(tolerance) {
        IndicatorStatus::Yellow
    } else {
        IndicatorStatus::Red
    }
}

#[cfg(test)]
mod tests {
    use IndicatorDirection::{CloserIsBetter, HigherIsBetter, LowerIsBetter, Neutral};
    use IndicatorStatus::{Green, Missing, NoTarget, Red, Yellow};
    use proptest::prelude::*;

    use super::super::sample::{amount, any_decimal, any_direction, any_missing, dec};
    use super::*;

    #[test]
    fn lights() {
        for (direction, target, tolerance, value, light) in [
            (HigherIsBetter, "80", None, "80", Green),
            (HigherIsBetter, "80", None, "79.999", Yellow),
            (HigherIsBetter, "80", None, "76", Yellow),
            (HigherIsBetter, "80", None, "75.9999", Red),
            (HigherIsBetter, "80", Some("0"), "79.9", Red),
            (HigherIsBetter, "80", Some("-5"), "79.9", Red),
            (HigherIsBetter, "-10", None, "-10.5", Yellow),
            (HigherIsBetter, "-10", None, "-10.51", Red),
            (HigherIsBetter, "0.3", Some("0.1"), "0.2", Yellow),
            (LowerIsBetter, "6.5", None, "6.50", Green),
            (LowerIsBetter, "6.5", None, "6.825", Yellow),
            (LowerIsBetter, "6.5", None, "6.826", Red),
            (LowerIsBetter, "0", None, "0", Green),
            (LowerIsBetter, "0", None, "0.0001", Red),
            (CloserIsBetter, "100", None, "95", Green),
            (CloserIsBetter, "100", None, "105", Green),
            (CloserIsBetter, "100", None, "110", Yellow),
            (CloserIsBetter, "100", None, "90", Yellow),
            (CloserIsBetter, "100", None, "89.99", Red),
            (CloserIsBetter, "100", Some("1"), "102", Yellow),
            (Neutral, "100", None, "100", NoTarget),
        ] {
            let found =
                status(direction, Some(dec(target)), tolerance.map(dec), Some(dec(value)), None);
            assert_eq!(
                found, light,
                "{direction:?} {value} against {target}, tolerance {tolerance:?}"
            );
        }
    }

    #[test]
    fn missing_comes_before_everything_and_zero_is_a_value() {
        let reason = Some(MissingReason::NotMeasured);
        assert_eq!(status(HigherIsBetter, None, None, None, None), Missing);
        assert_eq!(status(Neutral, None, None, None, reason), Missing);
        assert_eq!(
            status(HigherIsBetter, Some(Decimal::ONE), None, Some(Decimal::TEN), reason),
            Missing
        );
        assert_eq!(status(HigherIsBetter, None, None, Some(Decimal::TEN), None), NoTarget);
        assert_eq!(
            status(HigherIsBetter, Some(Decimal::ONE), None, Some(Decimal::ZERO), None),
            Red
        );
    }

    #[test]
    fn beyond_the_largest_decimal() {
        let far = |direction, tolerance| {
            status(direction, Some(Decimal::MIN), Some(tolerance), Some(Decimal::MAX), None)
        };
        assert_eq!(far(LowerIsBetter, Decimal::ONE), Red);
        assert_eq!(far(CloserIsBetter, Decimal::ONE), Red);
        assert_eq!(far(CloserIsBetter, Decimal::MAX), Green);
        assert_eq!(
            status(
                HigherIsBetter,
                Some(Decimal::MIN),
                Some(Decimal::MAX),
                Some(Decimal::MIN),
                None
            ),
            Green
        );
    }

    fn rank(light: IndicatorStatus) -> u8 {
        match light {
            Green => 2,
            Yellow => 1,
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn better_is_never_worse(
            target in any_decimal(), tolerance in prop::option::of(any_decimal()), one in any_decimal(), other in any_decimal(),
        ) {
            let (low, high) = (one.min(other), one.max(other));
            let light = |direction, value| rank(status(direction, Some(target), tolerance, Some(value), None));
            prop_assert!(light(HigherIsBetter, high) >= light(HigherIsBetter, low));
            prop_assert!(light(LowerIsBetter, low) >= light(LowerIsBetter, high));
        }

        #[test]
        fn nearer_is_never_worse(target in amount(), tolerance in prop::option::of(amount()), one in amount(), other in amount()) {
            let (near, far) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
            let light = |value| rank(status(CloserIsBetter, Some(target), tolerance, Some(value), None));
            prop_assert!(light(target + near) >= light(target + far));
            prop_assert_eq!(light(target + near), light(target - near));
        }

        #[test]
        fn lower_mirrors_higher(target in any_decimal(), tolerance in prop::option::of(any_decimal()), value in any_decimal()) {
            prop_assert_eq!(
                status(HigherIsBetter, Some(target), tolerance, Some(value), None),
                status(LowerIsBetter, Some(-target), tolerance, Some(-value), None)
            );
        }

        #[test]
        fn the_unit_of_measurement_does_not_matter(
            direction in any_direction(), target in amount(), tolerance in prop::option::of(amount()), value in amount(), by in 1_i64..100_000,
        ) {
            let by = Decimal::new(by, 2);
            prop_assert_eq!(
                status(direction, Some(target), tolerance, Some(value), None),
                status(direction, Some(target * by), tolerance.map(|own| own * by), Some(value * by), None)
            );
        }

        #[test]
        fn equal_is_green(target in any_decimal(), tolerance in prop::option::of(any_decimal())) {
            for direction in [HigherIsBetter, LowerIsBetter, CloserIsBetter] {
                prop_assert_eq!(status(direction, Some(target), tolerance, Some(target), None), Green);
            }
        }

        #[test]
        fn no_figure_panics(
            direction in any_direction(), target in prop::option::of(any_decimal()), tolerance in prop::option::of(any_decimal()),
            value in prop::option::of(any_decimal()), missing in any_missing(),
        ) {
            let light = status(direction, target, tolerance, value, missing);
            prop_assert_eq!(light == Missing, value.is_none() || missing.is_some());
        }
    }
}
