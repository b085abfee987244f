//! The periods that outcomes and reports are for.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use entity::vocabulary::PeriodKind;

use super::cycle::{Cycle, date, month_end};
use crate::{
    domain::problem::{Code, Problem},
    error::Error,
};

/// The years that a period can be in.
pub const YEARS: RangeInclusive<i32> = 1900..=2200;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// One month of a year, or one of the year's follow-ups, which all run from 1 January. Where a follow-up
/// ends is for the organisation's cycle to say, so that changing the cycle moves no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    year: i32,
    kind: PeriodKind,
    month: Option<u32>,
}

/// Why there is no such period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodError {
    /// The year is outside [`YEARS`].
    YearOutOfRange {
        /// The year that was given.
        year: i32,
    },
    /// A `MONTH` without its month.
    MonthRequired,
    /// There is no such month.
    MonthOutOfRange {
        /// The month that was given.
        month: i64,
    },
    /// Only a `MONTH` has a month.
    MonthNotAllowed {
        /// The kind that was given.
        kind: PeriodKind,
    },
}

impl PeriodError {
    /// The input field that is to be corrected.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::YearOutOfRange { .. } => "year",
            Self::MonthRequired | Self::MonthOutOfRange { .. } | Self::MonthNotAllowed { .. } => {
                "month"
            }
        }
    }

    /// The same as a problem with the `year` or the `month` of an input.
    #[must_use]
    pub fn problem(self) -> Problem {
        let (code, sv) = match self {
            Self::YearOutOfRange { year } => (
                Code::Invalid,
                format!("Året måste vara {}–{}, inte {year}.", YEARS.start(), YEARS.end()),
            ),
            Self::MonthRequired => {
                (Code::Required, "En månad måste anges för MONTH, 1–12.".to_owned())
            }
            Self::MonthOutOfRange { month } => {
                (Code::Invalid, format!("Månaden måste vara 1–12, inte {month}."))
            }
            Self::MonthNotAllowed { kind } => (
                Code::Invalid,
                format!("Månad anges bara för MONTH; utelämna den för {}.", kind.as_str()),
            ),
        };
        Problem::new(code, sv, format!("The {self}.")).at(self.field())
    }
}

impl From<PeriodError> for Error {
    fn from(error: PeriodError) -> Self {
        Self::BadInput(format!("The {error}."))
    }
}

/// Whether a period or a plan can be in that year.
///
/// # Errors
/// When it cannot.
pub fn check_year(year: i32) -> Result<(), PeriodError> {
    if YEARS.contains(&year) { Ok(()) } else { Err(PeriodError::YearOutOfRange { year }) }
}

/// A period as a caller writes it, before anybody has said that there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedPeriod {
    /// The year.
    pub year: i32,
    /// The kind.
    pub kind: PeriodKind,
    /// Which month, for a `MONTH`.
    pub month: Option<i32>,
}

impl AskedPeriod {
    /// The period that is meant.
    ///
    /// # Errors
    /// The first of year and month that is wrong.
    pub fn period(self) -> Result<Period, PeriodError> {
        let month = self
            .month
            .map(|month| {
                u32::try_from(month)
                    .map_err(|_| PeriodError::MonthOutOfRange { month: month.into() })
            })
            .transpose()?;
        Period::new(self.year, self.kind, month)
    }
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YearOutOfRange { year } => {
                write!(f, "year must be from {} to {}, not {year}", YEARS.start(), YEARS.end())
            }
            Self::MonthRequired => {
                f.write_str("month is required for the kind MONTH, from 1 to 12")
            }
            Self::MonthOutOfRange { month } => write!(f, "month must be from 1 to 12, not {month}"),
            Self::MonthNotAllowed { kind } => {
                write!(f, "month is only for the kind MONTH; leave it out for {}", kind.as_str())
            }
        }
    }
}

impl std::error::Error for PeriodError {}

impl Period {
    /// The period of that kind in that year; `month` belongs to the kind `MONTH`, and only to that.
    ///
    /// # Errors
    /// The first of year and month that is wrong.
    pub fn new(year: i32, kind: PeriodKind, month: Option<u32>) -> Result<Self, PeriodError> {
        check_year(year)?;
        match (kind, month) {
            (PeriodKind::Month, None) => Err(PeriodError::MonthRequired),
            (PeriodKind::Month, Some(month)) if !(1..=12).contains(&month) => {
                Err(PeriodError::MonthOutOfRange { month: month.into() })
            }
            (PeriodKind::Ur1 | PeriodKind::Ur2 | PeriodKind::Ar, Some(_)) => {
                Err(PeriodError::MonthNotAllowed { kind })
            }
            _ => Ok(Self { year, kind, month }),
        }
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// Which month, of a `MONTH`.
    #[must_use]
    pub fn month(&self) -> Option<u32> {
        self.month
    }

    /// The first day.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        date(self.year, self.month.unwrap_or(1), 1)
    }

    /// The last day, by the cycle of the period's year.
    #[must_use]
    pub fn end(&self, cycle: &Cycle) -> NaiveDate {
        month_end(self.year, self.end_month(cycle))
    }

    /// What the organisation writes: "januari 2024", "T1 2024".
    #[must_use]
    pub fn label(&self, cycle: &Cycle) -> String {
        let month =
            self.month.and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?));
        let name =
            month.copied().or_else(|| cycle.period(self.kind).map(|period| period.label.as_str()));
        format!("{} {}", name.unwrap_or_default(), self.year)
    }

    /// The same period last year: the same kind, whatever month it ended. None before the first year.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        Self::new(self.year - 1, self.kind, self.month).ok()
    }

    /// Whether the other period is a part of this one. A follow-up contains the year's earlier follow-ups
    /// and the months up to its end; a month contains nothing, and no period contains itself.
    #[must_use]
    pub fn covers(&self, other: &Self, cycle: &Cycle) -> bool {
        self.year == other.year
            && match (self.kind, other.month) {
                (PeriodKind::Month, _) => false,
                (_, Some(month)) => month <= self.end_month(cycle),
                (_, None) => other.kind < self.kind,
            }
    }

    /// Grows with time within a kind. Between kinds a follow-up stands where it normally ends.
    #[must_use]
    pub fn sort_key(&self) -> i32 {
        let month = match self.kind {
            PeriodKind::Month => {
                self.month.and_then(|month| i32::try_from(month).ok()).unwrap_or_default()
            }
            PeriodKind::Ur1 => 4,
            PeriodKind::Ur2 => 8,
            PeriodKind::Ar => 12,
        };
        self.year * 12 + month
    }

    /// How many months it has: one, or those from January to its end.
    #[must_use]
    pub fn months(&self, cycle: &Cycle) -> u32 {
        if self.month.is_some() { 1 } else { self.end_month(cycle) }
    }

    fn end_month(&self, cycle: &Cycle) -> u32 {
        self.month.or_else(|| cycle.period(self.kind).map(|period| period.end_month)).unwrap_or(12)
    }
}

#[cfg(test)]
mod tests;
