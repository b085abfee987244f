//! Which indicators are on a unit's scorecard.

use std::{collections::HashMap, sync::Arc};

use entity::{
    indicators::{assignment_indicator, goal_indicator, indicator, outcome, target},
    organisation::{org_unit, org_unit_closure as closure},
    planning::{assignment, goal, plan},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::IndicatorCategory,
};
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait as _, FromQueryResult as _, IntoSimpleExpr,
    QueryFilter as _, QueryTrait as _,
    sea_query::{Alias, Expr, IntoColumnRef, JoinType, Order, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    domain::{
        indicators::indicator::{IndicatorFilter, is_measured_for},
        listing::swedish,
        organisation::period::Period,
    },
    error::Result,
};

/// Which scorecards are asked for, but for the unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The period.
    pub period: Period,
    /// Which of the indicators.
    pub filter: IndicatorFilter,
}

/// The indicators on the scorecards of these units: those measured for that kind of period that have a target or an
/// outcome at or below the unit that year, or that belong to its plan of the year. Staff first, then economy, then
/// the specific ones, each by name. One statement.
///
/// # Errors
/// A problem for what is no id.
pub async fn indicators(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &[Uuid],
    asked: &Asked,
) -> Result<HashMap<Uuid, Arc<Vec<Arc<indicator::Model>>>>> {
    let year = asked.period.year();
    let unit = (org_unit::Entity, org_unit::Column::Id);
    let mut select = indicator::Entity::find_visible(sight)
        .filter(is_measured_for(asked.period.kind()))
        .filter(asked.filter.condition(sight)?)
        .filter(
            Condition::any()
                .add(Expr::exists(in_plan(sight, year)))
                .add(Expr::exists(in_plans_assignments(sight, year)))
                .add(Expr::exists(with_target(sight, year)))
                .add(Expr::exists(with_outcome(sight, year))),
        )
        .into_query();
    select
        .join(
            JoinType::InnerJoin,
            org_unit::Entity,
            Expr::col((org_unit::Entity, org_unit::Column::OrganisationId))
                .equals((indicator::Entity, indicator::Column::OrganisationId)),
        )
        .cond_where(org_unit::Entity::visible(sight))
        .and_where(Expr::col(unit).is_in(units.iter().copied()))
        .expr_as(Expr::col(unit), Alias::new("unit_key"))
        .order_by_expr(family(), Order::Asc)
        .order_by_expr(swedish(Expr::col((indicator::Entity, indicator::Column::Name))), Order::Asc)
        .order_by((indicator::Entity, indicator::Column::Id), Order::Asc);
    let mut found: HashMap<Uuid, Vec<Arc<indicator::Model>>> =
        units.iter().map(|unit| (*unit, Vec::new())).collect();
    let mut same: HashMap<Uuid, Arc<indicator::Model>> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let unit: Uuid = row.try_get("", "unit_key")?;
        let row = indicator::Model::from_query_result(&row, "")?;
        let row = same.entry(row.id).or_insert_with(|| Arc::new(row));
        found.entry(unit).or_default().push(Arc::clone(row));
    }
    Ok(found.into_iter().map(|(unit, rows)| (unit, Arc::new(rows))).collect())
}

/// The families in the order of the vocabulary.
fn family() -> Expr {
    let is = |family: IndicatorCategory| {
        Expr::col((indicator::Entity, indicator::Column::Category)).eq(family.as_str())
    };
    Expr::case(is(IndicatorCategory::Staff), 0)
        .case(is(IndicatorCategory::Economy), 1)
        .finally(2)
        .into()
}

fn equal(left: impl IntoColumnRef, right: impl IntoColumnRef) -> Expr {
    Expr::col(left).equals(right)
}

/// Plans of the unit and year that the viewer sees, joined to what hangs under them.
fn plan_of_unit(select: &mut SelectStatement, sight: &Sight, link: Expr, year: i32) {
    select
        .inner_join(plan::Entity, link)
        .and_where(equal(
            (plan::Entity, plan::Column::OrgUnitId),
            (org_unit::Entity, org_unit::Column::Id),
        ))
        .and_where(Expr::col((plan::Entity, plan::Column::Year)).eq(year))
        .cond_where(plan::Entity::visible(sight));
}

fn in_plan(sight: &Sight, year: i32) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr(Expr::val(1))
        .from(goal_indicator::Entity)
        .inner_join(
            goal::Entity,
            equal(
                (goal::Entity, goal::Column::Id),
                (goal_indicator::Entity, goal_indicator::Column::GoalId),
            ),
        )
        .and_where(equal(
            (goal_indicator::Entity, goal_indicator::Column::IndicatorId),
            (indicator::Entity, indicator::Column::Id),
        ));
    let link = equal((plan::Entity, plan::Column::Id), (goal::Entity, goal::Column::PlanId));
    plan_of_unit(&mut select, sight, link, year);
    select
}

fn in_plans_assignments(sight: &Sight, year: i32) -> SelectStatement {
    let mut select = Query::select();
    select
        .expr(Expr::val(1))
        .from(assignment_indicator::Entity)
        .inner_join(
            assignment::Entity,
            equal(
                (assignment::Entity, assignment::Column::Id),
                (assignment_indicator::Entity, assignment_indicator::Column::AssignmentId),
            ),
        )
        .and_where(equal(
            (assignment_indicator::Entity, assignment_indicator::Column::IndicatorId),
            (indicator::Entity, indicator::Column::Id),
        ));
    let link =
        equal((plan::Entity, plan::Column::Id), (assignment::Entity, assignment::Column::PlanId));
    plan_of_unit(&mut select, sight, link, year);
    select
}

/// Starts from the units at or below the unit, so that a leaf is quick however much the organisation has.
fn at_or_below<E: sea_orm::EntityTrait>(
    table: E,
    unit: E::Column,
    indicator_id: E::Column,
    year: Expr,
) -> SelectStatement
where
    E::Column: IntoSimpleExpr,
{
    Query::select()
        .expr(Expr::val(1))
        .from(closure::Entity)
        .inner_join(table, equal((table, unit), (closure::Entity, closure::Column::DescendantId)))
        .and_where(equal(
            (closure::Entity, closure::Column::AncestorId),
            (org_unit::Entity, org_unit::Column::Id),
        ))
        .and_where(equal((table, indicator_id), (indicator::Entity, indicator::Column::Id)))
        .and_where(year)
        .to_owned()
}

fn with_target(sight: &Sight, year: i32) -> SelectStatement {
    use target::Column;
    let year = Expr::col((target::Entity, Column::Year)).eq(year);
    at_or_below(target::Entity, Column::OrgUnitId, Column::IndicatorId, year)
        .cond_where(target::Entity::visible(sight))
        .to_owned()
}

fn with_outcome(sight: &Sight, year: i32) -> SelectStatement {
    use outcome::Column;
    let year = Expr::col((outcome::Entity, Column::Year)).eq(year);
    at_or_below(outcome::Entity, Column::OrgUnitId, Column::IndicatorId, year)
        .cond_where(outcome::Entity::visible(sight))
        .to_owned()
}
