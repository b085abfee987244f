//! Plans, and what is in them.

pub mod activity;
pub mod assignment;
pub mod basis;
pub mod dates;
pub mod focus_area;
pub mod goal;
pub mod governing;
pub mod governing_document;
pub mod measured;
pub mod plan;
pub mod plan_section;
pub mod responsibility;
pub mod scope;
pub mod suggested;
pub mod suggestion;
