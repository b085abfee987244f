//! Every pair of a unit and a unit at or below it.

use sea_orm::entity::prelude::*;

/// Every pair of a unit and a unit at or below it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "org_unit_closure")]
pub struct Model {
    /// At or above.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor_id: Uuid,
    /// At or below.
    #[sea_orm(primary_key, auto_increment = false)]
    pub descendant_id: Uuid,
    /// How many steps between.
    pub depth: i32,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
