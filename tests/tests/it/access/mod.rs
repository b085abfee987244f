//! Who sees and may do what.

mod grants;
mod sibling;
mod viewer;
