//! Indicators: what is measured, against what, and what it says.

pub mod aggregation;
pub mod confidentiality;
pub mod deviation;
pub mod display;
pub mod indicator;
pub mod legend;
pub mod rounding;
pub mod status;
pub mod tree;
pub mod trend;

#[cfg(test)]
mod sample;
