//! Outcomes (utfall): what was measured, for a unit, a period and a gender.

pub mod answer;
mod comment;
mod fields;
mod list;
mod record;
pub mod secret;
pub mod stored;
mod write;

pub use comment::comments;
pub use fields::{OutcomeFields, OutcomeKey};
pub use list::{OF_INDICATOR, OutcomeFilter, OutcomeOrder, OutcomeOrderField};
pub use record::{OutcomeItem, record};
pub use stored::{RowKey, period_of};
pub use write::{create, delete, update};
