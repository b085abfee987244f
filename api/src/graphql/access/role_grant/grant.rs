//! Granting a role.

use async_graphql::{Context, ID, InputObject, Object};
use entity::access::role_grant;

use super::RoleGrant;
use crate::{
    domain::access::role_grant as domain,
    error::Result,
    graphql::{
        payload::{mutation, payload},
        vocabulary::{PrincipalKind, Role},
    },
};

/// A role that somebody is to hold.
#[derive(InputObject, Clone, Debug)]
pub struct RoleGrantInput {
    /// Who: the subject of a token, or the name of a group; 1 to 255 characters.
    pub principal: String,
    /// Whether it is a person, a group or another system.
    pub principal_kind: PrincipalKind,
    /// What the principal may do.
    pub role: Role,
    /// On which unit, with everything below it.
    pub org_unit: ID,
}

payload! {
    /// The grant, whether it is new or was there already.
    RoleGrantPayload, role_grant: RoleGrant of role_grant::Entity
}

/// Grants roles.
#[derive(Default)]
pub struct RoleGranting;

#[Object]
impl RoleGranting {
    /// Lets a principal hold a role (roll) on a unit and everything below it, from its next request on. Needs ADMIN
    /// on the unit. A role that is held already is answered as it is, and nothing changes. userErrors: REQUIRED,
    /// INVALID, NOT_FOUND.
    async fn role_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, what and where.")] input: RoleGrantInput,
    ) -> Result<RoleGrantPayload> {
        let session = mutation(ctx);
        let fields = domain::RoleGrantFields {
            principal: input.principal,
            principal_kind: input.principal_kind.into(),
            role: input.role.into(),
            org_unit: input.org_unit.0,
        };
        let done = domain::grant(&session.db, &session.viewer, session.now(), fields).await;
        RoleGrantPayload::of(ctx, done).await
    }
}
