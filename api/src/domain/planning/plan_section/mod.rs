//! The chapters of a plan (planens egna kapitel).

mod list;
mod write;

pub use list::OF_PLAN;
pub use write::{PlanSectionFields, create, delete, update};
