//! Statements that are written out by hand: where a dashboard waits for them, and where the words say more than a builder.
//!
//! Values never stand in the text. The two databases differ in one thing here, how a list of keys is given.

use entity::sight::Reach;
use sea_orm::{DbBackend, Statement, Value};
use uuid::Uuid;

/// A statement that is being written.
pub struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// An empty statement.
    #[must_use]
    pub fn new(backend: DbBackend) -> Self {
        Self { backend, text: String::with_capacity(2_048), values: Vec::new() }
    }

    /// Adds a statement that a builder has made. Its values are numbered from the first, so it comes before any other.
    pub fn then(&mut self, statement: Statement) -> &mut Self {
        debug_assert!(self.values.is_empty(), "a built statement comes first");
        self.values.extend(statement.values.map(|values| values.0).unwrap_or_default());
        self.add(&statement.sql)
    }

    /// Adds words.
    pub fn add(&mut self, words: &str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// Adds a value.
    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let place = self.values.len().to_string();
        self.add("$").add(&place)
    }

    /// Adds "is one of these keys". PostgreSQL takes them as one value, so that the statement stays the same however
    /// many there are.
    pub fn among(&mut self, keys: &[Uuid]) -> &mut Self {
        if self.backend == DbBackend::Postgres {
            return self.add(" = ANY(").value(keys.to_vec()).add(")");
        }
        self.add(" IN (");
        for (nth, key) in keys.iter().enumerate() {
            self.add(if nth > 0 { "," } else { "" }).value(*key);
        }
        self.add(")")
    }

    /// Adds "is one of these numbers".
    pub fn among_numbers(&mut self, numbers: &[i32]) -> &mut Self {
        if self.backend == DbBackend::Postgres {
            return self.add(" = ANY(").value(numbers.to_vec()).add(")");
        }
        self.add(" IN (");
        for (nth, number) in numbers.iter().enumerate() {
            self.add(if nth > 0 { "," } else { "" }).value(*number);
        }
        self.add(")")
    }

    /// Adds whether the unit in `column` is reached.
    pub fn reached(&mut self, reach: &Reach, column: &str) -> &mut Self {
        match reach {
            Reach::Everything => self.add("TRUE"),
            Reach::Under(units) | Reach::Each(units) if units.is_empty() => self.add("FALSE"),
            Reach::Under(units) | Reach::Each(units) => self
                .add("EXISTS (SELECT 1 FROM org_unit_closure reach WHERE reach.descendant_id = ")
                .add(column)
                .add(" AND reach.ancestor_id")
                .among(units)
                .add(")"),
        }
    }

    /// The statement.
    #[must_use]
    pub fn statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend, self.text, self.values)
    }
}
