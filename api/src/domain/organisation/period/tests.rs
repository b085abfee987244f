//! Periods and their calendar.

use PeriodKind::{Ar, Month, Ur1, Ur2};
use proptest::prelude::*;

use super::*;

fn period(year: i32, kind: PeriodKind, month: Option<u32>) -> Period {
    Period::new(year, kind, month).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_there_is_not() {
    for (year, kind, month, field, message) in [
        (1899, Ar, None, "year", "year must be from 1900 to 2200, not 1899"),
        (2201, Month, None, "year", "year must be from 1900 to 2200, not 2201"),
        (2024, Month, None, "month", "month is required for the kind MONTH, from 1 to 12"),
        (2024, Month, Some(0), "month", "month must be from 1 to 12, not 0"),
        (2024, Month, Some(13), "month", "month must be from 1 to 12, not 13"),
        (2024, Ur1, Some(4), "month", "month is only for the kind MONTH; leave it out for UR1"),
    ] {
        let found =
            Period::new(year, kind, month).map_err(|error| (error.field(), error.to_string()));
        assert_eq!(found, Err((field, message.to_owned())));
    }
}

#[test]
fn days_and_labels() {
    let cycle = Cycle::default_of(2024);
    for (kind, month, start, end, label) in [
        (Month, Some(2), (2, 1), (2, 29), "februari 2024"),
        (Month, Some(12), (12, 1), (12, 31), "december 2024"),
        (Ur1, None, (1, 1), (4, 30), "UR1 2024"),
        (Ur2, None, (1, 1), (8, 31), "UR2 2024"),
        (Ar, None, (1, 1), (12, 31), "ÅR 2024"),
    ] {
        let period = period(2024, kind, month);
        assert_eq!(period.start(), date(2024, start.0, start.1));
        assert_eq!(period.end(&cycle), date(2024, end.0, end.1));
        assert_eq!(period.label(&cycle), label);
    }
}

#[test]
fn a_changed_cycle_moves_the_end_and_not_the_period() {
    let mut cycle = Cycle::default_of(2015);
    cycle.ur1.end_month = 3;
    cycle.ur1.label = "Delår".to_owned();
    let ur1 = period(2015, Ur1, None);
    assert_eq!((ur1.end(&cycle), ur1.label(&cycle)), (date(2015, 3, 31), "Delår 2015".to_owned()));
    assert!(!ur1.covers(&period(2015, Month, Some(4)), &cycle));
    assert!(ur1.covers(&period(2015, Month, Some(3)), &cycle));
}

#[test]
fn the_later_contains_the_earlier() {
    let cycle = Cycle::default_of(2024);
    let covers = |this: (PeriodKind, Option<u32>), other: (PeriodKind, Option<u32>)| {
        period(2024, this.0, this.1).covers(&period(2024, other.0, other.1), &cycle)
    };
    assert!(
        covers((Ur2, None), (Ur1, None))
            && covers((Ar, None), (Ur2, None))
            && covers((Ar, None), (Month, Some(12)))
    );
    assert!(!covers((Ur1, None), (Ur2, None)) && !covers((Ur1, None), (Ur1, None)));
    assert!(!covers((Month, Some(2)), (Month, Some(1))) && !covers((Month, Some(12)), (Ur1, None)));
    assert!(!period(2024, Ar, None).covers(&period(2023, Ur1, None), &cycle));
}

#[test]
fn the_same_period_last_year() {
    assert_eq!(period(2024, Month, Some(2)).previous(), Some(period(2023, Month, Some(2))));
    assert_eq!(period(2024, Ur2, None).previous(), Some(period(2023, Ur2, None)));
    assert_eq!(period(1900, Ar, None).previous(), None);
}

fn any_period() -> impl Strategy<Value = Period> {
    (YEARS, prop::sample::select(PeriodKind::ALL), 1_u32..=12)
        .prop_map(|(year, kind, month)| period(year, kind, (kind == Month).then_some(month)))
}

proptest! {
    #[test]
    fn what_is_contained_lies_within(this in any_period(), other in any_period()) {
        let other = period(this.year(), other.kind(), other.month());
        let cycle = Cycle::default_of(this.year());
        prop_assert!(this.start() < this.end(&cycle));
        if this.covers(&other, &cycle) {
            prop_assert!(this.start() <= other.start() && other.end(&cycle) <= this.end(&cycle));
            prop_assert!(!other.covers(&this, &cycle));
        }
    }

    #[test]
    fn keys_follow_time(this in any_period(), other in any_period()) {
        let days = |period: &Period| (period.end(&Cycle::default_of(period.year())), period.sort_key());
        let ((end, key), (other_end, other_key)) = (days(&this), days(&other));
        prop_assert_eq!(end.cmp(&other_end), key.cmp(&other_key));
        prop_assert_eq!(this.previous().is_none_or(|before| before.sort_key() == key - 12), true);
    }

    #[test]
    fn no_input_panics(year in any::<i32>(), kind in prop::sample::select(PeriodKind::ALL), month in prop::option::of(any::<u32>())) {
        let _ = Period::new(year, kind, month).map_err(|error| error.to_string());
    }
}
