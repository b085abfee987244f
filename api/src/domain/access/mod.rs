//! Who may do what, and under which names nodes are known.

pub mod external_ref;
pub mod known;
pub mod role_grant;
pub mod sign_in;
pub mod whose;
