//! Every pair of a plan and a plan that it answers, itself first.

use sea_orm::entity::prelude::*;

/// Every pair of a plan and a plan that it answers, itself first.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_basis")]
pub struct Model {
    /// The plan.
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan_id: Uuid,
    /// A plan that it is based on, or itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub basis_id: Uuid,
    /// How many steps between.
    pub depth: i32,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
