//! Sums of amounts in two halves, which neither database can overflow whatever the amounts are.

use sea_orm::{
    QueryResult,
    sea_query::{Alias, Expr, SelectStatement},
};

use crate::{domain::columns::Columns, error::Result};

/// Where an amount is cut in two.
pub const HALF: i128 = 1_000_000;

/// The words of a sum in two halves.
#[must_use]
pub fn halves(column: &str) -> String {
    format!("{}, {}", half(column, '/'), half(column, '%'))
}

/// PostgreSQL would add whole numbers up to a decimal one.
fn half(column: &str, cut: char) -> String {
    format!("CAST(SUM({column} {cut} {HALF}) AS bigint)")
}

/// A sum of which the next two columns are the halves.
///
/// # Errors
/// When they hold something else.
pub fn whole(columns: &mut Columns<'_>) -> Result<i128> {
    let (most, rest): (i64, i64) = (columns.take()?, columns.take()?);
    Ok(i128::from(most) * HALF + i128::from(rest))
}

/// Adds a sum to what is selected, to be read by [`sum_of`].
pub fn select_sum(select: &mut SelectStatement, column: &str, name: &str) {
    select
        .expr_as(Expr::cust(half(column, '/')), Alias::new(format!("{name}_most")))
        .expr_as(Expr::cust(half(column, '%')), Alias::new(format!("{name}_rest")));
}

/// The sum of that name, zero of no rows.
///
/// # Errors
/// When there is none.
pub fn sum_of(row: &QueryResult, name: &str) -> Result<i128> {
    let half = |part: &str| row.try_get::<Option<i64>>("", &format!("{name}_{part}"));
    let (most, rest) = (half("most")?.unwrap_or_default(), half("rest")?.unwrap_or_default());
    Ok(i128::from(most) * HALF + i128::from(rest))
}
