//! Follow-up reports: what units say of their plans, three times a year.

pub mod assessment;
pub mod decision;
pub mod report;
