//! Which assessments, and what they hang under.

use entity::{
    follow_up::assessment,
    vocabulary::{NodeType, Verdict},
};
use sea_orm::{ColumnTrait as _, Condition, sea_query::Expr};

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
