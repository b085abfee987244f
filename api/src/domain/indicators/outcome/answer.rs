//! What an outcome says: which numbers and reasons go together, and in which columns they lie.

use entity::{
    fixed::Fixed,
    indicators::outcome,
    vocabulary::{IndicatorAggregation, MissingReason, OutcomeState},
};

use crate::domain::{
    form::required,
    indicators::aggregation::Own,
    problem::{Code, Problem},
};

/// The numbers of an outcome, or why there are none, wherever they lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The value.
    pub value: Option<Fixed>,
    /// What RATIO divides.
    pub numerator: Option<Fixed>,
    /// What RATIO divides by.
    pub denominator: Option<Fixed>,
    /// Why there is no value.
    pub missing: Option<MissingReason>,
}

impl Answer {
    /// What a stored outcome says to those who may know.
    #[must_use]
    pub fn of(row: &outcome::Model) -> Self {
        let missing = row.missing_reason;
        if row.is_secret() {
            let (value, numerator) = (row.hidden_value, row.hidden_numerator);
            Self { value, numerator, denominator: row.hidden_denominator, missing }
        } else {
            let (value, numerator) = (row.value, row.numerator);
            Self { value, numerator, denominator: row.denominator, missing }
        }
    }

    /// Puts it into a row: what is confidential, or would give that away, into the hidden columns.
    pub fn put(self, row: &mut outcome::Model, guarded: bool) {
        let Self { value, numerator, denominator, missing } = self;
        row.missing_reason = missing;
        row.guarded = guarded && missing.is_none();
        let secret = row.is_secret();
        let open = |number: Option<Fixed>| number.filter(|_| !secret);
        let hidden = |number: Option<Fixed>| number.filter(|_| secret);
        (row.value, row.hidden_value) = (open(value), hidden(value));
        (row.numerator, row.hidden_numerator) = (open(numerator), hidden(numerator));
        (row.denominator, row.hidden_denominator) = (open(denominator), hidden(denominator));
    }

    /// What it is for the rules. A value that only says what the fraction says gives way to the fraction,
    /// which is exact.
    #[must_use]
    pub fn own(self, kind: IndicatorAggregation, state: OutcomeState) -> Own {
        let exact = self.is_quotient(kind);
        Own {
            value: self.value.filter(|_| !exact).map(Fixed::to_decimal),
            numerator: self.numerator.map(Fixed::to_decimal),
            denominator: self.denominator.map(Fixed::to_decimal),
            missing: self.missing,
            confirmed: state == OutcomeState::Confirmed,
        }
    }

    /// As somebody would have sent it: without what follows from numerator and denominator.
    #[must_use]
    pub fn as_sent(self, kind: IndicatorAggregation) -> Self {
        if self.is_quotient(kind) {
            return Self { value: None, ..self };
        }
        let zero = kind == IndicatorAggregation::Ratio && self.denominator == Some(Fixed(0));
        match self.missing {
            Some(MissingReason::NotMeasured) if zero => Self { missing: None, ..self },
            _ => self,
        }
    }

    fn is_quotient(self, kind: IndicatorAggregation) -> bool {
        kind == IndicatorAggregation::Ratio && self.value.is_some() && self.value == self.quotient()
    }

    fn quotient(self) -> Option<Fixed> {
        let quotient = self.numerator?.to_decimal().checked_div(self.denominator?.to_decimal())?;
        Fixed::nearest(quotient)
    }

    /// What is kept of an answer as it was sent: a value, or a reason why there is none. Of a RATIO the value
    /// follows from numerator and denominator; when nothing was counted it was not measured.
    ///
    /// # Errors
    /// What does not go together.
    pub fn settled(mut self, kind: IndicatorAggregation) -> Result<Self, Problem> {
        let ratio = kind == IndicatorAggregation::Ratio;
        let nothing = ratio && self.denominator == Some(Fixed(0));
        match (self.numerator, self.denominator) {
            (Some(_), None) => return Err(required("denominator")),
            (None, Some(_)) => return Err(required("numerator")),
            _ => {}
        }
        let fraction = ratio && self.numerator.is_some();
        match (self.missing, self.value) {
            (None | Some(MissingReason::Confidential), Some(_)) if nothing => {
                return Err(Problem::new(
                    Code::Invalid,
                    "Nämnaren är noll, så det finns inget värde.",
                    "The denominator is zero, so there is no value.",
                )
                .at("denominator"));
            }
            (None, None) if nothing => self.missing = Some(MissingReason::NotMeasured),
            (None | Some(MissingReason::Confidential), None) if fraction && !nothing => {
                self.value = Some(self.quotient().ok_or_else(too_large)?);
            }
            (None, None) => return Err(required("value")),
            (None | Some(MissingReason::Confidential), _) => {}
            (Some(MissingReason::NotMeasured), None) if nothing => {}
            (Some(_), Some(_)) => return Err(beside_reason("value")),
            (Some(_), None) if self.numerator.is_some() => return Err(beside_reason("numerator")),
            (Some(_), None) => {}
        }
        Ok(self)
    }
}

fn beside_reason(field: &str) -> Problem {
    Problem::new(
        Code::Invalid,
        "Ange antingen ett värde eller varför det saknas; bara vid sekretess anges båda.",
        "Give either a value or why it is missing; only with CONFIDENTIAL both.",
    )
    .at(field)
}

fn too_large() -> Problem {
    Problem::new(
        Code::Invalid,
        "Kvoten har fler än 12 siffror före decimaltecknet.",
        "The quotient has more than 12 digits before the decimal point.",
    )
    .at("numerator")
}

#[cfg(test)]
mod tests {
    use IndicatorAggregation::{Average, Ratio, Sum};
    use MissingReason::{Confidential, NotApplicable, NotMeasured};

    use super::*;

    fn answer(
        value: Option<i64>,
        fraction: Option<(i64, i64)>,
        missing: Option<MissingReason>,
    ) -> Answer {
        let fixed = |number: i64| Fixed(number * 1_000_000);
        Answer {
            value: value.map(fixed),
            numerator: fraction.map(|(above, _)| fixed(above)),
            denominator: fraction.map(|(_, below)| fixed(below)),
            missing,
        }
    }

    fn wrong(kind: IndicatorAggregation, sent: Answer) -> (Code, String) {
        let problem = sent.settled(kind).expect_err("a problem");
        (problem.code, problem.field.concat())
    }

    #[test]
    fn a_value_or_a_reason() {
        let value = answer(Some(5), None, None);
        assert_eq!(value.settled(Sum), Ok(value));
        let reason = answer(None, None, Some(NotApplicable));
        assert_eq!(reason.settled(Sum), Ok(reason));
        let secret = answer(Some(5), None, Some(Confidential));
        assert_eq!(secret.settled(Sum), Ok(secret));
        let bare = answer(None, None, Some(Confidential));
        assert_eq!(bare.settled(Ratio), Ok(bare));

        assert_eq!(wrong(Sum, Answer::default()), (Code::Required, "value".to_owned()));
        let both = answer(Some(5), None, Some(NotMeasured));
        assert_eq!(wrong(Sum, both), (Code::Invalid, "value".to_owned()));
        let counted = answer(None, Some((1, 2)), Some(NotApplicable));
        assert_eq!(wrong(Ratio, counted), (Code::Invalid, "numerator".to_owned()));
        let half = Answer { denominator: None, ..answer(Some(1), Some((1, 2)), None) };
        assert_eq!(wrong(Average, half), (Code::Required, "denominator".to_owned()));
    }

    #[test]
    fn a_fraction_gives_the_value_and_stays_exact() {
        let third = answer(None, Some((1, 3)), None);
        let kept = third.settled(Ratio).expect("a value");
        assert_eq!(kept.value, Some(Fixed(333_333)));
        assert_eq!(kept.own(Ratio, OutcomeState::Confirmed).value, None);
        assert_eq!(kept.as_sent(Ratio), third);
        assert_eq!(wrong(Sum, third), (Code::Required, "value".to_owned()));

        let given = answer(Some(7), Some((1, 3)), None);
        assert_eq!(given.settled(Ratio), Ok(given));
        assert_eq!(given.as_sent(Ratio), given);
    }

    #[test]
    fn nothing_counted_is_not_measured() {
        let nothing = answer(None, Some((0, 0)), None);
        let kept = nothing.settled(Ratio).expect("kept as missing");
        assert_eq!(kept.missing, Some(NotMeasured));
        assert_eq!(kept.denominator, Some(Fixed(0)));
        assert_eq!(kept.settled(Ratio), Ok(kept));
        assert_eq!(kept.as_sent(Ratio), nothing);
        let odd = answer(Some(5), Some((0, 0)), None);
        assert_eq!(wrong(Ratio, odd), (Code::Invalid, "denominator".to_owned()));
    }
}
