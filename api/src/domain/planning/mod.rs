//! Plans, and what is in them.

pub mod basis;
pub mod focus_area;
pub mod goal;
pub mod governing_document;
pub mod plan;
pub mod plan_section;
pub mod responsibility;
pub mod scope;
pub mod suggested;
