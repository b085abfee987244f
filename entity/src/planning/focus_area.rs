//! A focus area of a plan.

use sea_orm::{
    ExprTrait as _,
    entity::prelude::*,
    sea_query::{IntoColumnRef, Query},
};

use crate::{
    planning::plan,
    sight::{Reach, Sight, by_itself},
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{FocusAreaOrigin, NodeType},
};

/// A focus area of a plan.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "focus_area")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The plan that set it.
    pub plan_id: Uuid,
    /// Its number.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// The council's or the board's own.
    pub origin: FocusAreaOrigin,
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

tracked!(FocusArea, self => [("plan", reference(NodeType::Plan, self.plan_id)), ("number", self.number.shown()), ("name", self.name.shown()), ("description", self.description.shown()), ("origin", self.origin.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::FocusArea;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all().add(plan::is_visible((Entity, Column::PlanId), sight))
    }
}

/// Whether the viewer sees the focus area that something is about, by its key in `column`.
pub fn is_visible(column: impl IntoColumnRef, sight: &Sight) -> Expr {
    if sight.drafts == Reach::Everything {
        return Expr::cust("TRUE");
    }
    let mut areas = Query::select();
    areas.column((Entity, Column::Id)).from(Entity).cond_where(Entity::visible(sight));
    if sight.is_row_by_row() {
        areas.and_where(Expr::col((Entity, Column::Id)).eq(Expr::col(column)));
        return by_itself(Expr::exists(areas));
    }
    Expr::col(column).in_subquery(areas)
}
