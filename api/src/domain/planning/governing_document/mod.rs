//! The documents that a plan leans on (styrdokument: lagar, policyer, riktlinjer).

mod list;
mod write;

pub use list::OF_PLAN;
pub use write::{GoverningDocumentFields, create, delete, update};
