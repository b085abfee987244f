//! Targets (målvärde): what an indicator should reach, for a unit and a year.

mod list;
mod load;
mod set;
mod write;

pub use list::{OF_INDICATOR, TargetFilter, TargetOrder, TargetOrderField};
pub use load::{TargetKey, by_keys};
pub use set::{TargetItem, set};
pub use write::{TargetFields, create, delete, update};
