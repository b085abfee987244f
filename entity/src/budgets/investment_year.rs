//! What an item is to cost in another year than its budget's.

use sea_orm::entity::prelude::*;

use crate::money::Hundredths;

/// What an item is to cost in another year than its budget's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "investment_year")]
pub struct Model {
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    /// The year: a forecast of the one before the budget's, or a plan for one after it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// How much.
    pub amount: Hundredths,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
