//! The fast way from rows to an answer: lists of objects are written as JSON in one go.
//!
//! The library makes a future, a path, a name and a map entry of every field of every row. Most fields need none of it:
//! they are columns. A type whose `impl` block stands under [`macros::object`] knows which of its fields need nothing but
//! the row; a list of such rows looks once at what is asked for ([`Plan`]), asks for the fields that have to wait, each
//! of all rows at once ([`level`]), and writes everything else byte by byte.
//!
//! What is written travels through the library as [`Value::Binary`], which no type of ours has otherwise;
//! [`json::write`] puts it into the answer as it is.
//!
//! [`Value::Binary`]: async_graphql::Value::Binary

pub mod json;
pub mod level;
mod merge;
pub mod pieces;
mod plan;
mod rows;
pub mod values;
mod written;

use async_graphql::{ContainerType, ContextSelectionSet, Positioned, parser::types::Field};

use level::{Level, Placed};
pub use merge::{Merges, merges};
pub use plan::{Inside, Plan, write_object};
pub use rows::{Row, Rows};
pub use written::Written;
pub(crate) use written::written_by_name;

/// A type with fields that are written without waiting, or level by level. [`macros::object`] implements it.
pub trait Direct: ContainerType + Sync {
    /// The place of a field; none for one that the library has to resolve.
    fn place(name: &str) -> Option<u16>;

    /// What is asked for inside the field at that place.
    fn inside<'plan>(place: u16, selection: &ContextSelectionSet<'plan>) -> Inside<'plan>;

    /// Writes the value of the field at that place.
    fn write_field(&self, place: u16, inside: &Inside<'_>, out: &mut Vec<u8>);

    /// Whether this one row has all that the field at that place needs; all rows wait for it if not.
    fn is_ready(&self, _: u16, _: &Inside<'_>) -> bool {
        true
    }

    /// The field at that place of all those rows, with what has to be waited for.
    fn level_of<'a>(
        place: u16,
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        rows: Vec<Placed<'a, Self>>,
    ) -> Level<'a>
    where
        Self: Sized;
}
