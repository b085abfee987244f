//! Activities (aktiviteter, insatser): what a unit does; also the rows of the competence and work-environment plans.

mod fill;
mod list;
mod write;

pub use fill::ActivityFields;
pub use list::{
    ActivityFilter, ActivityOrder, ActivityOrderField, OF_ASSIGNMENT, OF_GOAL, OF_PLAN,
};
pub use write::{create, delete, update};
