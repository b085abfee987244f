//! A role held on a unit and everything below it.

use sea_orm::entity::prelude::*;

use crate::{
    sight::Sight,
    tracked::{Identified, Visible},
    vocabulary::{NodeType, PrincipalKind, Role},
};

/// A role held on a unit and everything below it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Subject or group.
    pub principal: String,
    /// What the principal is.
    pub principal_kind: PrincipalKind,
    /// What it may do.
    pub role: Role,
    /// Where.
    pub org_unit_id: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Identified for Model {
    fn id(&self) -> Uuid {
        self.id
    }
}

impl Visible for Entity {
    const NODE: NodeType = NodeType::RoleGrant;

    fn id_column() -> Column {
        Column::Id
    }

    // Who holds which role is the administrators' business, but for one's own.
    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::any()
            .add(sight.administers.units((Entity, Column::OrgUnitId)))
            .add(Column::Id.is_in(sight.held.iter().copied()))
    }
}
