//! What there is to suggest a goal's light from.

use std::{collections::HashMap, sync::Arc};

use entity::{
    indicators::{goal_indicator, indicator},
    planning::assignment,
    sight::Sight,
    tracked::Visible as _,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, FromQueryResult as _, QueryTrait as _,
    sea_query::{
        Alias, CommonTableExpression, Expr, ExprTrait as _, JoinType, Query, UnionType, WithClause,
    },
};
use uuid::Uuid;

use super::suggested::AssignmentFact;
use crate::error::Result;

/// The indicators of a goal, and the assignments below it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The indicators.
    pub indicators: Vec<Arc<indicator::Model>>,
    /// The assignments under the goal and those that they are broken down into.
    pub assignments: Vec<AssignmentFact>,
}

/// The facts of goals that the viewer has been shown, as far as the viewer sees them: two statements.
///
/// # Errors
/// Whatever the database says.
pub async fn facts(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    goals: &[Uuid],
) -> Result<HashMap<Uuid, Facts>> {
    let mut found: HashMap<Uuid, Facts> =
        goals.iter().map(|goal| (*goal, Facts::default())).collect();
    let goal_key = Alias::new("goal_key");
    let mut linked = indicator::Entity::find_visible(sight).into_query();
    let goal = (goal_indicator::Entity, goal_indicator::Column::GoalId);
    linked
        .join(
            JoinType::InnerJoin,
            goal_indicator::Entity,
            Expr::col((goal_indicator::Entity, goal_indicator::Column::IndicatorId))
                .equals((indicator::Entity, indicator::Column::Id)),
        )
        .and_where(Expr::col(goal).is_in(goals.iter().copied()))
        .expr_as(Expr::col(goal), goal_key.clone());
    for row in connection.query_all(&linked).await? {
        let facts = found.entry(row.try_get("", "goal_key")?).or_default();
        facts.indicators.push(Arc::new(indicator::Model::from_query_result(&row, "")?));
    }

    let below = Alias::new("below");
    let mut assignments = assignment::Entity::find_visible(sight).into_query();
    assignments
        .with_cte(assignments_below(goals))
        .join(
            JoinType::InnerJoin,
            below.clone(),
            Expr::col((below.clone(), Alias::new("id")))
                .equals((assignment::Entity, assignment::Column::Id)),
        )
        .expr_as(Expr::col((below, goal_key.clone())), goal_key);
    for row in connection.query_all(&assignments).await? {
        let facts = found.entry(row.try_get("", "goal_key")?).or_default();
        let row = assignment::Model::from_query_result(&row, "")?;
        facts.assignments.push(AssignmentFact { status: row.status, ends_on: row.ends_on });
    }
    Ok(found)
}

/// Every pair of a goal and an assignment under it, at any depth.
fn assignments_below(goals: &[Uuid]) -> WithClause {
    let (below, id, goal_key) = (Alias::new("below"), Alias::new("id"), Alias::new("goal_key"));
    let parts = Query::select()
        .column((below.clone(), goal_key.clone()))
        .column((assignment::Entity, assignment::Column::Id))
        .from(assignment::Entity)
        .inner_join(
            below.clone(),
            Expr::col((assignment::Entity, assignment::Column::ParentId))
                .equals((below.clone(), id.clone())),
        )
        .to_owned();
    let all = Query::select()
        .column((assignment::Entity, assignment::Column::GoalId))
        .column((assignment::Entity, assignment::Column::Id))
        .from(assignment::Entity)
        .and_where(assignment::Column::GoalId.is_in(goals.iter().copied()))
        .union(UnionType::Distinct, parts)
        .to_owned();
    let table = CommonTableExpression::new()
        .table_name(below)
        .columns([goal_key, id])
        .query(all)
        .to_owned();
    WithClause::new().recursive(true).cte(table).to_owned()
}
