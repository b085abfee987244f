//! Investment budgets.

mod follow_up;

pub use follow_up::{FollowUp, follow_ups};
