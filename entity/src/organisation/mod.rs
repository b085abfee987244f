//! Units and their calendar.

pub mod org_unit;
pub mod org_unit_closure;
pub mod reporting_period;
