//! Goals (mål): what a plan wants to reach, under a focus area, perhaps breaking down a superior goal.

mod list;
mod write;

pub use list::{
    GoalFilter, GoalOrder, GoalOrderField, OF_ACTIVITY, OF_FOCUS_AREA, OF_INDICATOR, OF_PARENT,
    OF_PLAN,
};
pub use write::{GoalFields, create, delete, update};
