//! What the units below a unit say together, worked out over places.
//!
//! The rule is [`aggregate`](crate::domain::indicators::aggregation::aggregate)'s, and a test holds the two together.
//! Here it takes one pass over numbers in millionths, whose sums are exact.

use chrono::{DateTime, Utc};
use entity::{
    fixed::Fixed,
    vocabulary::{IndicatorAggregation, MissingReason},
};
use rust_decimal::Decimal;

use super::places::{Active, Places};
use crate::domain::indicators::aggregation::Aggregated;

/// What a unit has answered, as far as the viewer may know it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    /// The value in millionths or, of a RATIO, the numerator.
    pub number: Option<i64>,
    /// Of a RATIO, the denominator.
    pub weight: Option<i64>,
    /// Why there is none that counts.
    pub missing: Option<MissingReason>,
    pub confirmed: bool,
    pub changed: DateTime<Utc>,
}

/// What units have answered about one indicator, period and gender.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    said: Vec<Said>,
    /// For each place one more than the index of what was said there, or zero.
    at: Vec<u32>,
}

impl Answers {
    /// Nobody has answered, at that many places.
    pub(super) fn none(places: usize) -> Self {
        Self { said: Vec::new(), at: vec![0; places] }
    }

    /// Room for what so many say.
    pub(super) fn reserve(&mut self, more: usize) {
        self.said.reserve(more);
    }

    /// Notes what was said at a place.
    pub(super) fn note(&mut self, place: usize, said: Said) {
        let Ok(index) = u32::try_from(self.said.len() + 1) else { return };
        if let Some(at) = self.at.get_mut(place) {
            *at = index;
            self.said.push(said);
        }
    }

    /// What was said at a place.
    pub(super) fn get(&self, place: usize) -> Option<&Said> {
        self.said.get(usize::try_from(*self.at.get(place)?).ok()?.checked_sub(1)?)
    }

    /// The same, to be completed.
    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Said> {
        self.said.get_mut(usize::try_from(*self.at.get(place)?).ok()?.checked_sub(1)?)
    }

    /// Gives places that have said something of women and of men, but not of all, the sum of the two.
    pub(super) fn add_genders(&mut self, women: &Self, men: &Self) {
        for place in 0..self.at.len() {
            if self.get(place).is_some() {
                continue;
            }
            let (Some(women), Some(men)) = (women.get(place), men.get(place)) else { continue };
            if women.missing.is_some() || men.missing.is_some() {
                continue;
            }
            let sum = women.number.zip(men.number).and_then(|(women, men)| women.checked_add(men));
            if sum.is_some() {
                let confirmed = women.confirmed && men.confirmed;
                let changed = women.changed.max(men.changed);
                self.note(
                    place,
                    Said { number: sum, weight: None, missing: None, confirmed, changed },
                );
            }
        }
    }

    /// What is said below a place, and when any of it changed last.
    pub(super) fn below(
        &self,
        kind: IndicatorAggregation,
        places: &Places,
        active: &Active,
        place: usize,
    ) -> Option<(Aggregated, DateTime<Utc>)> {
        if kind == IndicatorAggregation::None {
            return None;
        }
        let mut tally = Tally::default();
        let end = places.end(place)?;
        let mut next = place + 1;
        while next < end {
            let at = next;
            let last = places.end(at)?;
            next = at + 1;
            if !active.is(at) {
                continue;
            }
            if let Some(said) = self.get(at) {
                tally.add(kind, said);
                next = last;
            } else if active.between(at + 1, last) == 0 {
                tally.expected += 1;
                next = last;
            }
        }
        Some((tally.aggregated(kind), tally.changed?))
    }
}

#[derive(Default)]
struct Tally {
    above: i128,
    below: i128,
    contributing: u32,
    expected: u32,
    confidential: bool,
    preliminary: bool,
    /// None as long as nobody has answered.
    changed: Option<DateTime<Utc>>,
}

impl Tally {
    fn add(&mut self, kind: IndicatorAggregation, said: &Said) {
        self.changed = self.changed.max(Some(said.changed));
        self.preliminary |= !said.confirmed;
        self.confidential |= said.missing == Some(MissingReason::Confidential);
        self.expected += u32::from(said.missing != Some(MissingReason::NotApplicable));
        let weight = if kind == IndicatorAggregation::Ratio { said.weight } else { Some(1) };
        if let (None, Some(number), Some(weight)) = (said.missing, said.number, weight) {
            self.contributing += 1;
            self.above += i128::from(number);
            self.below += i128::from(weight);
        }
    }

    fn aggregated(&self, kind: IndicatorAggregation) -> Aggregated {
        let sums = (self.contributing > 0).then_some(()).and_then(|()| {
            let scale = if kind == IndicatorAggregation::Ratio { Fixed::DECIMALS } else { 0 };
            Some((exact(self.above, Fixed::DECIMALS)?, exact(self.below, scale)?))
        });
        let value = sums.and_then(|(above, below)| match kind {
            IndicatorAggregation::Sum => Some(above),
            IndicatorAggregation::Average | IndicatorAggregation::Ratio => above.checked_div(below),
            IndicatorAggregation::None => None,
        });
        let missing = match (value, self.contributing, self.expected) {
            (Some(_), ..) => None,
            (None, 0, 0) => Some(MissingReason::NotApplicable),
            (None, 0, _) if self.confidential => Some(MissingReason::Confidential),
            (None, 0, _) => Some(MissingReason::NotYetAvailable),
            (None, ..) => Some(MissingReason::NotMeasured),
        };
        let ratio = sums.filter(|_| kind == IndicatorAggregation::Ratio);
        Aggregated {
            value,
            numerator: ratio.map(|sums| sums.0),
            denominator: ratio.map(|sums| sums.1),
            missing,
            contributing: self.contributing,
            expected: self.expected,
            preliminary: self.preliminary,
        }
    }
}

fn exact(number: i128, decimals: u32) -> Option<Decimal> {
    Some(Decimal::try_from_i128_with_scale(number, decimals).ok()?.normalize())
}
