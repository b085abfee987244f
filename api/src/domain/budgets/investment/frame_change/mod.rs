//! Decisions that change a frame itself (anslagsförändringar).

mod list;
mod write;

pub use list::OF_BUDGET;
pub use write::{FrameChangeFields, change};
