//! Who sees and may do what.

pub mod content;
mod grants;
mod inputs;
mod sibling;
mod table;
mod viewer;
pub mod walk;
mod whole;
