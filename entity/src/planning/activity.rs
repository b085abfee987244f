//! An activity of a unit.

use sea_orm::entity::prelude::*;

use crate::{
    planning::plan,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{ActivityKind, CompetenceCategory, NodeType, ProgressStatus},
};

/// An activity of a unit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its plan.
    pub plan_id: Uuid,
    /// Who does it.
    pub org_unit_id: Uuid,
    /// Which part of the plan it belongs to.
    pub kind: ActivityKind,
    /// The assignment it serves.
    pub assignment_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// What is done.
    pub description: Option<String>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub due_on: Option<Date>,
    /// How far it has come.
    pub status: ProgressStatus,
    /// 0 to 100.
    pub percent_done: Option<i32>,
    /// For the competence plan.
    pub competence_category: Option<CompetenceCategory>,
    /// What came of it.
    pub follow_up_comment: Option<String>,
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

tracked!(Activity, self => [("plan", reference(NodeType::Plan, self.plan_id)), ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)), ("kind", self.kind.shown()), ("assignment", reference(NodeType::Assignment, self.assignment_id)), ("name", self.name.shown()), ("description", self.description.shown()), ("startsOn", self.starts_on.shown()), ("dueOn", self.due_on.shown()), ("status", self.status.shown()), ("percentDone", self.percent_done.shown()), ("competenceCategory", self.competence_category.shown()), ("followUpComment", self.follow_up_comment.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Activity;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(plan::is_visible((Entity, Column::PlanId), sight))
            // A unit that has moved away takes what it does with it.
            .add(sight.published.units((Entity, Column::OrgUnitId)))
    }
}
