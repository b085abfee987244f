//! Which assignments, in which order, and what they hang under.

use chrono::NaiveDate;
use entity::{
    indicators::assignment_indicator,
    planning::{assignment, focus_area, goal},
    sight::Sight,
    vocabulary::{NodeType, ProgressStatus},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, JoinType, SelectStatement},
};
use uuid::Uuid;

use crate::{
    domain::{
        listing::{Link, Listed, SortKey, numbering, or_empty, swedish},
        planning::{dates, plan},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which assignments.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFilter {
    /// Of that plan.
    pub plan: Option<String>,
    /// Under that focus area, right under it or by way of a goal.
    pub focus_area: Option<String>,
    /// Under that goal.
    pub goal: Option<String>,
    /// Parts of that assignment.
    pub parent: Option<String>,
    /// Of plans of that unit.
    pub org_unit: Option<String>,
    /// Of plans of that year.
    pub year: Option<i32>,
    /// In one of these states.
    pub status: Option<Vec<ProgressStatus>>,
    /// Ending before that day.
    pub ends_before: Option<NaiveDate>,
}

impl AssignmentFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.plan {
            all = all.add(assignment::Column::PlanId.eq(key_of(NodeType::Plan, id)?));
        }
        if let Some(id) = &self.focus_area {
            let id = key_of(NodeType::FocusArea, id)?;
            all = all.add(under_focus_area(id)).add(sees::<focus_area::Entity>(sight, id));
        }
        if let Some(id) = &self.goal {
            let id = key_of(NodeType::Goal, id)?;
            all = all.add(assignment::Column::GoalId.eq(id)).add(sees::<goal::Entity>(sight, id));
        }
        if let Some(id) = &self.parent {
            let id = key_of(NodeType::Assignment, id)?;
            all = all
                .add(assignment::Column::ParentId.eq(id))
                .add(sees::<assignment::Entity>(sight, id));
        }
        if self.org_unit.is_some() || self.year.is_some() {
            let plans = plan::ids(self.org_unit.as_deref(), self.year)?;
            all = all.add(assignment::Column::PlanId.in_subquery(plans));
        }
        if let Some(status) = &self.status {
            all = all
                .add(assignment::Column::Status.is_in(crate::domain::reference::each_once(status)));
        }
        if let Some(day) = self.ends_before {
            all = all.add(ends_on().lt(day));
        }
        Ok(all)
    }
}

/// A goal's focus area is that of its assignments; without one they may have their own.
fn under_focus_area(focus_area: Uuid) -> Condition {
    let goals = |condition: Condition| -> SelectStatement {
        goal::Entity::find().select_only().column(goal::Column::Id).filter(condition).into_query()
    };
    let own = Condition::all().add(assignment::Column::FocusAreaId.eq(focus_area)).add(
        Condition::any().add(assignment::Column::GoalId.is_null()).add(
            assignment::Column::GoalId
                .in_subquery(goals(Condition::all().add(goal::Column::FocusAreaId.is_null()))),
        ),
    );
    Condition::any().add(own).add(
        assignment::Column::GoalId
            .in_subquery(goals(Condition::all().add(goal::Column::FocusAreaId.eq(focus_area)))),
    )
}

/// The orders of assignments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AssignmentOrder {
    /// By what.
    pub field: AssignmentOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what assignments are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AssignmentOrderField {
    /// The number, 7.2 before 7.10.
    #[default]
    Number,
    /// The name, as Swedish.
    Name,
    /// The day on which they end; those without one last.
    EndsOn,
}

fn ends_on() -> Expr {
    dates::or_never(Expr::col((assignment::Entity, assignment::Column::EndsOn)))
}

impl Listed for assignment::Entity {
    type Order = AssignmentOrder;

    fn sort_keys(order: AssignmentOrder) -> Vec<SortKey<assignment::Model>> {
        let key = match order.field {
            AssignmentOrderField::Number => SortKey::text(
                numbering(or_empty(Expr::col((Self, assignment::Column::Number)))),
                |row: &assignment::Model| row.number.clone().unwrap_or_default(),
            ),
            AssignmentOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, assignment::Column::Name))),
                |row: &assignment::Model| row.name.clone(),
            ),
            AssignmentOrderField::EndsOn => {
                SortKey::date(ends_on(), |row: &assignment::Model| dates::read(row.ends_on))
            }
        };
        vec![key.turned(order.descending)]
    }
}

/// The assignments of a plan.
pub const OF_PLAN: Link = Link {
    name: "assignments of plan",
    apply: |_| Expr::col((assignment::Entity, assignment::Column::PlanId)),
};

/// The assignments right under a focus area, with no goal between.
pub const OF_FOCUS_AREA: Link = Link {
    name: "assignments of focus area",
    apply: |select| {
        select.and_where(Expr::col((assignment::Entity, assignment::Column::GoalId)).is_null());
        Expr::col((assignment::Entity, assignment::Column::FocusAreaId))
    },
};

/// The assignments under a goal.
pub const OF_GOAL: Link = Link {
    name: "assignments of goal",
    apply: |_| Expr::col((assignment::Entity, assignment::Column::GoalId)),
};

/// The parts of an assignment.
pub const OF_PARENT: Link = Link {
    name: "assignments of assignment",
    apply: |_| Expr::col((assignment::Entity, assignment::Column::ParentId)),
};

/// The assignments that an indicator tells about.
pub const OF_INDICATOR: Link = Link {
    name: "assignments of indicator",
    apply: |select| {
        let link = |column| Expr::col((assignment_indicator::Entity, column));
        select.join(
            JoinType::InnerJoin,
            assignment_indicator::Entity,
            link(assignment_indicator::Column::AssignmentId)
                .equals((assignment::Entity, assignment::Column::Id)),
        );
        link(assignment_indicator::Column::IndicatorId)
    },
};
