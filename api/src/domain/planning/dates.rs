//! Days that may be missing: ordered and compared as if they were the last day of all.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, Func};

/// The day in `column`, or the last day of all. The indexes are on the very same expression.
pub fn or_never(column: Expr) -> Expr {
    Func::coalesce([column, Expr::cust("'9999-12-31'")]).into()
}

/// The same, read from a row.
#[must_use]
pub fn read(day: Option<NaiveDate>) -> NaiveDate {
    day.or_else(|| NaiveDate::from_ymd_opt(9999, 12, 31)).unwrap_or(NaiveDate::MAX)
}
