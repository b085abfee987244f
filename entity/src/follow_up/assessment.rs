//! What is said in a report of one thing in the plan.

use sea_orm::{ExprTrait as _, entity::prelude::*};

use crate::{
    follow_up::report,
    planning::focus_area,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{NodeType, ProgressStatus, Verdict},
};

/// What is said in a report of one thing in the plan.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "assessment")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which report.
    pub report_id: Uuid,
    /// What it is about: a focus area,
    pub focus_area_id: Option<Uuid>,
    /// a goal,
    pub goal_id: Option<Uuid>,
    /// an assignment,
    pub assignment_id: Option<Uuid>,
    /// an activity,
    pub activity_id: Option<Uuid>,
    /// or an indicator.
    pub indicator_id: Option<Uuid>,
    /// What somebody judges.
    pub verdict: Option<Verdict>,
    /// How far an assignment or activity has come.
    pub progress: Option<ProgressStatus>,
    /// What has been done.
    pub comment: Option<String>,
    /// What stands in the way.
    pub obstacles: Option<String>,
    /// What comes next.
    pub next_steps: Option<String>,
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

impl Model {
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Option<(NodeType, Uuid)> {
        [
            (NodeType::FocusArea, self.focus_area_id),
            (NodeType::Goal, self.goal_id),
            (NodeType::Assignment, self.assignment_id),
            (NodeType::Activity, self.activity_id),
            (NodeType::Indicator, self.indicator_id),
        ]
        .into_iter()
        .find_map(|(node, id)| Some((node, id?)))
    }

    /// Whether anybody has said anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let texts = [&self.comment, &self.obstacles, &self.next_steps];
        self.verdict.is_none() && self.progress.is_none() && texts.into_iter().all(Option::is_none)
    }
}

tracked!(Assessment, self => [
    ("report", reference(NodeType::FollowUpReport, self.report_id)),
    ("subject", self.subject().and_then(|(node, id)| reference(node, id))),
    ("verdict", self.verdict.shown()),
    ("progress", self.progress.shown()),
    ("comment", self.comment.shown()),
    ("obstacles", self.obstacles.shown()),
    ("nextSteps", self.next_steps.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Assessment;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        // Focus areas may lie above the unit; all else that is assessed is seen with the report.
        let named = focus_area::is_visible((Entity, Column::FocusAreaId), sight);
        sea_orm::Condition::all()
            .add(report::is_visible((Entity, Column::ReportId), sight))
            .add(Expr::col((Entity, Column::FocusAreaId)).is_null().or(named))
    }
}
