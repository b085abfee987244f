//! The values that rows are ordered by, in SQL and read from a row.

use chrono::NaiveDate;
use sea_orm::{
    ExprTrait as _,
    sea_query::{Alias, BinOper, Expr, Func},
};
use serde::{Deserialize, Serialize};

/// A value that rows are ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A whole number.
    Number(i64),
    /// A day.
    Date(NaiveDate),
    /// A text.
    Text(String),
}

impl Key {
    pub(super) fn expr(&self) -> Expr {
        match self {
            Self::Number(number) => Expr::val(*number),
            Self::Date(date) => Expr::val(*date),
            Self::Text(text) => Expr::val(text.clone()),
        }
    }
}

/// How the value is read from a row, by its kind.
enum Read<M> {
    Number(fn(&M) -> i64),
    Date(fn(&M) -> NaiveDate),
    Text(fn(&M) -> String),
}

/// One of the values that rows are ordered by: in SQL, and read from a row. It is never null.
pub struct SortKey<M> {
    pub(super) expr: Expr,
    pub(super) descending: bool,
    read: Read<M>,
}

impl<M> SortKey<M> {
    /// What rows are ordered by.
    #[must_use]
    pub fn expr(&self) -> Expr {
        self.expr.clone()
    }

    /// Smaller numbers first.
    pub fn number(expr: Expr, read: fn(&M) -> i64) -> Self {
        Self { expr, descending: false, read: Read::Number(read) }
    }

    /// Earlier days first.
    pub fn date(expr: Expr, read: fn(&M) -> NaiveDate) -> Self {
        Self { expr, descending: false, read: Read::Date(read) }
    }

    /// Texts in the order of the collation that `expr` names.
    pub fn text(expr: Expr, read: fn(&M) -> String) -> Self {
        Self { expr, descending: false, read: Read::Text(read) }
    }

    pub(super) fn value(&self, row: &M) -> Key {
        match self.read {
            Read::Number(read) => Key::Number(read(row)),
            Read::Date(read) => Key::Date(read(row)),
            Read::Text(read) => Key::Text(read(row)),
        }
    }

    /// Whether a value from a cursor can be compared with this one.
    pub(super) fn takes(&self, key: &Key) -> bool {
        match (&self.read, key) {
            (Read::Number(_), Key::Number(_)) | (Read::Date(_), Key::Date(_)) => true,
            (Read::Text(_), Key::Text(text)) => !text.contains('\0'),
            _ => false,
        }
    }

    /// The other way round when `descending`.
    #[must_use]
    pub fn turned(mut self, descending: bool) -> Self {
        self.descending ^= descending;
        self
    }
}

/// A text column or expression in Swedish order.
pub fn swedish(expr: Expr) -> Expr {
    collated(expr, "swedish")
}

/// A numbering such as 7.10 in the order of its numbers.
pub fn numbering(expr: Expr) -> Expr {
    collated(expr, "swedish_numeric")
}

fn collated(expr: Expr, collation: &str) -> Expr {
    expr.binary(BinOper::Custom("COLLATE"), Expr::col(Alias::new(collation)))
}

/// A text, or the empty one where there is none: what rows are ordered by is never null.
pub fn or_empty(expr: Expr) -> Expr {
    // Written out, not a parameter: SQLite knows the index by the very same expression.
    Func::coalesce([expr, Expr::cust("''")]).into()
}
