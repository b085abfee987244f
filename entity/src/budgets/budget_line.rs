//! Revenue or cost of a sort in an operating budget.

use sea_orm::entity::prelude::*;

use super::operating_budget;
use crate::{
    money::Hundredths,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{BudgetLineKind, NodeType},
};

/// Revenue or cost of a sort in an operating budget.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "budget_line")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which budget.
    pub budget_id: Uuid,
    /// Revenue or cost.
    pub kind: BudgetLineKind,
    /// Its name; unique among those of its kind in the budget.
    pub name: String,
    /// What is budgeted for the year.
    pub amount: Hundredths,
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

tracked!(BudgetLine, self => [
    ("operatingBudget", reference(NodeType::OperatingBudget, self.budget_id)),
    ("kind", self.kind.shown()),
    ("name", self.name.shown()),
    ("budget", self.amount.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::BudgetLine;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(operating_budget::is_visible((Entity, Column::BudgetId), sight))
    }
}
