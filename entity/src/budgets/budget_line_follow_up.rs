//! What a line of an operating budget has come to in a period, and is expected to for the year.

use sea_orm::entity::prelude::*;

use super::{followed, operating_budget};
use crate::{
    money::Hundredths,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{NodeType, PeriodKind},
};

/// What a line of an operating budget has come to in a period, and is expected to for the year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "budget_line_follow_up")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which line.
    pub line_id: Uuid,
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
    /// What it has come to since January, of a month in it.
    pub outcome: Hundredths,
    /// What the year is expected to come to.
    pub forecast: Hundredths,
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

tracked!(BudgetLineFollowUp, self => [
    ("line", reference(NodeType::BudgetLine, self.line_id)),
    ("period", self.period_shown()),
    ("outcome", self.outcome.shown()),
    ("forecast", self.forecast.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::BudgetLineFollowUp;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        followed::is_visible(
            sight,
            followed::Columns {
                budget: (operating_budget::Entity, operating_budget::Column::Id),
                unit: (operating_budget::Entity, operating_budget::Column::OrgUnitId),
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
