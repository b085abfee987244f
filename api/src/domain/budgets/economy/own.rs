//! What a unit itself has said of its economy in a period.

use chrono::{DateTime, Utc};
use entity::vocabulary::{Currency, EconomyMeasure, MissingReason};

use super::rule::{self, Invested, Operated, Terms};
use crate::domain::indicators::aggregation;

/// What a unit has said of one of its budgets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said<T> {
    /// Nothing, or it has no such budget.
    #[default]
    Nothing,
    /// Something, but not of all that is in it: no figure then, for what is not said is not zero.
    Partly,
    /// All.
    All(T),
}

impl<T> Said<T> {
    fn as_ref(&self) -> Said<&T> {
        match self {
            Self::Nothing => Said::Nothing,
            Self::Partly => Said::Partly,
            Self::All(all) => Said::All(all),
        }
    }

    fn and_then<U>(self, then: impl FnOnce(T) -> U) -> Said<U> {
        match self {
            Self::Nothing => Said::Nothing,
            Self::Partly => Said::Partly,
            Self::All(all) => Said::All(then(all)),
        }
    }
}

/// What a unit itself has said of its economy in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Of its operating budget.
    pub operated: Said<Operated>,
    /// Of its investment budget.
    pub invested: Said<Invested>,
    /// Whether it was approved with the period's report.
    pub approved: bool,
    /// When the last of it changed.
    pub at: Option<DateTime<Utc>>,
}

impl Own {
    /// In what a measure of it is.
    #[must_use]
    pub fn currency(&self, measure: EconomyMeasure) -> Option<Currency> {
        match (measure, self.operated.as_ref(), self.invested.as_ref()) {
            (EconomyMeasure::ForecastInvestmentDeviation, _, Said::All(all)) => Some(all.currency),
            (EconomyMeasure::ForecastInvestmentDeviation, ..) => None,
            (_, Said::All(all), _) => Some(all.currency),
            _ => None,
        }
    }

    /// What it answers of a measure; nothing when it has said nothing of that budget.
    #[must_use]
    pub fn answer(&self, measure: EconomyMeasure) -> Option<aggregation::Own> {
        let terms = match measure {
            EconomyMeasure::ForecastInvestmentDeviation => {
                self.invested.as_ref().and_then(rule::invested)
            }
            _ => self.operated.as_ref().and_then(|all| rule::operated(measure, all)),
        };
        let silent = aggregation::Own {
            value: None,
            numerator: None,
            denominator: None,
            missing: None,
            confirmed: self.approved,
        };
        Some(match terms {
            Said::Nothing => return None,
            Said::Partly => {
                aggregation::Own { missing: Some(MissingReason::NotYetAvailable), ..silent }
            }
            Said::All(None) => {
                aggregation::Own { missing: Some(MissingReason::NotMeasured), ..silent }
            }
            Said::All(Some(Terms::Amount(amount))) => {
                aggregation::Own { value: Some(amount), ..silent }
            }
            Said::All(Some(Terms::Share { numerator, denominator })) => aggregation::Own {
                value: rule::share(numerator, denominator),
                numerator: Some(numerator),
                denominator: Some(denominator),
                ..silent
            },
        })
    }
}
