//! Follow-up reports, what units say of their plans three times a year, and the calendar of that year.

pub mod assessment;
pub mod calendar_event;
pub mod report;
pub mod report_decision;
pub mod report_event;
