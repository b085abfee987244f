//! Fills a row from what was sent, checks it on the way, and remembers which fields were sent.
//!
//! A field is `None` when it was left out, `Some(None)` when it was cleared, `Some(Some(_))` when it was set.

use chrono::NaiveDate;
use entity::fixed::Fixed;
use rust_decimal::Decimal;

use super::problem::{Code, Problem};
use crate::error::{Error, Result};

/// A field of an update: left out, cleared, or set.
pub type Sent<T> = Option<Option<T>>;

/// A text in which nothing but space is written says nothing.
#[must_use]
pub fn written(text: Sent<String>) -> Sent<String> {
    text.map(|text| text.filter(|text| !text.trim().is_empty()))
}

/// The longest name.
pub const NAME: usize = 300;
/// The longest code, number or registry number.
pub const CODE: usize = 100;
/// The longest running text.
pub const TEXT: usize = 20_000;

/// Checks fields one by one and keeps every problem, so that a person mends them all at once.
#[derive(Default)]
pub struct Form {
    problems: Vec<Problem>,
    sent: Vec<&'static str>,
}

impl Form {
    /// Notes a problem.
    pub fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Whether no problem has been found so far.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }

    /// Notes that a field was sent, for those that are not filled by the methods below.
    pub fn note(&mut self, field: &'static str) {
        self.sent.push(field);
    }

    /// A value that must be there.
    pub fn set<T>(&mut self, field: &'static str, slot: &mut T, sent: Sent<T>) {
        match sent {
            None => return,
            Some(None) => self.problem(required(field)),
            Some(Some(value)) => *slot = value,
        }
        self.note(field);
    }

    /// A value that may be cleared.
    pub fn optional<T>(&mut self, field: &'static str, slot: &mut Option<T>, sent: Sent<T>) {
        if let Some(value) = sent {
            *slot = value;
            self.note(field);
        }
    }

    /// A text that must be there, without space around it.
    pub fn name(
        &mut self,
        field: &'static str,
        slot: &mut String,
        sent: Sent<String>,
        longest: usize,
    ) {
        match sent {
            None => return,
            Some(None) => self.problem(required(field)),
            Some(Some(text)) => {
                let text = text.trim();
                if text.is_empty() {
                    self.problem(required(field));
                } else if self.fits(field, text, longest) {
                    text.clone_into(slot);
                }
            }
        }
        self.note(field);
    }

    /// A text that may be missing or empty; an empty one is kept as it is.
    pub fn text(
        &mut self,
        field: &'static str,
        slot: &mut Option<String>,
        sent: Sent<String>,
        longest: usize,
    ) {
        if let Some(text) = sent {
            if text.as_deref().is_none_or(|text| self.fits(field, text, longest)) {
                *slot = text;
            }
            self.note(field);
        }
    }

    /// A short mark such as a number, where empty is the same as none.
    pub fn mark(
        &mut self,
        field: &'static str,
        slot: &mut Option<String>,
        sent: Sent<String>,
        longest: usize,
    ) {
        let sent = sent
            .map(|text| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
        self.text(field, slot, sent, longest);
    }

    /// A year that a plan can be for.
    pub fn year(&mut self, field: &'static str, slot: &mut i32, sent: Sent<i32>) {
        if let Some(Some(year)) = sent
            && !(1900..=2200).contains(&year)
        {
            self.problem(
                Problem::new(
                    Code::Invalid,
                    "Året måste vara 1900–2200.",
                    "The year must be from 1900 to 2200.",
                )
                .at(field),
            );
        }
        self.set(field, slot, sent);
    }

    /// An exact number that may be cleared.
    pub fn decimal(&mut self, field: &'static str, slot: &mut Option<Fixed>, sent: Sent<Decimal>) {
        if let Some(value) = sent {
            match value.map(|value| fixed(field, value)).transpose() {
                Ok(value) => *slot = value,
                Err(problem) => self.problem(problem),
            }
            self.note(field);
        }
    }

    /// Two dates of which the first may not be later.
    pub fn span(&mut self, field: &'static str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.problem(
                Problem::new(
                    Code::Invalid,
                    format!("Slutdatum {to} är före startdatum {from}."),
                    format!("The end {to} is before the start {from}."),
                )
                .at(field),
            );
        }
    }

    fn fits(&mut self, field: &'static str, text: &str, longest: usize) -> bool {
        match check_text(text, longest) {
            Ok(()) => true,
            Err(problem) => {
                self.problem(problem.at(field));
                false
            }
        }
    }

    /// The fields that were sent, when nothing is wrong.
    ///
    /// # Errors
    /// Every problem that was found.
    pub fn finish(self) -> Result<Vec<&'static str>> {
        if self.problems.is_empty() { Ok(self.sent) } else { Err(Error::Problems(self.problems)) }
    }
}

/// The value is not there.
pub fn required(field: &str) -> Problem {
    Problem::new(Code::Required, "Måste fyllas i.", "Must be given.").at(field)
}

/// Whether a text can be kept: not longer than that many characters, and without control characters that no page shows.
///
/// # Errors
/// What is wrong with it.
pub fn check_text(text: &str, longest: usize) -> Result<(), Problem> {
    let length = text.chars().count();
    if length > longest {
        return Err(Problem::new(
            Code::Invalid,
            format!("Högst {longest} tecken, men texten har {length}."),
            format!("At most {longest} characters, but there are {length}."),
        ));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Problem::new(
            Code::Invalid,
            "Texten innehåller styrtecken.",
            "The text contains control characters.",
        ));
    }
    Ok(())
}

/// An exact number as it is stored.
///
/// # Errors
/// When it has more digits than can be kept.
pub fn fixed(field: &str, value: Decimal) -> Result<Fixed, Problem> {
    Fixed::from_decimal(value).ok_or_else(|| {
        Problem::new(
            Code::Invalid,
            "Högst 12 siffror före och 6 efter decimaltecknet.",
            "At most 12 digits before the decimal point and 6 after it.",
        )
        .at(field)
    })
}
