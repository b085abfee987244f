//! The periods of a chart.

use chrono::{Datelike as _, NaiveDate};
use entity::vocabulary::PeriodKind;

use crate::{
    domain::organisation::period::{Period, check_year},
    error::{Error, Result},
};

/// The most points of one series.
const MOST: usize = 600;
/// How many calendar years a series covers unless said.
const YEARS: i32 = 3;

/// The periods of a kind from one day's to another's, oldest first. Unless said it ends with today's, and begins with
/// that of 1 January two years before its last year.
///
/// # Errors
/// [`Error::BadInput`] for days in the wrong order, outside the years that a period can be in, or too far apart.
pub fn periods(
    kind: PeriodKind,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Vec<Period>> {
    let to = to.unwrap_or(today);
    check_year(to.year())?;
    let earliest = (to.year() - YEARS + 1).max(1900);
    let from = match from {
        Some(from) => from,
        None => NaiveDate::from_ymd_opt(earliest, 1, 1).unwrap_or(to),
    };
    check_year(from.year())?;
    if from > to {
        return Err(Error::BadInput("`from` must not be after `to`.".to_owned()));
    }
    let months = |year: i32| {
        let first = if year == from.year() { from.month() } else { 1 };
        let last = if year == to.year() { to.month() } else { 12 };
        match kind {
            PeriodKind::Month => (first..=last).map(Some).collect(),
            _ => vec![None],
        }
    };
    let found: Vec<Period> = (from.year()..=to.year())
        .flat_map(|year| months(year).into_iter().map(move |month| (year, month)))
        .filter_map(|(year, month)| Period::new(year, kind, month).ok())
        .collect();
    if found.len() > MOST {
        return Err(Error::BadInput(format!(
            "A series has at most {MOST} periods, not {}.",
            found.len()
        )));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    fn found(kind: PeriodKind, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<(i32, u32)> {
        periods(kind, from, to, day(2024, 5, 15))
            .expect("periods")
            .iter()
            .map(|period| (period.year(), period.month().unwrap_or(0)))
            .collect()
    }

    #[test]
    fn from_a_month_to_a_month() {
        let across = found(PeriodKind::Month, Some(day(2023, 11, 30)), Some(day(2024, 2, 1)));
        assert_eq!(across, [(2023, 11), (2023, 12), (2024, 1), (2024, 2)]);
        let same = found(PeriodKind::Ur1, Some(day(2022, 6, 1)), Some(day(2024, 1, 1)));
        assert_eq!(same, [(2022, 0), (2023, 0), (2024, 0)]);
    }

    #[test]
    fn three_years_unless_said() {
        let months = found(PeriodKind::Month, None, None);
        assert_eq!(
            (months.len(), months.first(), months.last()),
            (29, Some(&(2022, 1)), Some(&(2024, 5)))
        );
        assert_eq!(found(PeriodKind::Ar, None, Some(day(1901, 1, 1))), [(1900, 0), (1901, 0)]);
    }

    #[test]
    fn what_cannot_be() {
        let ask = |from, to| periods(PeriodKind::Month, Some(from), Some(to), day(2024, 5, 15));
        assert!(ask(day(2024, 2, 1), day(2024, 1, 1)).is_err());
        assert!(ask(day(1900, 1, 1), day(2000, 1, 1)).is_err());
        assert!(ask(day(1899, 12, 31), day(1900, 1, 1)).is_err());
        assert!(ask(day(2024, 1, 1), day(2201, 1, 1)).is_err());
    }
}
