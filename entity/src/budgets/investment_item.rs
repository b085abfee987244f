//! Something that is invested in.

use sea_orm::entity::prelude::*;

use super::investment_budget;
use crate::{
    money::Hundredths,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{InvestmentKind, NodeType},
};

/// Something that is invested in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "investment_item")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which budget.
    pub budget_id: Uuid,
    /// For which unit, that of the budget or one below it.
    pub org_unit_id: Uuid,
    /// Its name.
    pub name: String,
    /// New, or in place of something old.
    pub kind: InvestmentKind,
    /// What sort of thing.
    pub category: Option<String>,
    /// What it may cost in the budget's year, transfers included.
    pub amount: Hundredths,
    /// What it may cost over all years, as decided at the start.
    pub decided_total: Option<Hundredths>,
    /// What it is expected to cost over all years.
    pub estimated_total: Option<Hundredths>,
    /// What had been spent on it before its first budget here.
    pub spent_before: Option<Hundredths>,
    /// The same investment in the budget of an earlier year.
    pub continues_id: Option<Uuid>,
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

tracked!(InvestmentItem, self => [
    ("budget", reference(NodeType::InvestmentBudget, self.budget_id)),
    ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)),
    ("name", self.name.shown()),
    ("kind", self.kind.shown()),
    ("category", self.category.shown()),
    ("amount", self.amount.shown()),
    ("decidedTotal", self.decided_total.shown()),
    ("estimatedTotal", self.estimated_total.shown()),
    ("spentBefore", self.spent_before.shown()),
    ("continues", reference(NodeType::InvestmentItem, self.continues_id)),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::InvestmentItem;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(investment_budget::is_visible((Entity, Column::BudgetId), sight))
    }
}
