//! Who answers for an assignment or activity (ansvarig).

use async_graphql::{Context, ID, InputObject};
use entity::{organisation::org_unit, planning::responsibility};
use macros::object;

pub mod loader;

use loader::ResponsibleFor;

use crate::{
    domain::planning::responsibility::{Owner, Responsible},
    error::Result,
    graphql::{
        context::session, id::text, loader::ById, organisation::org_unit::OrgUnit,
        vocabulary::ResponsibilityKind,
    },
};

/// Who answers for something.
pub struct Responsibility(responsibility::Model);

/// Who answers for something, who reports it and who helps (ansvarig, rapporterar, stödjer): a function, a unit or
/// both; personal names are not kept.
#[object]
impl Responsibility {
    /// Whether they answer for it, report it or help.
    fn kind(&self) -> ResponsibilityKind {
        self.0.kind.into()
    }

    /// The function (funktion, befattning), e.g. "Kökschef".
    fn function(&self) -> Option<&str> {
        self.0.function.as_deref()
    }

    /// The unit (enhet); null when there is none that the caller sees.
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        let Some(id) = self.0.org_unit_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<org_unit::Entity>::new(id)).await?.map(OrgUnit))
    }
}

/// Who answers for something, as it is to be kept: a function, a unit or both.
#[derive(InputObject, Clone, Debug)]
pub struct ResponsibilitySet {
    /// Whether they answer for it, report it or help.
    pub kind: ResponsibilityKind,
    /// The function (funktion, befattning), never a personal name; at most 300 characters. REQUIRED without a unit.
    pub function: Option<String>,
    /// A unit of the same organisation.
    pub org_unit: Option<ID>,
}

impl From<ResponsibilitySet> for Responsible {
    fn from(set: ResponsibilitySet) -> Self {
        let ResponsibilitySet { kind, function, org_unit } = set;
        Self { kind: kind.into(), function, org_unit: text(org_unit) }
    }
}

/// Those of an input.
pub fn responsible(sets: Vec<ResponsibilitySet>) -> Vec<Responsible> {
    sets.into_iter().map(Into::into).collect()
}

/// Who answers for an assignment or activity, in order; many share a statement.
///
/// # Errors
/// Whatever the database says.
pub async fn of(ctx: &Context<'_>, owner: Owner) -> Result<Vec<Responsibility>> {
    let rows = session(ctx).loader.load_one(ResponsibleFor(owner)).await?.unwrap_or_default();
    Ok(rows.into_iter().map(Responsibility).collect())
}
