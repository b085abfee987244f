//! What the economy of a unit comes to in a period: pure rules, exact, nothing rounded.

use entity::vocabulary::{Currency, EconomyMeasure};
use rust_decimal::Decimal;

/// Revenue and cost, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// What comes in.
    pub revenue: i128,
    /// What is spent.
    pub cost: i128,
}

impl Flows {
    /// What is left.
    #[must_use]
    pub fn result(self) -> i128 {
        self.revenue.saturating_sub(self.cost)
    }
}

/// The operating budget of a unit, followed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operated {
    /// In what all of it is.
    pub currency: Currency,
    /// How many months the period has.
    pub months: u32,
    /// The year's budget.
    pub budget: Flows,
    /// What the period has come to.
    pub outcome: Flows,
    /// What the year is expected to come to.
    pub forecast: Flows,
    /// What the same period last year came to.
    pub previous: Option<Flows>,
}

/// The investment budget of a unit, followed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invested {
    /// In what all of it is.
    pub currency: Currency,
    /// The frame.
    pub frame: i128,
    /// What has been spent of it.
    pub spent: i128,
    /// What the year is expected to come to.
    pub forecast: i128,
}

/// What a measure is before it is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// An amount of money, in whole kronor or euro.
    Amount(Decimal),
    /// A part of a whole, in per cent of it; added up above and below the line.
    Share {
        /// What is counted, a hundredfold.
        numerator: Decimal,
        /// What it is counted against.
        denominator: Decimal,
    },
}

/// A measure of the operating budget; none without what it is compared with, or for one that is about investments.
#[must_use]
pub fn operated(measure: EconomyMeasure, of: &Operated) -> Option<Terms> {
    let Operated { months, budget, outcome, forecast, previous, .. } = *of;
    match measure {
        EconomyMeasure::PeriodResult => amount(outcome.result()).map(Terms::Amount),
        EconomyMeasure::AccumulatedBudgetDeviation => {
            let share = amount(budget.result())?.checked_mul(Decimal::from(months))?;
            let share = share.checked_div(Decimal::from(12))?;
            amount(outcome.result())?.checked_sub(share).map(Terms::Amount)
        }
        EconomyMeasure::ForecastBudgetDeviation => {
            amount(forecast.result().checked_sub(budget.result())?).map(Terms::Amount)
        }
        EconomyMeasure::CostDevelopment => development(outcome.cost, previous?.cost),
        EconomyMeasure::RevenueDevelopment => development(outcome.revenue, previous?.revenue),
        EconomyMeasure::ForecastInvestmentDeviation => None,
    }
}

/// What is expected to be left of the frame.
#[must_use]
pub fn invested(of: &Invested) -> Option<Terms> {
    amount(of.frame.checked_sub(of.forecast)?).map(Terms::Amount)
}

/// The change since then. Nothing grows in per cent from nothing, or from less, but it is part of what grows with others.
fn development(now: i128, then: i128) -> Option<Terms> {
    let numerator = amount(now.checked_sub(then)?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(Terms::Share { numerator, denominator: amount(then)? })
}

/// A share in per cent; none of nothing, or of less.
#[must_use]
pub fn share(numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
    numerator.checked_div(denominator).filter(|_| denominator > Decimal::ZERO)
}

/// An amount of hundredths.
#[must_use]
pub fn amount(hundredths: i128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(hundredths, 2).ok()
}

/// Whether a measure is a share, and not an amount.
#[must_use]
pub const fn is_share(measure: EconomyMeasure) -> bool {
    matches!(measure, EconomyMeasure::CostDevelopment | EconomyMeasure::RevenueDevelopment)
}

#[cfg(test)]
mod tests {
    use EconomyMeasure as M;
    use proptest::prelude::*;

    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a number")
    }

    fn flows(revenue: i128, cost: i128) -> Flows {
        Flows { revenue, cost }
    }

    /// 1,200 kronor in and 1,260 out a year; the spring brought 390 in and 450 out.
    fn spring() -> Operated {
        Operated {
            currency: Currency::Sek,
            months: 4,
            budget: flows(120_000, 126_000),
            outcome: flows(39_000, 45_000),
            forecast: flows(121_000, 125_000),
            previous: Some(flows(40_000, 40_000)),
        }
    }

    fn value(terms: Option<Terms>) -> Option<Decimal> {
        match terms? {
            Terms::Amount(amount) => Some(amount),
            Terms::Share { numerator, denominator } => share(numerator, denominator),
        }
    }

    #[test]
    fn the_five_of_the_operating_budget() {
        for (measure, expected) in [
            (M::PeriodResult, Some("-60")),
            (M::AccumulatedBudgetDeviation, Some("-40")),
            (M::ForecastBudgetDeviation, Some("20")),
            (M::CostDevelopment, Some("12.5")),
            (M::RevenueDevelopment, Some("-2.5")),
            (M::ForecastInvestmentDeviation, None),
        ] {
            assert_eq!(value(operated(measure, &spring())), expected.map(dec), "{measure:?}");
        }
    }

    #[test]
    fn the_budgets_share_is_months_by_twelve() {
        for (months, expected) in [(1, "-55"), (3, "-45"), (8, "-20"), (12, "0")] {
            let of = Operated { months, ..spring() };
            assert_eq!(value(operated(M::AccumulatedBudgetDeviation, &of)), Some(dec(expected)));
        }
    }

    #[test]
    fn nothing_grows_from_nothing() {
        for previous in [None, Some(flows(0, 0)), Some(flows(-1, -1))] {
            let of = Operated { previous, ..spring() };
            for measure in [M::CostDevelopment, M::RevenueDevelopment] {
                assert_eq!(value(operated(measure, &of)), None);
                assert_eq!(operated(measure, &of).is_some(), previous.is_some());
            }
            assert!(operated(M::PeriodResult, &of).is_some());
        }
    }

    #[test]
    fn what_is_left_of_the_frame() {
        let of = Invested {
            currency: Currency::Sek,
            frame: 1_698_000_000,
            spent: 0,
            forecast: 1_700_000_050,
        };
        assert_eq!(value(invested(&of)), Some(dec("-20000.50")));
    }

    const FAR: std::ops::RangeInclusive<i128> = -100_000_000_000_000_000..=100_000_000_000_000_000;

    proptest! {
        #[test]
        fn the_whole_year_deviates_by_its_result(
            (budget, outcome) in ((FAR, FAR), (FAR, FAR)),
            months in 1_u32..=12,
        ) {
            let of = Operated {
                months,
                budget: flows(budget.0, budget.1),
                outcome: flows(outcome.0, outcome.1),
                forecast: flows(outcome.0, outcome.1),
                ..spring()
            };
            let year = Operated { months: 12, ..of };
            prop_assert_eq!(
                value(operated(M::AccumulatedBudgetDeviation, &year)),
                value(operated(M::ForecastBudgetDeviation, &of))
            );
            prop_assert!(operated(M::AccumulatedBudgetDeviation, &of).is_some());
            let (now, then) = (of.outcome.cost, of.budget.cost);
            let grown = value(development(now, then));
            prop_assert_eq!(grown.is_some(), then > 0);
            if let Some(grown) = grown {
                prop_assert_eq!(grown.is_sign_negative() && !grown.is_zero(), now < then);
            }
        }
    }
}
