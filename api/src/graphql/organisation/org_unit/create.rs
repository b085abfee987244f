//! Making a unit or an organisation.

use async_graphql::{Context, ID, InputObject, Object};
use entity::organisation::org_unit;

use super::OrgUnit;
use crate::{
    domain::organisation::org_unit as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_id, given_refs},
        payload::{mutation, payload},
        scalar::Date,
        vocabulary::OrgUnitKind,
    },
};

/// A new unit.
#[derive(InputObject, Clone, Debug)]
pub struct OrgUnitCreateInput {
    /// What people type for it; 1 to 100 characters, unique in the organisation.
    pub code: String,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// What sort of unit it is.
    pub kind: OrgUnitKind,
    /// The unit right above. Left out: a new organisation.
    pub parent: Option<ID>,
    /// Its first day.
    pub active_from: Option<Date>,
    /// Its last day, not before the first.
    pub active_to: Option<Date>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new unit.
    OrgUnitCreatePayload, org_unit: OrgUnit of org_unit::Entity
}

/// Makes units.
#[derive(Default)]
pub struct OrgUnitCreate;

#[Object]
impl OrgUnitCreate {
    /// Makes a unit (enhet). Needs ADMIN on the parent. Without a parent it is a new organisation, which only the
    /// server's operators make; the caller becomes ADMIN of it. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE.
    async fn org_unit_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new unit.")] input: OrgUnitCreateInput,
    ) -> Result<OrgUnitCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::OrgUnitFields {
            code: given(Some(input.code)),
            name: given(Some(input.name)),
            kind: given(Some(input.kind.into())),
            parent: given_id(input.parent),
            active_from: given(input.active_from.map(|day| day.0)),
            active_to: given(input.active_to.map(|day| day.0)),
            external_refs: given_refs(input.external_refs),
        };
        let key = input.idempotency_key;
        let done = domain::create(&session.db, &session.viewer, session.now(), fields, key).await;
        OrgUnitCreatePayload::of(ctx, done).await
    }
}
