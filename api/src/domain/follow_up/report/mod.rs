//! Follow-up reports (uppföljningsrapporter).

mod completeness;
mod event;
mod find;
mod list;
pub mod lock;
mod open;
mod progress;
mod scope;
pub mod step;
mod steps;
mod subject;
mod take;
mod write;

pub use completeness::{Completeness, Due, Item, Missing, completeness};
pub use event::of_reports;
pub use find::{ReportKey, by_keys, period_of, sub_reports};
pub use list::{OF_ORG_UNIT, OF_PLAN, ReportFilter, ReportOrder, ReportOrderField, SUB_REPORTS};
pub use open::{open, open_in};
pub use progress::{Progress, progress};
pub use scope::scope;
pub use steps::{Steps, steps};
pub(super) use subject::{Subjects, of_plans};
pub use take::{take, take_in};
pub use write::{ReportFields, update};
