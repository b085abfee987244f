//! An amount moved from one item of a budget to another.

use sea_orm::entity::prelude::*;

use super::investment_budget;
use crate::{
    money::Hundredths,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::NodeType,
};

/// An amount moved from one item of a budget to another.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "investment_transfer")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which budget.
    pub budget_id: Uuid,
    /// From which item.
    pub from_id: Uuid,
    /// To which item.
    pub to_id: Uuid,
    /// How much.
    pub amount: Hundredths,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub decided_on: Date,
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

tracked!(InvestmentTransfer, self => [
    ("from", reference(NodeType::InvestmentItem, self.from_id)),
    ("to", reference(NodeType::InvestmentItem, self.to_id)),
    ("amount", self.amount.shown()),
    ("reason", self.reason.shown()),
    ("decidedOn", self.decided_on.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::InvestmentTransfer;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(investment_budget::is_visible((Entity, Column::BudgetId), sight))
    }
}
