//! Focus areas (fokusområden): the council's, which boards take up, and a unit's own development areas.

mod list;
mod write;

pub use list::{FocusAreaFilter, FocusAreaOrder, FocusAreaOrderField, OF_PLAN};
pub use write::{FocusAreaFields, create, delete, update};
