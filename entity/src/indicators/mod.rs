//! What is measured, wished for and found.

pub mod assignment_indicator;
pub mod goal_indicator;
pub mod indicator;
pub mod outcome;
pub mod target;
