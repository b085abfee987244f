//! Changing and moving a unit.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::organisation::org_unit;

use super::OrgUnit;
use crate::{
    domain::organisation::org_unit as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_id, sent_refs},
        payload::{mutation, payload},
        scalar::Date,
        vocabulary::OrgUnitKind,
    },
};

/// What to change of a unit. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct OrgUnitUpdateInput {
    /// The unit.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// What people type for it; 1 to 100 characters, unique in the organisation, cannot be cleared.
    pub code: MaybeUndefined<String>,
    /// Its name; 1 to 300 characters, cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// What sort of unit it is; cannot be cleared.
    pub kind: MaybeUndefined<OrgUnitKind>,
    /// The unit right above: a move, with all that is below. In the same organisation, and not at or below the
    /// unit itself. A unit cannot become an organisation, nor an organisation a unit.
    pub parent: MaybeUndefined<ID>,
    /// Its first day.
    pub active_from: MaybeUndefined<Date>,
    /// Its last day, not before the first.
    pub active_to: MaybeUndefined<Date>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed unit.
    OrgUnitUpdatePayload, org_unit: OrgUnit of org_unit::Entity
}

/// Changes units.
#[derive(Default)]
pub struct OrgUnitUpdate;

#[Object]
impl OrgUnitUpdate {
    /// Changes or moves a unit (enhet). Needs ADMIN on it and, for a move, on its new parent. userErrors:
    /// REQUIRED, NOT_FOUND, DUPLICATE; INVALID, for a circle too; CONFLICT for a field that somebody else changed.
    async fn org_unit_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: OrgUnitUpdateInput,
    ) -> Result<OrgUnitUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::OrgUnitFields {
            code: sent(input.code),
            name: sent(input.name),
            kind: sent(input.kind),
            parent: sent_id(input.parent),
            active_from: sent(input.active_from),
            active_to: sent(input.active_to),
            external_refs: sent_refs(input.external_refs),
        };
        let done = domain::update(
            &session.db,
            &session.viewer,
            session.now(),
            &input.id,
            input.version,
            fields,
        )
        .await;
        OrgUnitUpdatePayload::of(ctx, done).await
    }
}
