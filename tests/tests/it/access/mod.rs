//! Who sees and may do what.

mod content;
mod grants;
mod inputs;
mod sibling;
mod table;
mod viewer;
mod walk;
