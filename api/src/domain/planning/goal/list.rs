//! Which goals, in which order, and what they hang under.

use entity::{
    indicators::goal_indicator,
    planning::{activity_goal, focus_area, goal},
    sight::Sight,
    vocabulary::NodeType,
};
use sea_orm::{
    ColumnTrait as _, Condition, ExprTrait as _,
    sea_query::{Expr, JoinType},
};

use crate::{
    domain::{
        listing::{Link, Listed, SortKey, numbering, or_empty, swedish},
        planning::plan,
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which goals.
#[derive(Clone, Debug, Default)]
pub struct GoalFilter {
    /// Of that plan.
    pub plan: Option<String>,
    /// Under that focus area.
    pub focus_area: Option<String>,
    /// Breaking down that goal.
    pub parent: Option<String>,
    /// Of plans of that unit.
    pub org_unit: Option<String>,
    /// Of plans of that year.
    pub year: Option<i32>,
}

impl GoalFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.plan {
            all = all.add(goal::Column::PlanId.eq(key_of(NodeType::Plan, id)?));
        }
        if let Some(id) = &self.focus_area {
            let id = key_of(NodeType::FocusArea, id)?;
            all = all
                .add(goal::Column::FocusAreaId.eq(id))
                .add(sees::<focus_area::Entity>(sight, id));
        }
        if let Some(id) = &self.parent {
            let id = key_of(NodeType::Goal, id)?;
            all = all.add(goal::Column::ParentId.eq(id)).add(sees::<goal::Entity>(sight, id));
        }
        if self.org_unit.is_some() || self.year.is_some() {
            all = all.add(
                goal::Column::PlanId.in_subquery(plan::ids(self.org_unit.as_deref(), self.year)?),
            );
        }
        Ok(all)
    }
}

/// The orders of goals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct GoalOrder {
    /// By what.
    pub field: GoalOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what goals are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GoalOrderField {
    /// The number, 7.2 before 7.10.
    #[default]
    Number,
    /// The name, as Swedish.
    Name,
}

impl Listed for goal::Entity {
    type Order = GoalOrder;

    fn sort_keys(order: GoalOrder) -> Vec<SortKey<goal::Model>> {
        let key = match order.field {
            GoalOrderField::Number => SortKey::text(
                numbering(or_empty(Expr::col((Self, goal::Column::Number)))),
                |row: &goal::Model| row.number.clone().unwrap_or_default(),
            ),
            GoalOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, goal::Column::Name))),
                |row: &goal::Model| row.name.clone(),
            ),
        };
        vec![key.turned(order.descending)]
    }
}

/// The goals of a plan.
pub const OF_PLAN: Link =
    Link { name: "goals of plan", apply: |_| Expr::col((goal::Entity, goal::Column::PlanId)) };

/// The goals under a focus area.
pub const OF_FOCUS_AREA: Link = Link {
    name: "goals of focus area",
    apply: |_| Expr::col((goal::Entity, goal::Column::FocusAreaId)),
};

/// The goals that break down a goal.
pub const OF_PARENT: Link =
    Link { name: "goals of goal", apply: |_| Expr::col((goal::Entity, goal::Column::ParentId)) };

/// The goals that an indicator tells about.
pub const OF_INDICATOR: Link = Link {
    name: "goals of indicator",
    apply: |select| {
        select.join(
            JoinType::InnerJoin,
            goal_indicator::Entity,
            Expr::col((goal_indicator::Entity, goal_indicator::Column::GoalId))
                .equals((goal::Entity, goal::Column::Id)),
        );
        Expr::col((goal_indicator::Entity, goal_indicator::Column::IndicatorId))
    },
};

/// The goals that an activity serves.
pub const OF_ACTIVITY: Link = Link {
    name: "goals of activity",
    apply: |select| {
        select.join(
            JoinType::InnerJoin,
            activity_goal::Entity,
            Expr::col((activity_goal::Entity, activity_goal::Column::GoalId))
                .equals((goal::Entity, goal::Column::Id)),
        );
        Expr::col((activity_goal::Entity, activity_goal::Column::ActivityId))
    },
};
