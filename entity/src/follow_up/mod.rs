//! Follow-up reports: what units say of their plans, three times a year.

pub mod assessment;
pub mod report;
pub mod report_decision;
pub mod report_event;
