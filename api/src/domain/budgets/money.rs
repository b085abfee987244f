//! Money as people write it, and as it is kept: exact, in hundredths.

use entity::{money::Hundredths, vocabulary::Currency};
use rust_decimal::Decimal;

use crate::domain::{
    form::{Form, Sent, required},
    problem::{Code, Problem},
};

/// In what an amount is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// Whole kronor, or euro.
    Kr,
    /// Thousands.
    Tkr,
    /// Millions.
    Mnkr,
}

impl MoneyUnit {
    fn factor(self) -> Decimal {
        Decimal::from(match self {
            Self::Kr => 1,
            Self::Tkr => 1_000,
            Self::Mnkr => 1_000_000,
        })
    }
}

/// An amount as a caller writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenMoney {
    /// How many units.
    pub amount: Decimal,
    /// Of which currency; that of the budget when it is not said.
    pub currency: Option<Currency>,
    /// Of which size.
    pub unit: MoneyUnit,
}

/// An amount as it is answered; sums may be larger than what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of which currency.
    pub currency: Currency,
}

impl Money {
    /// An amount that is kept.
    #[must_use]
    pub fn of(amount: Hundredths, currency: Currency) -> Self {
        Self { amount: amount.to_decimal(), currency }
    }

    /// An amount in hundredths, such as a sum.
    #[must_use]
    pub fn hundredths(amount: i128, currency: Currency) -> Self {
        let amount = Decimal::try_from_i128_with_scale(amount, Hundredths::DECIMALS);
        Self { amount: amount.unwrap_or(Decimal::MAX).normalize(), currency }
    }
}

/// An amount in a budget of that currency.
///
/// # Errors
/// What is wrong with it, at `amount` or `currency` within it.
pub fn exact(given: GivenMoney, currency: Currency) -> Result<Hundredths, Problem> {
    if let Some(other) = given.currency.filter(|other| *other != currency) {
        let (budgets, other) = (currency.as_str(), other.as_str());
        return Err(Problem::new(
            Code::Invalid,
            format!("Budgeten är i {budgets}; belopp i {other} läggs inte ihop med den."),
            format!("The budget is in {budgets}; amounts in {other} are not added to it."),
        )
        .at("currency"));
    }
    let amount = given.amount.checked_mul(given.unit.factor());
    amount.and_then(Hundredths::from_decimal).ok_or_else(|| {
        Problem::new(
            Code::Invalid,
            "Beloppet anges i hela ören, med högst 15 siffror före decimaltecknet i kronor.",
            "An amount is in whole hundredths, with at most 15 digits before the point in whole units.",
        )
        .at("amount")
    })
}

/// Fills an amount that must be there.
pub fn set(
    form: &mut Form,
    field: &'static str,
    slot: &mut Hundredths,
    sent: Sent<GivenMoney>,
    currency: Currency,
) {
    match sent.map(|given| given.map(|given| exact(given, currency)).transpose()) {
        None => {}
        Some(Ok(amount)) => form.set(field, slot, Some(amount)),
        Some(Err(problem)) => form.problem(problem.within(&[field])),
    }
}

/// Fills an amount that is never below zero, and must be there.
pub fn set_positive(
    form: &mut Form,
    field: &'static str,
    slot: &mut Hundredths,
    sent: Sent<GivenMoney>,
    currency: Currency,
) {
    if is_below_zero(sent) {
        form.problem(negative(field));
    } else {
        set(form, field, slot, sent, currency);
    }
}

/// Fills an amount that is never below zero, and may be cleared.
pub fn optional_positive(
    form: &mut Form,
    field: &'static str,
    slot: &mut Option<Hundredths>,
    sent: Sent<GivenMoney>,
    currency: Currency,
) {
    if is_below_zero(sent) {
        return form.problem(negative(field));
    }
    match sent.map(|given| given.map(|given| exact(given, currency)).transpose()) {
        None => {}
        Some(Ok(amount)) => form.optional(field, slot, Some(amount)),
        Some(Err(problem)) => form.problem(problem.within(&[field])),
    }
}

/// An amount that must be given.
///
/// # Errors
/// That it is not, or what is wrong with it.
pub fn must(
    field: &'static str,
    given: Option<GivenMoney>,
    currency: Currency,
) -> Result<Hundredths, Problem> {
    let given = given.ok_or_else(|| required(field))?;
    exact(given, currency).map_err(|problem| problem.within(&[field]))
}

fn is_below_zero(sent: Sent<GivenMoney>) -> bool {
    sent.flatten().is_some_and(|given| given.amount < Decimal::ZERO)
}

fn negative(field: &'static str) -> Problem {
    Problem::new(
        Code::Invalid,
        "Beloppet kan inte vara negativt.",
        "The amount cannot be negative.",
    )
    .at("amount")
    .within(&[field])
}

/// An amount as sentences have it, in both languages: "1 234 567,50 kr" and "1,234,567.50 kr".
#[must_use]
pub fn spelled(amount: i128, currency: Currency) -> (String, String) {
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) = (amount.unsigned_abs() / 100, amount.unsigned_abs() % 100);
    let digits = whole.to_string();
    let grouped = |between: char| {
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (nth, digit) in digits.chars().enumerate() {
            if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
                text.push(between);
            }
            text.push(digit);
        }
        text
    };
    let decimals = |point: &str| match rest {
        0 => String::new(),
        rest => format!("{point}{rest:02}"),
    };
    let (sv, en) = match currency {
        Currency::Sek => ("kr", "SEK"),
        Currency::Eur => ("euro", "EUR"),
    };
    (
        format!("{sign}{}{} {sv}", grouped('\u{a0}'), decimals(",")),
        format!("{en} {sign}{}{}", grouped(','), decimals(".")),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn given(amount: &str, unit: MoneyUnit) -> GivenMoney {
        let amount = Decimal::from_str_exact(amount).expect("a number");
        GivenMoney { amount, currency: None, unit }
    }

    #[test]
    fn kronor_thousands_and_millions_are_the_same_money() {
        use MoneyUnit::{Kr, Mnkr, Tkr};
        for (amount, unit, hundredths) in [
            ("16980000", Kr, Some(1_698_000_000)),
            ("16980", Tkr, Some(1_698_000_000)),
            ("16.98", Mnkr, Some(1_698_000_000)),
            ("0.01", Kr, Some(1)),
            ("0.00001", Tkr, Some(1)),
            ("0.00000001", Mnkr, Some(1)),
            ("-4.0", Mnkr, Some(-400_000_000)),
            ("999999999999999.99", Kr, Some(Hundredths::MAX)),
            ("999999999.99999999", Mnkr, Some(Hundredths::MAX)),
            ("0.001", Kr, None),
            ("0.000001", Tkr, None),
            ("1000000000000000", Kr, None),
            ("1000000000", Mnkr, None),
            ("79228162514264337593543950335", Mnkr, None),
        ] {
            let kept = exact(given(amount, unit), Currency::Sek).ok();
            assert_eq!(kept, hundredths.map(Hundredths), "{amount} {unit:?}");
        }
    }

    #[test]
    fn euro_is_not_added_to_kronor() {
        let euro = GivenMoney { currency: Some(Currency::Eur), ..given("1", MoneyUnit::Kr) };
        let refused = exact(euro, Currency::Sek).expect_err("another currency");
        assert_eq!((refused.code, refused.field), (Code::Invalid, vec!["currency".to_owned()]));
        assert_eq!(exact(euro, Currency::Eur), Ok(Hundredths(100)));
    }

    #[test]
    fn sentences_have_amounts() {
        for (amount, sv, en) in [
            (0, "0 kr", "SEK 0"),
            (150, "1,50 kr", "SEK 1.50"),
            (-123_456_705, "-1\u{a0}234\u{a0}567,05 kr", "SEK -1,234,567.05"),
            (100_000, "1\u{a0}000 kr", "SEK 1,000"),
        ] {
            assert_eq!(spelled(amount, Currency::Sek), (sv.to_owned(), en.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_written(
            hundredths in -Hundredths::MAX..=Hundredths::MAX,
            unit in prop::sample::select(vec![MoneyUnit::Kr, MoneyUnit::Tkr, MoneyUnit::Mnkr]),
        ) {
            let amount = Decimal::new(hundredths, 2) / unit.factor();
            let given = GivenMoney { amount, currency: None, unit };
            let kept = exact(given, Currency::Sek);
            prop_assert_eq!(kept, Ok(Hundredths(hundredths)));
            let answered = Money::of(Hundredths(hundredths), Currency::Sek);
            prop_assert_eq!(answered, Money::hundredths(hundredths.into(), Currency::Sek));
            let again = GivenMoney { amount: answered.amount, currency: None, unit: MoneyUnit::Kr };
            prop_assert_eq!(exact(again, Currency::Sek), Ok(Hundredths(hundredths)));
        }
    }
}
