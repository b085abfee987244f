//! Plans (verksamhetsplan, mål och budget): one for a unit and year.

mod list;

pub use list::{OF_BASIS, OF_ORG_UNIT, PlanFilter, PlanOrder, PlanOrderField, ids};
