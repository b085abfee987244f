//! An organisation's reporting cycle: what it calls its periods, where each ends and when its report is due.

use chrono::{Datelike, Months, NaiveDate};
use entity::vocabulary::PeriodKind;

/// One period of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CyclePeriod {
    /// What the organisation calls it ("T1", "Delår").
    pub label: String,
    /// The last month of the period, 1 to 12; all begin in January.
    pub end_month: u32,
    /// The day on which its report is due.
    pub due_on: NaiveDate,
}

/// The cycle of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The year that is followed up.
    pub year: i32,
    /// The first follow-up.
    pub ur1: CyclePeriod,
    /// The second follow-up.
    pub ur2: CyclePeriod,
    /// The whole year.
    pub ar: CyclePeriod,
}

/// What an organisation has set for one kind of period from one year on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleSetting {
    /// The first year for which it holds.
    pub year: i32,
    /// The kind of period; a setting for `MONTH` means nothing.
    pub kind: PeriodKind,
    /// What the organisation calls it.
    pub label: String,
    /// The last month of the period.
    pub end_month: u32,
    /// The day on which that year's report is due.
    pub due_on: NaiveDate,
}

impl Cycle {
    /// What holds until an organisation sets something else: UR1 to April, due on 20 May; UR2 to August,
    /// due on 20 September; ÅR to December, due on 15 February the year after.
    #[must_use]
    pub fn default_of(year: i32) -> Self {
        let period = |label: &str, end_month, due_on| CyclePeriod {
            label: label.to_owned(),
            end_month,
            due_on,
        };
        Self {
            year,
            ur1: period("UR1", 4, date(year, 5, 20)),
            ur2: period("UR2", 8, date(year, 9, 20)),
            ar: period("ÅR", 12, date(year.saturating_add(1), 2, 15)),
        }
    }

    /// The cycle of a year: for each kind the year's own setting, else the latest earlier year's with its
    /// due date moved by as many years (29 February becomes 28 February in a common year), else the default.
    #[must_use]
    pub fn of(year: i32, settings: &[CycleSetting]) -> Self {
        let default = Self::default_of(year);
        let inherited = |kind, default| {
            let earlier =
                settings.iter().filter(|setting| setting.kind == kind && setting.year <= year);
            earlier
                .max_by_key(|setting| setting.year)
                .map_or(default, |setting| setting.in_year(year))
        };
        Self {
            year,
            ur1: inherited(PeriodKind::Ur1, default.ur1),
            ur2: inherited(PeriodKind::Ur2, default.ur2),
            ar: inherited(PeriodKind::Ar, default.ar),
        }
    }

    /// The period of that kind; a month is in no cycle.
    #[must_use]
    pub fn period(&self, kind: PeriodKind) -> Option<&CyclePeriod> {
        match kind {
            PeriodKind::Month => None,
            PeriodKind::Ur1 => Some(&self.ur1),
            PeriodKind::Ur2 => Some(&self.ur2),
            PeriodKind::Ar => Some(&self.ar),
        }
    }
}

impl CycleSetting {
    fn in_year(&self, year: i32) -> CyclePeriod {
        let years = year.saturating_sub(self.year);
        // Whole years are moved as months because that turns 29 February into 28.
        let months = Months::new(years.unsigned_abs().saturating_mul(12));
        CyclePeriod {
            label: self.label.clone(),
            end_month: self.end_month,
            due_on: self.due_on.checked_add_months(months).unwrap_or(NaiveDate::MAX),
        }
    }
}

/// The last day of a month; a month that there is not counts as December.
pub(super) fn month_end(year: i32, month: u32) -> NaiveDate {
    let first = date(year, if (1..=12).contains(&month) { month } else { 12 }, 1);
    first.with_day(u32::from(first.num_days_in_month())).unwrap_or(first)
}

/// The day, or the end of time for a year that no calendar reaches.
pub(super) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use PeriodKind::{Ar, Ur1, Ur2};
    use proptest::prelude::*;

    use super::*;

    fn set(
        year: i32,
        kind: PeriodKind,
        label: &str,
        end_month: u32,
        due_on: NaiveDate,
    ) -> CycleSetting {
        CycleSetting { year, kind, label: label.to_owned(), end_month, due_on }
    }

    #[test]
    fn what_is_set_holds_from_its_year_on_kind_by_kind() {
        let settings = [
            set(2020, Ur1, "T1", 4, date(2020, 5, 25)),
            set(2015, Ur1, "Delår 1", 3, date(2015, 4, 30)),
            set(2020, Ar, "VB", 12, date(2021, 2, 1)),
        ];
        for (year, label, end_month, due_on) in [
            (2014, "UR1", 4, date(2014, 5, 20)),
            (2015, "Delår 1", 3, date(2015, 4, 30)),
            (2019, "Delår 1", 3, date(2019, 4, 30)),
            (2020, "T1", 4, date(2020, 5, 25)),
            (2031, "T1", 4, date(2031, 5, 25)),
        ] {
            let found = Cycle::of(year, &settings);
            assert_eq!(found.ur1, CyclePeriod { label: label.to_owned(), end_month, due_on });
            assert_eq!(found.ur2, Cycle::default_of(year).ur2);
        }
        assert_eq!(Cycle::of(2022, &settings).ar.due_on, date(2023, 2, 1));
        assert_eq!(Cycle::of(2019, &settings).period(Ar).map(|ar| ar.label.as_str()), Some("ÅR"));
    }

    #[test]
    fn a_leap_day_comes_and_goes() {
        let settings = [set(2023, Ar, "ÅR", 12, date(2024, 2, 29))];
        assert_eq!(Cycle::of(2024, &settings).ar.due_on, date(2025, 2, 28));
        assert_eq!(Cycle::of(2027, &settings).ar.due_on, date(2028, 2, 29));
    }

    #[test]
    fn month_ends() {
        assert_eq!(month_end(2024, 2), date(2024, 2, 29));
        assert_eq!(month_end(2023, 2), date(2023, 2, 28));
        assert_eq!(month_end(2023, 12), date(2023, 12, 31));
        assert_eq!(month_end(2023, 13), date(2023, 12, 31));
    }

    proptest! {
        #[test]
        fn no_year_panics(year in any::<i32>(), from in any::<i32>()) {
            let found = Cycle::of(year, &[set(from, Ur2, "T2", 8, date(from, 9, 30))]);
            prop_assert_eq!(found.ur2.label == "T2", from <= year);
        }
    }
}
