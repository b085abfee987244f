//! What a unit is to take in and to spend in a year.

use sea_orm::{
    ExprTrait as _,
    entity::prelude::*,
    sea_query::{IntoColumnRef, Query},
};

use crate::{
    planning::plan,
    sight::{Reach, Sight, by_itself},
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{Currency, NodeType},
};

/// What a unit is to take in and to spend in a year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "operating_budget")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is.
    pub org_unit_id: Uuid,
    /// The year.
    pub year: i32,
    /// In what all its amounts are.
    pub currency: Currency,
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

tracked!(OperatingBudget, self => [
    ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)),
    ("year", self.year.shown()),
    ("currency", self.currency.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::OperatingBudget;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        // As a target: it is the plan's of its year, and a draft while that is.
        let governed =
            plan::drafts_that_govern((Entity, Column::OrgUnitId), (Entity, Column::Year));
        sight.published_or_draft((Entity, Column::OrgUnitId), Expr::not_exists(governed))
    }
}

/// Whether the viewer sees the budget that something hangs under, by its key in `column`.
pub fn is_visible(column: impl IntoColumnRef, sight: &Sight) -> Expr {
    if sight.drafts == Reach::Everything {
        return Expr::cust("TRUE");
    }
    let mut seen = Query::select();
    seen.column((Entity, Column::Id)).from(Entity).cond_where(Entity::visible(sight));
    if sight.is_row_by_row() {
        seen.and_where(Expr::col((Entity, Column::Id)).eq(Expr::col(column)));
        return by_itself(Expr::exists(seen));
    }
    Expr::col(column).in_subquery(seen)
}
