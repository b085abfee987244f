//! Indicators, their targets and their outcomes.

pub mod indicator;
pub mod legend;
