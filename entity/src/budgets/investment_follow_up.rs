//! What has been spent on an item in a period, and is expected for the year.

use sea_orm::entity::prelude::*;

use super::{followed, investment_budget};
use crate::{
    money::Hundredths,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{NodeType, PeriodKind},
};

/// What has been spent on an item in a period, and is expected for the year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "investment_follow_up")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which item.
    pub item_id: Uuid,
    /// In which budget that is.
    pub budget_id: Uuid,
    /// The year,
    pub year: i32,
    /// kind
    pub kind: PeriodKind,
    /// and month of the period; 0 unless it is a month.
    pub month: i32,
    /// Sorts by the end of the period.
    pub period_order: i32,
    /// What has been spent since January, of a month in it.
    pub spent: Hundredths,
    /// What the year is expected to come to.
    pub forecast: Hundredths,
    /// What is said about it.
    pub comment: Option<String>,
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

tracked!(InvestmentItemFollowUp, self => [
    ("item", reference(NodeType::InvestmentItem, self.item_id)),
    ("period", self.period_shown()),
    ("spent", self.spent.shown()),
    ("forecast", self.forecast.shown()),
    ("comment", self.comment.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::InvestmentItemFollowUp;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        followed::is_visible(
            sight,
            followed::Columns {
                budget: (investment_budget::Entity, investment_budget::Column::Id),
                unit: (investment_budget::Entity, investment_budget::Column::OrgUnitId),
                key: (Entity, Column::BudgetId),
                year: (Entity, Column::Year),
                kind: (Entity, Column::Kind),
            },
        )
    }
}

impl Model {
    fn period_shown(&self) -> Option<String> {
        super::period_shown(self.year, self.kind, self.month)
    }
}
