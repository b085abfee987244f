//! Which assessments, and what they hang under.

use entity::{
    follow_up::{assessment, report},
    organisation::org_unit,
    planning::{assignment, goal},
    tracked::Visible,
    vocabulary::{NodeType, Verdict},
};
use sea_orm::{
    ColumnTrait as _, Condition, ExprTrait as _,
    sea_query::{Alias, Expr, JoinType, Query},
};

use crate::domain::{
    listing::{Link, Listed, SortKey},
    reference::each_once,
};

/// Which assessments.
#[derive(Clone, Debug, Default)]
pub struct AssessmentFilter {
    /// Of these sorts of things.
    pub types: Option<Vec<NodeType>>,
    /// With one of these verdicts.
    pub verdict: Option<Vec<Verdict>>,
    /// In which somebody has said something, or not.
    pub blank: Option<bool>,
}

impl AssessmentFilter {
    /// The filter in SQL.
    #[must_use]
    pub fn condition(&self) -> Condition {
        use assessment::Column;
        let mut all = Condition::all();
        if let Some(types) = &self.types {
            let none = Condition::any().add(Expr::cust("FALSE"));
            let of = each_once(types).filter_map(super::column_of);
            all = all.add(of.fold(none, |any, column| any.add(column.is_not_null())));
        }
        if let Some(verdict) = &self.verdict {
            all = all.add(Column::Verdict.is_in(each_once(verdict)));
        }
        if let Some(blank) = self.blank {
            let said = [
                Column::Verdict,
                Column::Progress,
                Column::Comment,
                Column::Obstacles,
                Column::NextSteps,
            ];
            let any =
                said.into_iter().fold(Condition::any(), |any, said| any.add(said.is_not_null()));
            all = all.add(if blank { any.not() } else { any });
        }
        all
    }
}

/// Assessments come in the order in which the plan is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AssessmentOrder;

impl Listed for assessment::Entity {
    type Order = AssessmentOrder;

    fn sort_keys(_: AssessmentOrder) -> Vec<SortKey<assessment::Model>> {
        Vec::new()
    }
}

/// The assessments in a report.
pub const OF_REPORT: Link = Link {
    name: "assessments of report",
    apply: |_| Expr::col((assessment::Entity, assessment::Column::ReportId)),
};

/// What the reports right below say of the same thing, by the assessment that draws on it: of the same focus area or
/// indicator, and of the goals and assignments that break it down.
pub const BELOW: Link = Link {
    name: "assessments below assessment",
    apply: |select| {
        use assessment::Column as A;
        use report::Column as R;
        let (upper, upper_report) = (Alias::new("upper"), Alias::new("upper_report"));
        let of_upper = |column: A| Expr::col((upper.clone(), column));
        let of_report = |column: R| Expr::col((upper_report.clone(), column));
        let own = |column: A| (assessment::Entity, column);
        select
            .join(
                JoinType::InnerJoin,
                report::Entity,
                Expr::col((report::Entity, R::Id)).equals(own(A::ReportId)),
            )
            .join(
                JoinType::InnerJoin,
                org_unit::Entity,
                Expr::col((org_unit::Entity, org_unit::Column::Id))
                    .equals((report::Entity, R::OrgUnitId)),
            )
            .join_as(
                JoinType::InnerJoin,
                report::Entity,
                upper_report.clone(),
                of_report(R::OrgUnitId)
                    .equals((org_unit::Entity, org_unit::Column::ParentId))
                    .and(of_report(R::Year).equals((report::Entity, R::Year)))
                    .and(of_report(R::Kind).equals((report::Entity, R::Kind))),
            )
            .join_as(
                JoinType::InnerJoin,
                assessment::Entity,
                upper.clone(),
                of_upper(A::ReportId).equals((upper_report.clone(), R::Id)).and(
                    of_upper(A::FocusAreaId)
                        .equals(own(A::FocusAreaId))
                        .or(of_upper(A::IndicatorId).equals(own(A::IndicatorId)))
                        .or(is_part::<goal::Entity>(
                            goal::Column::ParentId,
                            of_upper(A::GoalId),
                            A::GoalId,
                        ))
                        .or(is_part::<assignment::Entity>(
                            assignment::Column::ParentId,
                            of_upper(A::AssignmentId),
                            A::AssignmentId,
                        )),
                ),
            );
        of_upper(A::Id)
    },
};

/// Whether what the assessment is about, by its key in `own`, has that parent.
fn is_part<E: Visible>(parent_id: E::Column, parent: Expr, own: assessment::Column) -> Expr {
    let part = Alias::new("part");
    let parts = Query::select()
        .expr(Expr::val(1))
        .from_as(E::default(), part.clone())
        .and_where(Expr::col((part.clone(), E::id_column())).equals((assessment::Entity, own)))
        .and_where(Expr::col((part, parent_id)).eq(parent))
        .to_owned();
    Expr::exists(parts)
}
