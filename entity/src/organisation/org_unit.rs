//! A unit of an organisation; a root is the organisation itself.

use sea_orm::entity::prelude::*;

use crate::{
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{NodeType, OrgUnitKind},
};

/// A unit of an organisation; a root is the organisation itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "org_unit")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The root of its tree.
    pub organisation_id: Uuid,
    /// The unit right above.
    pub parent_id: Option<Uuid>,
    /// What people type; unique in the organisation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What sort of unit.
    pub kind: OrgUnitKind,
    /// First day.
    pub active_from: Option<Date>,
    /// Last day.
    pub active_to: Option<Date>,
    /// Counts up by one for each change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
    /// The actor that changed it last.
    pub updated_by: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tracked!(OrgUnit, self => [("code", self.code.shown()), ("name", self.name.shown()), ("kind", self.kind.shown()), ("parent", reference(NodeType::OrgUnit, self.parent_id)), ("activeFrom", self.active_from.shown()), ("activeTo", self.active_to.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::OrgUnit;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        let seen = match sight.whole.as_slice() {
            [] => sight.published.units((Entity, Column::Id)),
            organisations => Column::OrganisationId.is_in(organisations.iter().copied()),
        };
        sea_orm::Condition::all().add(seen)
    }
}
