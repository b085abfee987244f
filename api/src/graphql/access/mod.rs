//! Who may, who did, and under which names other systems know things.

pub mod actor;
pub mod change;
pub mod external_ref;
