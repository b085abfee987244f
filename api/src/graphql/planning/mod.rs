//! Plans and the red thread in them.

pub mod focus_area;
pub mod goal;
pub mod plan;
