//! Assignments (förvaltningsuppdrag, deluppdrag): what is to be done about a goal, or right under a focus area.

mod fill;
mod list;
mod write;

pub use fill::AssignmentFields;
pub use list::{
    AssignmentFilter, AssignmentOrder, AssignmentOrderField, OF_FOCUS_AREA, OF_GOAL, OF_INDICATOR,
    OF_PARENT, OF_PLAN,
};
pub use write::{create, delete, update};
