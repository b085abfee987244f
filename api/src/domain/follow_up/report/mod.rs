//! Follow-up reports (uppföljningsrapporter).

mod completeness;
mod event;
mod find;
mod list;
pub mod lock;
mod open;
pub mod step;
mod subject;
mod take;
mod write;

pub use completeness::{Completeness, Item, Missing, completeness};
pub use event::{of_reports, scope};
pub use find::{ReportKey, by_keys};
pub use list::{OF_ORG_UNIT, OF_PLAN, ReportFilter, ReportOrder, ReportOrderField, SUB_REPORTS};
pub use open::open;
pub use take::take;
pub use write::{ReportFields, update};
