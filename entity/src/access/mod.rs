//! Who may, and who did.

pub mod actor;
pub mod change;
pub mod external_ref;
pub mod idempotency;
pub mod role_grant;
