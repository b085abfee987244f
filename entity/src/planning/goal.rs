//! A goal of a plan.

use sea_orm::entity::prelude::*;

use crate::{
    planning::plan,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::NodeType,
};

/// A goal of a plan.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its plan.
    pub plan_id: Uuid,
    /// The focus area it is under.
    pub focus_area_id: Option<Uuid>,
    /// The superior goal that it breaks down.
    pub parent_id: Option<Uuid>,
    /// Its number.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
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

tracked!(Goal, self => [("plan", reference(NodeType::Plan, self.plan_id)), ("focusArea", reference(NodeType::FocusArea, self.focus_area_id)), ("parent", reference(NodeType::Goal, self.parent_id)), ("number", self.number.shown()), ("name", self.name.shown()), ("description", self.description.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Goal;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all().add(plan::is_visible((Entity, Column::PlanId), sight))
    }
}
