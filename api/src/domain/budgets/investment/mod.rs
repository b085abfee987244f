//! Investment budgets.

mod follow_up;

pub use follow_up::{FollowUp, follow_ups};

/// Stub.
///
/// # Errors
/// None.
pub async fn refresh(
    _: &mut crate::domain::write::Write,
    _: uuid::Uuid,
    _: i32,
) -> crate::error::Result<()> {
    Ok(())
}
