//! Outcomes put together up the unit tree, for one indicator, period and gender at a time.
//!
//! Each gender aggregates by itself. Nothing here is rounded, and nothing here is stored.

use std::collections::HashMap;

use entity::vocabulary::{IndicatorAggregation, MissingReason};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::tree::Tree;

/// What a unit itself has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// The value, unless it is missing or follows from the two below.
    pub value: Option<Decimal>,
    /// What is counted, of a `RATIO`.
    pub numerator: Option<Decimal>,
    /// What it is counted against, of a `RATIO`.
    pub denominator: Option<Decimal>,
    /// Why there is no value that counts. With a reason no number counts, whatever stands above.
    pub missing: Option<MissingReason>,
    /// Whether the period's report has been approved.
    pub confirmed: bool,
}

/// What the units below a unit say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aggregated {
    /// The unrounded value.
    pub value: Option<Decimal>,
    /// The sum of the numerators, of a `RATIO`.
    pub numerator: Option<Decimal>,
    /// The sum of the denominators, of a `RATIO`.
    pub denominator: Option<Decimal>,
    /// Why there is no value; set exactly when there is none.
    pub missing: Option<MissingReason>,
    /// How many parts are in it.
    pub contributing: u32,
    /// How many parts ought to be in it.
    pub expected: u32,
    /// Whether the answer of any part can still change before its report is approved.
    pub preliminary: bool,
}

/// What counts as a unit's outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effective<'a> {
    /// The unit's own answer, which always wins, also when it says that the value is missing.
    Own(&'a Own),
    /// The answer of the units below.
    Aggregated(Aggregated),
    /// Nobody has answered.
    None,
}

impl Own {
    /// The value that the answer stands for: the one given or, of a `RATIO` without one, numerator over
    /// denominator. None when it is missing or the denominator is zero.
    #[must_use]
    pub fn counted(&self, kind: IndicatorAggregation) -> Option<Decimal> {
        match (self.missing, self.value, kind) {
            (Some(_), ..) => None,
            (None, None, IndicatorAggregation::Ratio) => {
                self.numerator?.checked_div(self.denominator?)
            }
            (None, value, _) => value,
        }
    }

    /// What the answer adds to the sums above and below the line. A `RATIO` with a value only adds
    /// nothing, since nobody knows how much it weighs.
    fn terms(&self, kind: IndicatorAggregation) -> Option<(Decimal, Decimal)> {
        match (self.missing, kind) {
            (Some(_), _) | (_, IndicatorAggregation::None) => None,
            (None, IndicatorAggregation::Sum | IndicatorAggregation::Average) => {
                Some((self.value?, Decimal::ONE))
            }
            (None, IndicatorAggregation::Ratio) => Some((self.numerator?, self.denominator?)),
        }
    }
}

/// What counts as the unit's outcome: its own answer, or else what the units below say together.
#[must_use]
pub fn effective<'a>(
    kind: IndicatorAggregation,
    tree: &Tree,
    own: &'a HashMap<Uuid, Own>,
    unit: Uuid,
) -> Effective<'a> {
    match own.get(&unit) {
        Some(answer) => Effective::Own(answer),
        None => aggregate(kind, tree, own, unit).map_or(Effective::None, Effective::Aggregated),
    }
}

/// What the units below say together; none for an indicator that is not aggregated, and where no unit
/// below has answered at all.
///
/// The parts are the nearest units below that have answered (nothing below an answer counts twice), and
/// the lowest units, above which nobody has answered either. Each is expected, save those that answered
/// `NOT_APPLICABLE`; a unit between that has not answered is not, since those below it speak for it.
/// Expected but not contributing are the silent, those with any other reason, and of a `RATIO` those
/// without numerator and denominator. When no part contributes the reason is `NOT_APPLICABLE` if that
/// is what all say, else `CONFIDENTIAL` if any says so, else `NOT_YET_AVAILABLE`. A denominator of zero,
/// and sums that a `Decimal` cannot hold, are `NOT_MEASURED`.
#[must_use]
pub fn aggregate(
    kind: IndicatorAggregation,
    tree: &Tree,
    own: &HashMap<Uuid, Own>,
    unit: Uuid,
) -> Option<Aggregated> {
    if kind == IndicatorAggregation::None {
        return None;
    }
    let mut parts: Vec<_> = tree.nearest(unit, |part| own.contains_key(&part)).collect();
    // Sums at the edge of a Decimal depend on the order; this one is the same however the tree is drawn.
    parts.sort_unstable();

    let (mut answered, mut confidential, mut preliminary) = (false, false, false);
    let (mut contributing, mut expected) = (0, 0);
    let mut sums = Some((Decimal::ZERO, Decimal::ZERO));
    for part in parts {
        let Some(answer) = own.get(&part) else {
            expected += 1;
            continue;
        };
        answered = true;
        preliminary |= !answer.confirmed;
        confidential |= answer.missing == Some(MissingReason::Confidential);
        expected += u32::from(answer.missing != Some(MissingReason::NotApplicable));
        if let Some((numerator, denominator)) = answer.terms(kind) {
            contributing += 1;
            sums = sums.and_then(|sums| {
                Some((sums.0.checked_add(numerator)?, sums.1.checked_add(denominator)?))
            });
        }
    }
    if !answered {
        return None;
    }

    let sums = sums.filter(|_| contributing > 0);
    let value = sums.and_then(|(above, below)| match kind {
        IndicatorAggregation::Sum => Some(above),
        IndicatorAggregation::Average | IndicatorAggregation::Ratio => above.checked_div(below),
        IndicatorAggregation::None => None,
    });
    let missing = match (value, contributing, expected) {
        (Some(_), ..) => None,
        (None, 0, 0) => Some(MissingReason::NotApplicable),
        (None, 0, _) if confidential => Some(MissingReason::Confidential),
        (None, 0, _) => Some(MissingReason::NotYetAvailable),
        (None, ..) => Some(MissingReason::NotMeasured),
    };
    let ratio = sums.filter(|_| kind == IndicatorAggregation::Ratio);
    Some(Aggregated {
        value,
        numerator: ratio.map(|sums| sums.0),
        denominator: ratio.map(|sums| sums.1),
        missing,
        contributing,
        expected,
        preliminary,
    })
}

/// The `TOTAL` of a unit that has answered for women and for men but not for all: their sum, for a `SUM`
/// with both values, and otherwise nothing. Meant for units without a `TOTAL` of their own, before the
/// `TOTAL` is aggregated; it is as preliminary as either of the two.
#[must_use]
pub fn total_from_genders(
    kind: IndicatorAggregation,
    women: Option<&Own>,
    men: Option<&Own>,
) -> Option<Own> {
    if kind != IndicatorAggregation::Sum {
        return None;
    }
    let (women, men) = (women?, men?);
    Some(Own {
        value: Some(women.counted(kind)?.checked_add(men.counted(kind)?)?),
        numerator: None,
        denominator: None,
        missing: None,
        confirmed: women.confirmed && men.confirmed,
    })
}

#[cfg(test)]
mod tests;
