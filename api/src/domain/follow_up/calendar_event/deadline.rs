//! The event that a reporting cycle makes of a period: from when its report can be written until it is due.

use chrono::NaiveDate;
use entity::follow_up::calendar_event;

use crate::domain::organisation::{cycle::Cycle, period::Period};

/// What a cycle says of the report of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What its event is called.
    pub name: String,
    /// The day after the period, unless the report is due by then.
    pub starts_on: NaiveDate,
    /// When the report is due.
    pub due_on: NaiveDate,
}

impl Deadline {
    /// That of a period, in its year's cycle. Nobody reports on a month.
    #[must_use]
    pub fn of(period: Period, cycle: &Cycle) -> Option<Self> {
        let due_on = cycle.period(period.kind())?.due_on;
        let end = period.end(cycle);
        Some(Self {
            // What people have in their calendars, in the language of those who read plans.
            name: format!("{}: rapporten lämnas in", period.label(cycle)),
            starts_on: end.succ_opt().unwrap_or(end).min(due_on),
            due_on,
        })
    }

    /// The event as it is when this deadline becomes another: nothing for one that somebody has moved by hand. A name or
    /// a first day of its own stays, as far as it can.
    #[must_use]
    pub fn moved(&self, to: &Self, event: &calendar_event::Model) -> Option<calendar_event::Model> {
        if event.due_on != self.due_on {
            return None;
        }
        let name = if event.name == self.name { &to.name } else { &event.name };
        let starts_on = if event.starts_on == self.starts_on {
            to.starts_on
        } else {
            event.starts_on.min(to.due_on)
        };
        let (name, due_on) = (name.clone(), to.due_on);
        Some(calendar_event::Model { name, starts_on, due_on, ..event.clone() })
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::vocabulary::{
        CalendarEventKind,
        PeriodKind::{self, Ar, Month, Ur1, Ur2},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::organisation::{cycle::CycleSetting, period::YEARS};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn cycle(year: i32, settings: &[(PeriodKind, &str, u32, &str)]) -> Cycle {
        let setting = |(kind, label, end_month, due_on): &(PeriodKind, &str, u32, &str)| {
            let (kind, label) = (*kind, (*label).to_owned());
            CycleSetting { year, kind, label, end_month: *end_month, due_on: day(due_on) }
        };
        Cycle::of(year, &settings.iter().map(setting).collect::<Vec<_>>())
    }

    fn period(year: i32, kind: PeriodKind) -> Period {
        let month = (kind == Month).then_some(3);
        Period::new(year, kind, month).expect("a period")
    }

    fn event(name: &str, starts_on: &str, due_on: &str) -> calendar_event::Model {
        calendar_event::Model {
            id: Uuid::nil(),
            org_unit_id: Uuid::nil(),
            name: name.to_owned(),
            starts_on: day(starts_on),
            due_on: day(due_on),
            kind: CalendarEventKind::Reporting,
            period_year: Some(2024),
            period_kind: Some(Ur1),
            plan_id: None,
            version: 1,
            created_at: DateTime::default(),
            updated_at: DateTime::default(),
            updated_by: Uuid::nil(),
        }
    }

    #[test]
    fn it_runs_from_the_day_after_the_period() {
        let set =
            cycle(2024, &[(Ur1, "Delår", 3, "2024-03-31"), (Ar, "Årsbokslut", 12, "2025-01-20")]);
        for (kind, name, starts_on, due_on) in [
            // Due on the last day of the period itself.
            (Ur1, "Delår 2024: rapporten lämnas in", "2024-03-31", "2024-03-31"),
            (Ur2, "UR2 2024: rapporten lämnas in", "2024-09-01", "2024-09-20"),
            (Ar, "Årsbokslut 2024: rapporten lämnas in", "2025-01-01", "2025-01-20"),
        ] {
            let found = Deadline::of(period(2024, kind), &set);
            let (starts_on, due_on) = (day(starts_on), day(due_on));
            assert_eq!(found, Some(Deadline { name: name.to_owned(), starts_on, due_on }));
        }
        assert_eq!(Deadline::of(period(2024, Month), &set), None);
    }

    #[test]
    fn what_nobody_moved_follows_the_cycle() {
        let of = |cycle: &Cycle| Deadline::of(period(2024, Ur1), cycle).expect("a deadline");
        let before = of(&cycle(2024, &[(Ur1, "T1", 4, "2024-05-20")]));
        let after = of(&cycle(2024, &[(Ur1, "Delår", 3, "2024-04-25")]));
        let (old, new) = ("T1 2024: rapporten lämnas in", "Delår 2024: rapporten lämnas in");
        for (event, moved) in [
            (event(old, "2024-05-01", "2024-05-20"), Some(event(new, "2024-04-01", "2024-04-25"))),
            (
                event("Vår", "2024-05-01", "2024-05-20"),
                Some(event("Vår", "2024-04-01", "2024-04-25")),
            ),
            (event(old, "2024-04-10", "2024-05-20"), Some(event(new, "2024-04-10", "2024-04-25"))),
            (event(old, "2024-05-10", "2024-05-20"), Some(event(new, "2024-04-25", "2024-04-25"))),
            (event(old, "2024-05-01", "2024-05-21"), None),
            (event(old, "2024-05-01", "2024-05-01"), None),
        ] {
            assert_eq!(before.moved(&after, &event), moved);
        }
    }

    proptest! {
        #[test]
        fn it_never_ends_before_it_starts(
            year in YEARS,
            kind in prop::sample::select(vec![Ur1, Ur2, Ar]),
            end_month in 1_u32..=12,
            (due, later) in (0_i64..800, 0_i64..800),
            (starts, lasts) in (0_i64..800, 0_i64..800),
        ) {
            let first = period(year, Ar).start();
            let on = |days: i64| first + chrono::TimeDelta::days(days);
            let of = |due: i64| {
                let label = "T".to_owned();
                let set = CycleSetting { year, kind, label, end_month, due_on: on(due) };
                Deadline::of(period(year, kind), &Cycle::of(year, &[set])).expect("a deadline")
            };
            let (before, after) = (of(due), of(later));
            prop_assert!(before.starts_on <= before.due_on);
            let mut event = event("Egen", "2024-01-01", "2024-01-01");
            (event.starts_on, event.due_on) = (on(starts), on(starts + lasts));
            for due_on in [event.due_on, before.due_on.max(event.starts_on)] {
                let event = calendar_event::Model { due_on, ..event.clone() };
                if let Some(moved) = before.moved(&after, &event) {
                    prop_assert!(moved.starts_on <= moved.due_on);
                    prop_assert_eq!(moved.due_on, after.due_on);
                }
            }
        }
    }
}
