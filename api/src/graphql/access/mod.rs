//! Who may, who did, and under which names other systems know things.

use async_graphql::MergedObject;

pub mod actor;
pub mod change;
pub mod external_ref;
pub mod loader;
pub mod rate_limit;
pub mod role_grant;
pub mod viewer;

/// Queries about the caller, and about who may.
#[derive(MergedObject, Default)]
pub struct AccessQuery(viewer::ViewerQuery, role_grant::RoleGrantQuery, rate_limit::RateLimitQuery);

/// Mutations of who may.
#[derive(MergedObject, Default)]
pub struct AccessMutation(role_grant::RoleGranting, role_grant::RoleRevoking);
