//! Revoking a role.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{
    domain::access::role_grant as domain,
    error::Result,
    graphql::{
        payload::{effect, mutation},
        user_error::UserError,
    },
};

/// Which role is not to be held any longer.
#[derive(InputObject, Clone, Debug)]
pub struct RoleRevokeInput {
    /// The grant.
    pub id: ID,
}

/// The role is not held any longer.
#[derive(SimpleObject)]
pub struct RoleRevokePayload {
    /// The id of the grant that is gone; null when there are userErrors.
    pub deleted_id: Option<ID>,
    /// What the caller can mend. When there is anything here, nothing was changed.
    pub user_errors: Vec<UserError>,
    /// The place in the log of changes after this mutation's own effect.
    pub cursor: String,
}

/// Revokes roles.
#[derive(Default)]
pub struct RoleRevoking;

#[Object]
impl RoleRevoking {
    /// Takes a role (roll) away, from the principal's next request on. Needs ADMIN on the unit. userErrors: INVALID,
    /// NOT_FOUND; NOT_ALLOWED_IN_STATE for the last ADMIN of an organisation.
    async fn role_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which grant.")] input: RoleRevokeInput,
    ) -> Result<RoleRevokePayload> {
        let session = mutation(ctx);
        let done = domain::revoke(&session.db, &session.viewer, session.now(), &input.id).await;
        let (done, user_errors, cursor) = effect(ctx, done).await?;
        Ok(RoleRevokePayload { deleted_id: done.map(|_| input.id), user_errors, cursor })
    }
}
