//! Indicators: what is measured, against what, and what it says.

pub mod active;
pub mod aggregation;
pub mod at_unit;
pub mod below;
pub mod bulk;
pub mod confidentiality;
pub mod deviation;
pub mod display;
pub mod figure;
pub mod guard;
pub mod indicator;
pub mod legend;
pub mod outcome;
pub mod rounding;
pub mod scorecard;
pub mod series;
pub mod status;
pub mod target;
pub mod tree;
pub mod trend;

#[cfg(test)]
mod sample;
