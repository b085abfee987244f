//! Which activities, in which order, and what they hang under.

use chrono::NaiveDate;
use entity::{
    organisation::org_unit,
    planning::{activity, activity_goal, assignment, goal},
    sight::Sight,
    vocabulary::{ActivityKind, CompetenceCategory, NodeType, ProgressStatus},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, JoinType},
};

use crate::{
    domain::{
        listing::{Link, Listed, SortKey, swedish},
        planning::{dates, plan},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which activities.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    /// Of that plan.
    pub plan: Option<String>,
    /// Done by that unit.
    pub org_unit: Option<String>,
    /// Of plans of that year.
    pub year: Option<i32>,
    /// Under that assignment.
    pub assignment: Option<String>,
    /// Serving that goal.
    pub goal: Option<String>,
    /// Of one of these kinds.
    pub kind: Option<Vec<ActivityKind>>,
    /// In one of these states.
    pub status: Option<Vec<ProgressStatus>>,
    /// In one of these competence categories.
    pub competence_category: Option<Vec<CompetenceCategory>>,
    /// Due before that day.
    pub due_before: Option<NaiveDate>,
}

impl ActivityFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.plan {
            all = all.add(activity::Column::PlanId.eq(key_of(NodeType::Plan, id)?));
        }
        if let Some(id) = &self.org_unit {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all
                .add(activity::Column::OrgUnitId.eq(id))
                .add(sees::<org_unit::Entity>(sight, id));
        }
        if self.year.is_some() {
            let plans = plan::ids(None, self.year)?;
            all = all.add(activity::Column::PlanId.in_subquery(plans));
        }
        if let Some(id) = &self.assignment {
            let id = key_of(NodeType::Assignment, id)?;
            all = all
                .add(activity::Column::AssignmentId.eq(id))
                .add(sees::<assignment::Entity>(sight, id));
        }
        if let Some(id) = &self.goal {
            let id = key_of(NodeType::Goal, id)?;
            let serving = activity_goal::Entity::find()
                .select_only()
                .column(activity_goal::Column::ActivityId)
                .filter(activity_goal::Column::GoalId.eq(id))
                .into_query();
            all = all
                .add(activity::Column::Id.in_subquery(serving))
                .add(sees::<goal::Entity>(sight, id));
        }
        if let Some(kinds) = &self.kind {
            all = all.add(activity::Column::Kind.is_in(crate::domain::reference::each_once(kinds)));
        }
        if let Some(status) = &self.status {
            all = all
                .add(activity::Column::Status.is_in(crate::domain::reference::each_once(status)));
        }
        if let Some(categories) = &self.competence_category {
            let category = activity::Column::CompetenceCategory;
            all = all.add(category.is_in(crate::domain::reference::each_once(categories)));
        }
        if let Some(day) = self.due_before {
            all = all.add(due_on().lt(day));
        }
        Ok(all)
    }
}

/// The orders of activities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ActivityOrder {
    /// By what.
    pub field: ActivityOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what activities are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActivityOrderField {
    /// The name, as Swedish.
    #[default]
    Name,
    /// The day on which they are due; those without one last.
    DueOn,
}

fn due_on() -> Expr {
    dates::or_never(Expr::col((activity::Entity, activity::Column::DueOn)))
}

impl Listed for activity::Entity {
    type Order = ActivityOrder;

    fn sort_keys(order: ActivityOrder) -> Vec<SortKey<activity::Model>> {
        let key = match order.field {
            ActivityOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, activity::Column::Name))),
                |row: &activity::Model| row.name.clone(),
            ),
            ActivityOrderField::DueOn => {
                SortKey::date(due_on(), |row: &activity::Model| dates::read(row.due_on))
            }
        };
        vec![key.turned(order.descending)]
    }

    fn unit() -> Option<activity::Column> {
        Some(activity::Column::OrgUnitId)
    }
}

/// The activities of a plan.
pub const OF_PLAN: Link = Link {
    name: "activities of plan",
    apply: |_| Expr::col((activity::Entity, activity::Column::PlanId)),
};

/// The activities under an assignment.
pub const OF_ASSIGNMENT: Link = Link {
    name: "activities of assignment",
    apply: |_| Expr::col((activity::Entity, activity::Column::AssignmentId)),
};

/// The activities that serve a goal.
pub const OF_GOAL: Link = Link {
    name: "activities of goal",
    apply: |select| {
        let link = |column| Expr::col((activity_goal::Entity, column));
        select.join(
            JoinType::InnerJoin,
            activity_goal::Entity,
            link(activity_goal::Column::ActivityId)
                .equals((activity::Entity, activity::Column::Id)),
        );
        link(activity_goal::Column::GoalId)
    },
};
