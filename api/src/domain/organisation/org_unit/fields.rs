//! What a caller sends of a unit, and what can be wrong with it.

use chrono::NaiveDate;
use entity::{
    organisation::org_unit,
    vocabulary::{NodeType, OrgUnitKind},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use crate::{
    domain::{
        access::external_ref::{self, ExternalId},
        form::{CODE, Form, NAME, Sent},
        problem::{Code, Problem},
        write::{FieldChange, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of a unit.
#[derive(Clone, Debug, Default)]
pub struct OrgUnitFields {
    /// The code.
    pub code: Sent<String>,
    /// The name.
    pub name: Sent<String>,
    /// What sort of unit.
    pub kind: Sent<OrgUnitKind>,
    /// The unit right above.
    pub parent: Sent<String>,
    /// The first day.
    pub active_from: Sent<NaiveDate>,
    /// The last day.
    pub active_to: Sent<NaiveDate>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Fills in all but the parent, which each mutation minds itself.
pub(super) async fn fill(
    write: &Write,
    form: &mut Form,
    row: &mut org_unit::Model,
    fields: &OrgUnitFields,
) -> Result<()> {
    form.name("code", &mut row.code, fields.code.clone(), CODE);
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.set("kind", &mut row.kind, fields.kind);
    form.optional("activeFrom", &mut row.active_from, fields.active_from);
    form.optional("activeTo", &mut row.active_to, fields.active_to);
    let ends = if fields.active_to.is_some() { "activeTo" } else { "activeFrom" };
    form.span(ends, row.active_from, row.active_to);
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    let taken = org_unit::Entity::find()
        .filter(org_unit::Column::OrganisationId.eq(row.organisation_id))
        .filter(org_unit::Column::Code.eq(row.code.as_str()))
        .filter(org_unit::Column::Id.ne(row.id))
        .count(write.connection())
        .await?;
    if taken > 0 {
        form.problem(
            Problem::new(
                Code::Duplicate,
                "Organisationen har redan en enhet med den koden.",
                "The organisation has a unit with that code already.",
            )
            .at("code"),
        );
    }
    Ok(())
}

/// Sets the external ids, when they were sent.
pub(super) async fn set_refs(
    write: &Write,
    scope: &Scope,
    row: &org_unit::Model,
    refs: Sent<Vec<ExternalId>>,
) -> Result<Option<FieldChange>> {
    let Some(refs) = refs else { return Ok(None) };
    external_ref::replace(write, scope, NodeType::OrgUnit, row.id, refs.unwrap_or_default()).await
}

/// Whose roles count for a unit: those on the unit itself.
pub(super) fn scope(row: &org_unit::Model) -> Scope {
    Scope { organisation_id: row.organisation_id, org_unit_id: row.id, draft: false }
}
