//! Amounts moved between items within a frame (omdisponeringar).

mod list;
mod write;

pub use list::OF_BUDGET;
pub use write::{TransferFields, transfer};
