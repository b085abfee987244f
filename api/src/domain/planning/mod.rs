//! Plans, and what is in them.

pub mod suggested;
