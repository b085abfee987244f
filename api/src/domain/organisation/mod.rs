//! The unit tree, and what an organisation calls its year.

pub mod cycle;
pub mod cycle_error;
pub mod cycle_store;
pub mod cycle_write;
pub mod org_unit;
pub mod period;
