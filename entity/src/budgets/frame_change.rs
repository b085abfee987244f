//! A decision that changes a budget's frame itself.

use sea_orm::entity::prelude::*;

use super::investment_budget;
use crate::{
    money::Hundredths,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::NodeType,
};

/// A decision that changes a budget's frame itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "frame_change")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which budget.
    pub budget_id: Uuid,
    /// How much more, or less.
    pub amount: Hundredths,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub decided_on: Date,
    /// Under which number it is registered.
    pub registry_number: Option<String>,
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

tracked!(FrameChange, self => [
    ("budget", reference(NodeType::InvestmentBudget, self.budget_id)),
    ("amount", self.amount.shown()),
    ("reason", self.reason.shown()),
    ("decidedOn", self.decided_on.shown()),
    ("registryNumber", self.registry_number.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::FrameChange;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(investment_budget::is_visible((Entity, Column::BudgetId), sight))
    }
}
