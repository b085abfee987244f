//! What can be wrong with a reporting cycle that somebody wants to set.

use std::fmt;

use chrono::{Months, NaiveDate};
use entity::vocabulary::PeriodKind;

use super::cycle::{Cycle, CyclePeriod, month_end};
use crate::domain::problem::Code;

/// One thing that is wrong with one field of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleError {
    /// The period that it is wrong in.
    pub kind: PeriodKind,
    /// What is wrong.
    pub problem: CycleProblem,
}

/// What can be wrong with a period of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycleProblem {
    /// There is no label.
    LabelBlank,
    /// There is no such month.
    EndMonthOutOfRange {
        /// The month that was given.
        month: u32,
    },
    /// The period ends no later than the one before it.
    EndMonthNotAfter {
        /// The one before it.
        earlier: PeriodKind,
        /// Where that one ends.
        earlier_month: u32,
    },
    /// The whole year does not end in December.
    NotWholeYear {
        /// The month that was given.
        month: u32,
    },
    /// The report is due while the period still goes on.
    DueBeforeEnd {
        /// The last day of the period.
        end: NaiveDate,
    },
    /// The report is due more than a year after the period.
    DueTooLate {
        /// The last day on which it may be due.
        latest: NaiveDate,
    },
}

impl CycleError {
    /// The input field that is to be corrected.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self.problem {
            CycleProblem::LabelBlank => "label",
            CycleProblem::EndMonthOutOfRange { .. }
            | CycleProblem::EndMonthNotAfter { .. }
            | CycleProblem::NotWholeYear { .. } => "endMonth",
            CycleProblem::DueBeforeEnd { .. } | CycleProblem::DueTooLate { .. } => "dueOn",
        }
    }

    /// What kind of mistake it is.
    #[must_use]
    pub fn code(&self) -> Code {
        match self.problem {
            CycleProblem::LabelBlank => Code::Required,
            _ => Code::Invalid,
        }
    }

    /// The same in Swedish.
    #[must_use]
    pub fn in_swedish(&self) -> String {
        let kind = self.kind.as_str();
        match self.problem {
            CycleProblem::LabelBlank => format!("{kind} behöver en benämning"),
            CycleProblem::EndMonthOutOfRange { month } => {
                format!("sista månaden i {kind} måste vara 1–12, inte {month}")
            }
            CycleProblem::EndMonthNotAfter { earlier, earlier_month } => {
                let earlier = earlier.as_str();
                format!("{kind} måste sluta efter {earlier}, som slutar i månad {earlier_month}")
            }
            CycleProblem::NotWholeYear { month } => {
                format!("{kind} är hela året och måste sluta i månad 12, inte {month}")
            }
            CycleProblem::DueBeforeEnd { end } => {
                format!("{kind} kan inte lämnas in innan perioden är slut, {end}")
            }
            CycleProblem::DueTooLate { latest } => {
                format!("{kind} måste lämnas in inom ett år efter perioden, senast {latest}")
            }
        }
    }
}

impl fmt::Display for CycleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.as_str();
        match self.problem {
            CycleProblem::LabelBlank => write!(f, "{kind} needs a label"),
            CycleProblem::EndMonthOutOfRange { month } => {
                write!(f, "the last month of {kind} must be from 1 to 12, not {month}")
            }
            CycleProblem::EndMonthNotAfter { earlier, earlier_month } => {
                let earlier = earlier.as_str();
                write!(f, "{kind} must end after {earlier}, which ends in month {earlier_month}")
            }
            CycleProblem::NotWholeYear { month } => {
                write!(f, "{kind} is the whole year and must end in month 12, not {month}")
            }
            CycleProblem::DueBeforeEnd { end } => {
                write!(f, "{kind} cannot be due before the period has ended, on {end}")
            }
            CycleProblem::DueTooLate { latest } => {
                write!(f, "{kind} must be due within a year after the period, by {latest}")
            }
        }
    }
}

impl std::error::Error for CycleError {}

impl Cycle {
    /// Everything that is wrong with the cycle, the first period first; nothing when it may be set.
    #[must_use]
    pub fn errors(&self) -> Vec<CycleError> {
        let periods = [
            (PeriodKind::Ur1, &self.ur1),
            (PeriodKind::Ur2, &self.ur2),
            (PeriodKind::Ar, &self.ar),
        ];
        let mut earlier: Option<(PeriodKind, u32)> = None;
        let mut errors = Vec::new();
        for (kind, period) in periods {
            let label = period.label.trim().is_empty().then_some(CycleProblem::LabelBlank);
            let found = [label, end_month(kind, period, earlier), due_on(self.year, period)];
            errors.extend(found.into_iter().flatten().map(|problem| CycleError { kind, problem }));
            earlier = Some((kind, period.end_month));
        }
        errors
    }
}

fn end_month(
    kind: PeriodKind,
    period: &CyclePeriod,
    earlier: Option<(PeriodKind, u32)>,
) -> Option<CycleProblem> {
    let month = period.end_month;
    if !is_month(month) {
        return Some(CycleProblem::EndMonthOutOfRange { month });
    }
    if kind == PeriodKind::Ar && month != 12 {
        return Some(CycleProblem::NotWholeYear { month });
    }
    let (earlier, earlier_month) =
        earlier.filter(|(_, before)| is_month(*before) && *before >= month)?;
    Some(CycleProblem::EndMonthNotAfter { earlier, earlier_month })
}

fn due_on(year: i32, period: &CyclePeriod) -> Option<CycleProblem> {
    let end = is_month(period.end_month).then(|| month_end(year, period.end_month))?;
    let latest = end.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
    if period.due_on < end {
        Some(CycleProblem::DueBeforeEnd { end })
    } else if period.due_on > latest {
        Some(CycleProblem::DueTooLate { latest })
    } else {
        None
    }
}

fn is_month(month: u32) -> bool {
    (1..=12).contains(&month)
}

#[cfg(test)]
mod tests {
    use super::super::cycle::date;
    use super::*;

    fn found(change: impl Fn(&mut Cycle)) -> Vec<String> {
        let mut cycle = Cycle::default_of(2023);
        change(&mut cycle);
        cycle.errors().iter().map(|error| format!("{}: {error}", error.field())).collect()
    }

    #[test]
    fn the_default_may_be_set() {
        for year in 1900..=2200 {
            assert_eq!(Cycle::default_of(year).errors(), []);
        }
    }

    #[test]
    fn each_error_says_where_and_by_how_much() {
        assert_eq!(found(|cycle| cycle.ur1.label = " ".to_owned()), ["label: UR1 needs a label"]);
        assert_eq!(
            found(|cycle| cycle.ur1.end_month = 13),
            ["endMonth: the last month of UR1 must be from 1 to 12, not 13"]
        );
        assert_eq!(
            found(|cycle| cycle.ur2.end_month = 4),
            ["endMonth: UR2 must end after UR1, which ends in month 4"]
        );
        assert_eq!(
            found(|cycle| cycle.ar.end_month = 11),
            ["endMonth: AR is the whole year and must end in month 12, not 11"]
        );
        assert_eq!(
            found(|cycle| cycle.ur2.end_month = 12),
            [
                "dueOn: UR2 cannot be due before the period has ended, on 2023-12-31",
                "endMonth: AR must end after UR2, which ends in month 12",
            ]
        );
        assert_eq!(
            found(|cycle| cycle.ar.due_on = date(2025, 1, 1)),
            ["dueOn: AR must be due within a year after the period, by 2024-12-31"]
        );
    }

    #[test]
    fn due_on_the_edges() {
        assert_eq!(found(|cycle| cycle.ar.due_on = date(2023, 12, 31)), [""; 0]);
        assert_eq!(found(|cycle| cycle.ar.due_on = date(2024, 12, 31)), [""; 0]);
        assert_eq!(found(|cycle| cycle.ar.due_on = date(2023, 12, 30)).len(), 1);
    }
}
