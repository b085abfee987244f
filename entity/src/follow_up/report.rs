//! A unit's follow-up report of a period.

use sea_orm::{
    ExprTrait,
    entity::prelude::*,
    sea_query::{IntoColumnRef, Query},
};

use crate::{
    sight::{Reach, Sight, by_itself},
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{InternalControlConclusion, NodeType, PeriodKind, ReportStatus},
};

/// A unit's follow-up report of a period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose report.
    pub org_unit_id: Uuid,
    /// The plan that it follows up.
    pub plan_id: Uuid,
    /// The period: its year
    pub year: i32,
    /// and kind, never a month.
    pub kind: PeriodKind,
    /// Orders periods over years and kinds.
    pub period_order: i32,
    /// Where it is in its life.
    pub status: ReportStatus,
    /// What it comes to.
    pub summary: Option<String>,
    /// What the annual report says of the internal control.
    pub internal_control_conclusion: Option<InternalControlConclusion>,
    /// What is said of the period's economy.
    pub economy_comment: Option<String>,
    /// What is said of the period's investments.
    pub investment_comment: Option<String>,
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

tracked!(FollowUpReport, self => [
    ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)),
    ("plan", reference(NodeType::Plan, self.plan_id)),
    ("year", self.year.shown()),
    ("kind", self.kind.shown()),
    ("status", self.status.shown()),
    ("summary", self.summary.shown()),
    ("internalControlConclusion", self.internal_control_conclusion.shown()),
    ("economyComment", self.economy_comment.shown()),
    ("investmentComment", self.investment_comment.shown()),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::FollowUpReport;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sight.published_or_draft(
            (Entity, Column::OrgUnitId),
            Expr::col((Entity, Column::Status)).eq(ReportStatus::Approved.as_str()),
        )
    }
}

/// Whether the viewer sees the report that something hangs under, by its key in `column`.
pub fn is_visible(column: impl IntoColumnRef, sight: &Sight) -> Expr {
    if sight.drafts == Reach::Everything {
        return Expr::cust("TRUE");
    }
    let mut reports = Query::select();
    reports.column((Entity, Column::Id)).from(Entity).cond_where(Entity::visible(sight));
    if sight.is_row_by_row() {
        reports.and_where(Expr::col((Entity, Column::Id)).eq(Expr::col(column)));
        return by_itself(Expr::exists(reports));
    }
    Expr::col(column).in_subquery(reports)
}
