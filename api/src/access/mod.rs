//! Who asks, and what they may see and do. Nothing outside this module decides that.

pub mod policy;
pub mod token;
pub mod verified;
pub mod viewer;
