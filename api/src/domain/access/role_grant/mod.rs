//! Role grants: who may do what, on a unit and everything below it.

mod hold;
mod list;
mod write;

pub use hold::{Holder, forget, hold};
pub use list::RoleGrantFilter;
pub use write::{RoleGrantFields, grant, revoke};
