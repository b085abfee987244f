//! Indicators (indikator, mått): what is measured, defined once for an organisation.

mod computed;
mod find;
mod list;
mod write;

pub use computed::define as define_computed;
pub use find::by_code;
pub use list::{
    IndicatorFilter, IndicatorOrder, IndicatorOrderField, OF_ASSIGNMENT, OF_GOAL, OF_PLAN,
    is_in_plan, is_measured_for,
};
pub use write::{IndicatorFields, create, delete, update};
