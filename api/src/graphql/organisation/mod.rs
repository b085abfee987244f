//! Units, and what an organisation calls its year.

pub mod loader;
pub mod period;
