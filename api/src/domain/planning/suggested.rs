//! What the figures suggest for a goal. A person's assessment is never overwritten by it.

use chrono::NaiveDate;
use entity::vocabulary::{IndicatorStatus, ProgressStatus, StatusLight};

/// What the suggestion needs to know of an assignment below the goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssignmentFact {
    /// How far it has come.
    pub status: ProgressStatus,
    /// The last day that was planned for it, if one was.
    pub ends_on: Option<NaiveDate>,
}

/// The light that a goal's indicators and the assignments below it suggest on that day.
///
/// `RED` if any indicator is red or any assignment is delayed past its end (the day after the last
/// planned one; without an end it cannot be past it); else `YELLOW` if any indicator is yellow or any
/// assignment is delayed; `GREEN` if an indicator is green or an assignment is going on or done; else `NONE`.
#[must_use]
pub fn suggested_status(
    indicators: impl IntoIterator<Item = IndicatorStatus>,
    assignments: impl IntoIterator<Item = AssignmentFact>,
    on: NaiveDate,
) -> StatusLight {
    let indicators = indicators.into_iter().map(of_indicator);
    let assignments = assignments.into_iter().map(|fact| of_assignment(fact, on));
    indicators.chain(assignments).min_by_key(|light| gravity(*light)).unwrap_or(StatusLight::None)
}

fn of_indicator(status: IndicatorStatus) -> StatusLight {
    match status {
        IndicatorStatus::Red => StatusLight::Red,
        IndicatorStatus::Yellow => StatusLight::Yellow,
        IndicatorStatus::Green => StatusLight::Green,
        IndicatorStatus::Missing | IndicatorStatus::NoTarget => StatusLight::None,
    }
}

fn of_assignment(fact: AssignmentFact, on: NaiveDate) -> StatusLight {
    match fact.status {
        ProgressStatus::Delayed if fact.ends_on.is_some_and(|end| end < on) => StatusLight::Red,
        ProgressStatus::Delayed => StatusLight::Yellow,
        ProgressStatus::Ongoing | ProgressStatus::Done => StatusLight::Green,
        ProgressStatus::NotStarted | ProgressStatus::Cancelled => StatusLight::None,
    }
}

fn gravity(light: StatusLight) -> u8 {
    match light {
        StatusLight::Red => 0,
        StatusLight::Yellow => 1,
        StatusLight::Green => 2,
        StatusLight::None => 3,
    }
}

#[cfg(test)]
mod tests {
    use IndicatorStatus::{Green, Missing, NoTarget, Red, Yellow};
    use ProgressStatus::{Cancelled, Delayed, Done, NotStarted, Ongoing};
    use proptest::prelude::*;

    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 4, day).unwrap_or_default()
    }

    fn suggest(
        indicators: &[IndicatorStatus],
        assignments: &[(ProgressStatus, Option<u32>)],
    ) -> StatusLight {
        let facts = assignments
            .iter()
            .map(|&(status, end)| AssignmentFact { status, ends_on: end.map(day) });
        suggested_status(indicators.iter().copied(), facts, day(15))
    }

    #[test]
    fn the_worst_speaks() {
        for (indicators, assignments, light) in [
            (&[][..], &[][..], StatusLight::None),
            (&[Missing, NoTarget], &[(NotStarted, Some(1)), (Cancelled, None)], StatusLight::None),
            (&[Missing, Green], &[], StatusLight::Green),
            (&[], &[(Ongoing, Some(1))], StatusLight::Green),
            (&[NoTarget], &[(Done, None)], StatusLight::Green),
            (&[Green, Yellow], &[(Done, None)], StatusLight::Yellow),
            (&[Green], &[(Delayed, None)], StatusLight::Yellow),
            (&[Green], &[(Delayed, Some(15))], StatusLight::Yellow),
            (&[Green], &[(Delayed, Some(14))], StatusLight::Red),
            (&[Red, Green], &[(Done, None)], StatusLight::Red),
        ] {
            assert_eq!(suggest(indicators, assignments), light, "{indicators:?} {assignments:?}");
        }
    }

    proptest! {
        #[test]
        fn red_exactly_when_something_is_red(
            indicators in prop::collection::vec(prop::sample::select(IndicatorStatus::ALL), 0..6),
            assignments in prop::collection::vec((prop::sample::select(ProgressStatus::ALL), prop::option::of(1_u32..=30)), 0..6),
        ) {
            let late = |&(status, end): &(ProgressStatus, Option<u32>)| status == Delayed && end.is_some_and(|end| end < 15);
            let red = indicators.contains(&Red) || assignments.iter().any(late);
            prop_assert_eq!(suggest(&indicators, &assignments) == StatusLight::Red, red);
        }
    }
}
