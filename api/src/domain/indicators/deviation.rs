//! How far an outcome is from its target.

use rust_decimal::Decimal;

/// Outcome minus target, unrounded; none when one of them is missing, or when the difference is larger
/// than a `Decimal` can hold.
#[must_use]
pub fn deviation(outcome: Option<Decimal>, target: Option<Decimal>) -> Option<Decimal> {
    outcome?.checked_sub(target?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{amount, any_decimal, dec};
    use super::*;

    #[test]
    fn exact_and_signed() {
        assert_eq!(deviation(Some(dec("0.3")), Some(dec("0.1"))), Some(dec("0.2")));
        assert_eq!(deviation(Some(dec("6.5")), Some(dec("7.25"))), Some(dec("-0.75")));
        assert_eq!(deviation(None, Some(dec("1"))), None);
        assert_eq!(deviation(Some(dec("1")), None), None);
        assert_eq!(deviation(Some(Decimal::MAX), Some(Decimal::MIN)), None);
    }

    proptest! {
        #[test]
        fn added_back_gives_the_outcome(outcome in amount(), target in amount()) {
            prop_assert_eq!(deviation(Some(outcome), Some(target)).map(|found| found + target), Some(outcome));
        }

        #[test]
        fn no_figure_panics(outcome in any_decimal(), target in any_decimal()) {
            let _ = deviation(Some(outcome), Some(target));
        }
    }
}
