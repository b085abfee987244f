//! Plans and the red thread in them.

pub mod activity;
pub mod activity_goal;
pub mod assignment;
pub mod focus_area;
pub mod goal;
pub mod governing_document;
pub mod plan;
pub mod plan_basis;
pub mod plan_section;
pub mod responsibility;
