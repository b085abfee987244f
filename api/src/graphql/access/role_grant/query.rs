//! Lists of grants.

use async_graphql::{Context, ID, InputObject, Object};
use entity::access::role_grant;

use super::RoleGrant;
use crate::{
    domain::{access::role_grant as domain, listing::List},
    error::Result,
    graphql::{
        direct::Row,
        id::text,
        page::{self, Connection},
        vocabulary::{PrincipalKind, Role},
    },
};

/// Which grants. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct RoleGrantFilter {
    /// On that very unit, not above or below it.
    pub org_unit: Option<ID>,
    /// Held by that subject or group.
    pub principal: Option<String>,
    /// Held by persons, by groups or by other systems.
    pub principal_kind: Option<PrincipalKind>,
    /// Of that role.
    pub role: Option<Role>,
}

impl From<RoleGrantFilter> for domain::RoleGrantFilter {
    fn from(filter: RoleGrantFilter) -> Self {
        let RoleGrantFilter { org_unit, principal, principal_kind, role } = filter;
        Self {
            org_unit: text(org_unit),
            principal,
            principal_kind: principal_kind.map(Into::into),
            role: role.map(Into::into),
        }
    }
}

/// Queries for grants.
#[derive(Default)]
pub struct RoleGrantQuery;

#[Object]
impl RoleGrantQuery {
    /// The roles (roller) that are held on units that the caller administers, and the caller's own; by principal,
    /// sorted as Swedish. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an impossible page or what is no unit's id.
    async fn role_grants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<RoleGrantFilter>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<RoleGrant>>> {
        let list: List<role_grant::Entity> = List {
            wanted: domain::RoleGrantFilter::from(filter.unwrap_or_default()).condition()?.into(),
            order: (),
            cut: page::cut(ctx, first, after, last, before)?,
        };
        page::all(ctx, list).await
    }
}
