//! Which indicators, in which order, and what they hang under.

use entity::{
    indicators::{assignment_indicator, goal_indicator, indicator, target},
    organisation::org_unit,
    period_kinds::PeriodKinds,
    planning::{assignment, goal, plan},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{IndicatorCategory, NodeType, PeriodKind},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, ExprTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, JoinType, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    domain::{
        listing::{Link, Listed, SortKey, numbering, swedish},
        reference::key_of,
    },
    error::{Error, Result},
};

/// The most ids that a filter takes.
const MOST: usize = 1_000;

/// Which indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IndicatorFilter {
    /// These.
    pub ids: Option<Vec<String>>,
    /// With that code.
    pub code: Option<String>,
    /// Of that family.
    pub category: Option<IndicatorCategory>,
    /// Of the organisation of that unit.
    pub org_unit: Option<String>,
    /// Telling about that goal.
    pub goal: Option<String>,
    /// Telling about that assignment.
    pub assignment: Option<String>,
    /// Telling about a goal or an assignment of that plan, or with a target in it.
    pub plan: Option<String>,
    /// Measured for that kind of period.
    pub frequency: Option<PeriodKind>,
}

impl IndicatorFilter {
    /// The filter in SQL. What the viewer cannot see has no indicators.
    ///
    /// # Errors
    /// A problem for what is no id, or for too many of them.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(ids) = &self.ids {
            if ids.len() > MOST {
                return Err(Error::BadInput(format!("At most {MOST} ids, not {}.", ids.len())));
            }
            let keys = ids
                .iter()
                .map(|id| key_of(NodeType::Indicator, id))
                .collect::<Result<Vec<_>, _>>()?;
            all = all.add(indicator::Column::Id.is_in(keys));
        }
        if let Some(code) = &self.code {
            all = all.add(match code.contains('\0') {
                true => Expr::val(1).eq(0),
                false => indicator::Column::Code.eq(code.as_str()),
            });
        }
        if let Some(category) = self.category {
            all = all.add(indicator::Column::Category.eq(category));
        }
        if let Some(id) = &self.org_unit {
            let organisation = org_unit::Entity::find_visible(sight)
                .select_only()
                .column(org_unit::Column::OrganisationId)
                .filter(org_unit::Column::Id.eq(key_of(NodeType::OrgUnit, id)?))
                .into_query();
            all = all.add(indicator::Column::OrganisationId.in_subquery(organisation));
        }
        if let Some(id) = &self.goal {
            let goal = goal::Column::Id.eq(key_of(NodeType::Goal, id)?);
            all = all.add(indicator::Column::Id.in_subquery(of_goals(sight, goal)));
        }
        if let Some(id) = &self.assignment {
            let assignment = assignment::Column::Id.eq(key_of(NodeType::Assignment, id)?);
            all = all.add(indicator::Column::Id.in_subquery(of_assignments(sight, assignment)));
        }
        if let Some(id) = &self.plan {
            let plan = key_of(NodeType::Plan, id)?;
            let linked = of_goals(sight, goal::Column::PlanId.eq(plan))
                .union(
                    UnionType::Distinct,
                    of_assignments(sight, assignment::Column::PlanId.eq(plan)),
                )
                .union(UnionType::Distinct, with_target_in(sight, plan::Column::Id.eq(plan)))
                .to_owned();
            all = all.add(indicator::Column::Id.in_subquery(linked));
        }
        if let Some(kind) = self.frequency {
            all = all.add(is_measured_for(kind));
        }
        Ok(all)
    }
}

/// Whether the indicator is measured for that kind of period.
pub fn is_measured_for(kind: PeriodKind) -> Expr {
    Expr::col((indicator::Entity, indicator::Column::Frequency))
        .bit_and(PeriodKinds::bit(kind))
        .ne(0)
}

fn of_goals(sight: &Sight, which: Expr) -> SelectStatement {
    Query::select()
        .column((goal_indicator::Entity, goal_indicator::Column::IndicatorId))
        .from(goal_indicator::Entity)
        .inner_join(
            goal::Entity,
            Expr::col((goal::Entity, goal::Column::Id))
                .equals((goal_indicator::Entity, goal_indicator::Column::GoalId)),
        )
        .cond_where(goal::Entity::visible(sight))
        .and_where(which)
        .to_owned()
}

fn of_assignments(sight: &Sight, which: Expr) -> SelectStatement {
    Query::select()
        .column((assignment_indicator::Entity, assignment_indicator::Column::IndicatorId))
        .from(assignment_indicator::Entity)
        .inner_join(
            assignment::Entity,
            Expr::col((assignment::Entity, assignment::Column::Id))
                .equals((assignment_indicator::Entity, assignment_indicator::Column::AssignmentId)),
        )
        .cond_where(assignment::Entity::visible(sight))
        .and_where(which)
        .to_owned()
}

/// A plan sets its unit's targets of its year, so whoever sees the plan sees them.
fn with_target_in(sight: &Sight, which: Expr) -> SelectStatement {
    Query::select()
        .column((target::Entity, target::Column::IndicatorId))
        .from(target::Entity)
        .inner_join(
            plan::Entity,
            Expr::col((plan::Entity, plan::Column::OrgUnitId))
                .equals((target::Entity, target::Column::OrgUnitId))
                .and(
                    Expr::col((plan::Entity, plan::Column::Year))
                        .equals((target::Entity, target::Column::Year)),
                ),
        )
        .cond_where(plan::Entity::visible(sight))
        .and_where(which)
        .to_owned()
}

/// The orders of indicators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct IndicatorOrder {
    /// By what.
    pub field: IndicatorOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what indicators are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IndicatorOrderField {
    /// The name, as Swedish.
    #[default]
    Name,
    /// The code, M2 before M10.
    Code,
}

impl Listed for indicator::Entity {
    type Order = IndicatorOrder;

    fn sort_keys(order: IndicatorOrder) -> Vec<SortKey<indicator::Model>> {
        let key = match order.field {
            IndicatorOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, indicator::Column::Name))),
                |row: &indicator::Model| row.name.clone(),
            ),
            IndicatorOrderField::Code => SortKey::text(
                numbering(Expr::col((Self, indicator::Column::Code))),
                |row: &indicator::Model| row.code.clone(),
            ),
        };
        vec![key.turned(order.descending)]
    }
}

/// The indicators that tell about a goal.
pub const OF_GOAL: Link = Link {
    name: "indicators of goal",
    apply: |select| {
        select.join(
            JoinType::InnerJoin,
            goal_indicator::Entity,
            Expr::col((goal_indicator::Entity, goal_indicator::Column::IndicatorId))
                .equals((indicator::Entity, indicator::Column::Id)),
        );
        Expr::col((goal_indicator::Entity, goal_indicator::Column::GoalId))
    },
};

/// The indicators that tell about an assignment.
pub const OF_ASSIGNMENT: Link = Link {
    name: "indicators of assignment",
    apply: |select| {
        select.join(
            JoinType::InnerJoin,
            assignment_indicator::Entity,
            Expr::col((assignment_indicator::Entity, assignment_indicator::Column::IndicatorId))
                .equals((indicator::Entity, indicator::Column::Id)),
        );
        Expr::col((assignment_indicator::Entity, assignment_indicator::Column::AssignmentId))
    },
};

/// The indicators that tell about a plan's goals and assignments, and those that it sets a target for.
pub const OF_PLAN: Link = Link {
    name: "indicators of plan",
    apply: |select| {
        let linked = Alias::new("of_plan");
        select.join_subquery(
            JoinType::InnerJoin,
            in_plans(),
            linked.clone(),
            Expr::col((linked.clone(), Alias::new("indicator_id")))
                .equals((indicator::Entity, indicator::Column::Id)),
        );
        Expr::col((linked, Alias::new("plan_id")))
    },
};

/// Whether an indicator tells about something in a plan, or has a target in it.
///
/// # Errors
/// Whatever the database says.
pub async fn is_in_plan(
    connection: &impl ConnectionTrait,
    indicator: Uuid,
    plan: Uuid,
) -> Result<bool> {
    let linked = Alias::new("of_plan");
    let of = |column: &'static str| Expr::col((linked.clone(), Alias::new(column)));
    let select = Query::select()
        .expr(Expr::val(1))
        .from_subquery(in_plans(), linked.clone())
        .and_where(of("indicator_id").eq(indicator))
        .and_where(of("plan_id").eq(plan))
        .to_owned();
    Ok(connection.query_one(&select).await?.is_some())
}

/// Every pair of a plan and an indicator in it. The plan is one that the viewer has been shown.
fn in_plans() -> SelectStatement {
    let plan_id = || Alias::new("plan_id");
    let goals = of_goals(&Sight::ALL, Expr::val(1).eq(1))
        .expr_as(Expr::col((goal::Entity, goal::Column::PlanId)), plan_id())
        .to_owned();
    let assignments = of_assignments(&Sight::ALL, Expr::val(1).eq(1))
        .expr_as(Expr::col((assignment::Entity, assignment::Column::PlanId)), plan_id())
        .to_owned();
    let targets = with_target_in(&Sight::ALL, Expr::val(1).eq(1))
        .expr_as(Expr::col((plan::Entity, plan::Column::Id)), plan_id())
        .to_owned();
    let mut all = goals;
    all.union(UnionType::Distinct, assignments).union(UnionType::Distinct, targets).to_owned()
}
