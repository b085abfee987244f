//! Which indicators tell whether a goal is met.

use sea_orm::entity::prelude::*;

/// Which indicators tell whether a goal is met.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goal_indicator")]
pub struct Model {
    /// The goal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub goal_id: Uuid,
    /// The indicator.
    #[sea_orm(primary_key, auto_increment = false)]
    pub indicator_id: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
