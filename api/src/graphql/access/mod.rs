//! Who may, who did, and under which names other systems know things.

use async_graphql::MergedObject;

pub mod actor;
pub mod change;
pub mod external_ref;
pub mod role_grant;

/// Queries about who may.
#[derive(MergedObject, Default)]
pub struct AccessQuery(role_grant::RoleGrantQuery);

/// Mutations of who may.
#[derive(MergedObject, Default)]
pub struct AccessMutation(role_grant::RoleGranting, role_grant::RoleRevoking);
