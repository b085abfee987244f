//! Whether a unit was there in a period.

use chrono::NaiveDate;

use crate::domain::organisation::{cycle::Cycle, period::Period};

/// Whether any day of the period, as the cycle has it, is between a unit's first and last day.
#[must_use]
pub fn is_active(
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    period: Period,
    cycle: &Cycle,
) -> bool {
    last.is_none_or(|last| last >= period.start())
        && first.is_none_or(|first| first <= period.end(cycle))
}
