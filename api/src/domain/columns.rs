//! Reads rows of statements that are written out by hand, column by column, as they stand in the statement.
//!
//! Looking a column up by its name costs more than reading it; on a dashboard there are thousands.

use entity::fixed::Fixed;
use sea_orm::{
    QueryResult,
    sqlx::{
        self, ColumnIndex, Decode, Postgres, Row as _, Sqlite, Type, postgres::PgRow,
        sqlite::SqliteRow,
    },
};

use crate::error::{Error, Result};

/// A row that is read from its first column to its last.
pub struct Columns<'r> {
    row: Raw<'r>,
    next: usize,
}

enum Raw<'r> {
    Postgres(&'r PgRow),
    Sqlite(&'r SqliteRow),
}

/// A value that both databases have.
pub trait Readable<'r>:
    Decode<'r, Postgres> + Type<Postgres> + Decode<'r, Sqlite> + Type<Sqlite>
{
}

impl<'r, T> Readable<'r> for T where
    T: Decode<'r, Postgres> + Type<Postgres> + Decode<'r, Sqlite> + Type<Sqlite>
{
}

impl<'r> Columns<'r> {
    /// The columns of a row.
    ///
    /// # Errors
    /// When it is a row of neither database.
    pub fn of(row: &'r QueryResult) -> Result<Self> {
        let row = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
            (Some(row), _) => Raw::Postgres(row),
            (None, Some(row)) => Raw::Sqlite(row),
            (None, None) => return Err(Error::internal("a row of an unknown database")),
        };
        Ok(Self { row, next: 0 })
    }

    /// The next column.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn take<T: Readable<'r>>(&mut self) -> Result<T> {
        let at = self.next;
        self.next += 1;
        let value = match self.row {
            Raw::Postgres(row) => read::<Postgres, T>(row, at),
            Raw::Sqlite(row) => read::<Sqlite, T>(row, at),
        };
        value.map_err(Error::internal)
    }

    /// The next column, a number in millionths.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn fixed(&mut self) -> Result<Option<Fixed>> {
        Ok(self.take::<Option<i64>>()?.map(Fixed))
    }

    /// The next column, a word of a vocabulary.
    ///
    /// # Errors
    /// When it is not among the words.
    pub fn word<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<T> {
        let word: &str = self.take()?;
        parse(word).ok_or_else(|| Error::internal(format!("{word} is no word that we know")))
    }

    /// The next column, a word of a vocabulary or null.
    ///
    /// # Errors
    /// When it is not among the words.
    pub fn word_or_null<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<Option<T>> {
        let Some(word) = self.take::<Option<&str>>()? else { return Ok(None) };
        let found = parse(word);
        found.map(Some).ok_or_else(|| Error::internal(format!("{word} is no word that we know")))
    }

    /// Passes over columns.
    pub fn skip(&mut self, columns: usize) {
        self.next += columns;
    }
}

fn read<'r, DB, T>(row: &'r DB::Row, at: usize) -> std::result::Result<T, sqlx::Error>
where
    DB: sqlx::Database,
    T: Decode<'r, DB> + Type<DB>,
    usize: ColumnIndex<DB::Row>,
{
    row.try_get(at)
}
