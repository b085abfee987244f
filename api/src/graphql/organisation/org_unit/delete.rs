//! Removing a unit.

use async_graphql::{Context, Object};

use crate::{
    domain::organisation::org_unit as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The unit is gone.
    OrgUnitDeleteInput => OrgUnitDeletePayload
}

/// Removes units.
#[derive(Default)]
pub struct OrgUnitDelete;

#[Object]
impl OrgUnitDelete {
    /// Removes a unit (enhet) with the roles that were granted on it. Needs ADMIN on it. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; IN_USE while units, plans, activities, responsibilities, indicators, targets,
    /// outcomes or calendar events belong to it: end it with activeTo instead.
    async fn org_unit_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which unit.")] input: OrgUnitDeleteInput,
    ) -> Result<OrgUnitDeletePayload> {
        let session = mutation(ctx);
        let done =
            domain::delete(&session.db, &session.viewer, session.now(), &input.id, input.version)
                .await;
        OrgUnitDeletePayload::of(ctx, input.id, done).await
    }
}
