//! Figures as Swedish readers write them.

use entity::vocabulary::MissingReason;
use rust_decimal::Decimal;

use super::rounding::round_shown;

const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';

/// The outcome in Swedish notation, "−12 345,5 kr": a decimal comma, a real minus sign, and no-break
/// spaces before the unit and between the thousands of a number with five digits or more. An outcome
/// with a reason why it is missing is that reason, whatever value it has; nothing at all is a dash.
/// More than 28 decimals are shown as 28, which is all that a `Decimal` has.
#[must_use]
pub fn display_value(
    value: Option<Decimal>,
    missing: Option<MissingReason>,
    decimals: u32,
    unit: &str,
) -> String {
    match (value, missing) {
        (_, Some(reason)) => reason_in_swedish(reason).to_owned(),
        (None, None) => "–".to_owned(),
        (Some(value), None) => {
            let mut text = number(value, decimals.min(Decimal::MAX_SCALE));
            if !unit.is_empty() {
                text.push(NO_BREAK_SPACE);
                text.push_str(unit);
            }
            text
        }
    }
}

/// The words that stand where a value would have stood.
#[must_use]
pub fn reason_in_swedish(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::NotMeasured => "ej mätt",
        MissingReason::NotApplicable => "ej tillämplig",
        MissingReason::Confidential => "sekretess",
        MissingReason::NotYetAvailable => "inte klar",
        MissingReason::Withdrawn => "återkallad",
    }
}

fn number(value: Decimal, decimals: u32) -> String {
    let shown = round_shown(value, decimals);
    let places = usize::try_from(decimals).unwrap_or_default();
    let digits = shown.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::with_capacity(digits.len() * 2);
    if shown.is_sign_negative() {
        text.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at).is_multiple_of(3) {
            text.push(NO_BREAK_SPACE);
        }
        text.push(digit);
    }
    if places > 0 {
        // Padded here, because a Decimal with many digits panics when it is formatted with a precision.
        text.push_str(&format!(",{fraction:0<places$}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{any_decimal, any_missing, dec};
    use super::*;

    #[test]
    fn swedish_notation() {
        for (value, decimals, unit, shown) in [
            ("11", 1, "%", "11,0_%"),
            ("100", 0, "g/portion", "100_g/portion"),
            ("-0.04", 1, "", "0,0"),
            ("-0.05", 1, "", "−0,1"),
            ("1234", 0, "kr", "1234_kr"),
            ("9999.5", 0, "kr", "10_000_kr"),
            ("12345.678", 2, "", "12_345,68"),
            ("-1234567", 0, "", "−1_234_567"),
            ("100000", 1, "", "100_000,0"),
            ("6.50", 0, "", "7"),
            ("0.1", 3, "", "0,100"),
        ] {
            assert_eq!(
                display_value(Some(dec(value)), None, decimals, unit),
                shown.replace('_', "\u{a0}")
            );
        }
    }

    #[test]
    fn reasons_and_nothing() {
        assert_eq!(display_value(None, None, 1, "%"), "–");
        assert_eq!(display_value(None, Some(MissingReason::NotMeasured), 1, "%"), "ej mätt");
        assert_eq!(
            display_value(Some(dec("7")), Some(MissingReason::Confidential), 1, "%"),
            "sekretess"
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(value in any_decimal(), decimals in 0_u32..=28) {
            let shown = display_value(Some(value), None, decimals, "");
            let fraction = shown.split_once(',').map_or("", |(_, fraction)| fraction);
            prop_assert_eq!(fraction.len(), decimals as usize);
            let plain = shown.replace(NO_BREAK_SPACE, "").replace(MINUS, "-").replace(',', ".");
            let plain = if decimals > 0 { plain.trim_end_matches('0') } else { &plain };
            prop_assert_eq!(dec(plain.trim_end_matches('.')), round_shown(value, decimals));
        }

        #[test]
        fn no_figure_panics(value in prop::option::of(any_decimal()), missing in any_missing(), decimals in any::<u32>(), unit in ".*") {
            prop_assert!(!display_value(value, missing, decimals, &unit).is_empty());
        }
    }
}
