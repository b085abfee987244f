//! Plans (verksamhetsplan, mål och budget): one for a unit and year.

mod copy;
mod decide;
mod delete;
mod find;
mod list;
mod reach;
mod undecided;
mod write;

pub use copy::{PlanCopy, copy};
pub use decide::{Decision, close, decide};
pub use delete::delete;
pub use find::{PlanBy, find};
pub use list::{OF_BASIS, OF_ORG_UNIT, PlanFilter, PlanOrder, PlanOrderField, ids};
pub use write::{PlanFields, create, update};
