//! Plans, and what is in them.

pub mod basis;
pub mod goal;
pub mod plan;
pub mod responsibility;
pub mod scope;
pub mod suggested;
