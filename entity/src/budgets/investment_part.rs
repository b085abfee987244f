//! Which budgets count in which: each in itself, and in those above it what they have no items of their own for.

use sea_orm::entity::prelude::*;

/// A budget that counts in another, or in itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "investment_part")]
pub struct Model {
    /// The budget.
    #[sea_orm(primary_key, auto_increment = false)]
    pub budget_id: Uuid,
    /// What counts in it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part_id: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
