//! What the lines of operating budgets add up to, and what has come of them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    budgets::{budget_line, budget_line_follow_up},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{BudgetLineKind, PeriodKind},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType,
    QueryFilter as _, QueryResult, QueryTrait as _,
    sea_query::{Alias, Expr},
};
use uuid::Uuid;

use super::rule::Flows;
use crate::{
    domain::{
        budgets::halves::{select_sum, sum_of},
        fetch::among,
        indicators::outcome::stored::{month_of, period},
        organisation::period::Period,
    },
    error::{Error, Result},
};

/// What the lines of a budget add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budgeted {
    /// How many there are.
    pub lines: i64,
    /// What they come to in a year.
    pub year: Flows,
}

/// What has come of the lines of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Of how many of them somebody has said it.
    pub lines: i64,
    /// What they have come to.
    pub outcome: Flows,
    /// What they are expected to come to.
    pub forecast: Flows,
    /// When the last of it changed.
    pub at: Option<DateTime<Utc>>,
}

/// What the lines of these budgets add up to: one statement. Who sees a budget sees its lines.
///
/// # Errors
/// Whatever the database says.
pub async fn budgeted(
    connection: &impl ConnectionTrait,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Budgeted>> {
    use budget_line::{Column, Entity};
    let budget = Expr::col((Entity, Column::BudgetId));
    let mut select = Entity::find()
        .filter(among(connection.get_database_backend(), budget, budgets.iter().copied()))
        .into_query();
    select
        .clear_selects()
        .columns([(Entity, Column::BudgetId), (Entity, Column::Kind)])
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("lines"))
        .group_by_columns([(Entity, Column::BudgetId), (Entity, Column::Kind)]);
    select_sum(&mut select, "budget_line.amount", "amount");
    let mut found: HashMap<Uuid, Budgeted> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let budgeted = found.entry(row.try_get("", "budget_id")?).or_default();
        budgeted.lines += row.try_get::<i64>("", "lines")?;
        *flow(&row, &mut budgeted.year)? += sum_of(&row, "amount")?;
    }
    Ok(found)
}

/// What has come of the lines of these budgets in these periods, as far as the viewer sees: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn followed(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
    periods: &HashSet<Period>,
) -> Result<HashMap<(Uuid, Period), Followed>> {
    use budget_line_follow_up::{Column, Entity};
    let kinds: HashSet<PeriodKind> = periods.iter().map(Period::kind).collect();
    let months: HashSet<i32> = periods.iter().map(|period| month_of(*period)).collect();
    let budget = Expr::col((Entity, Column::BudgetId));
    let mut select = Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), budget, budgets.iter().copied()))
        .filter(Column::Kind.is_in(kinds))
        .filter(Column::Month.is_in(months))
        .into_query();
    let group = [Column::BudgetId, Column::Year, Column::Kind, Column::Month];
    select
        .clear_selects()
        .columns([(Entity, Column::BudgetId), (Entity, Column::Year), (Entity, Column::Month)])
        .expr_as(Expr::col((Entity, Column::Kind)), Alias::new("period_kind"))
        .column((budget_line::Entity, budget_line::Column::Kind))
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("lines"))
        .expr_as(Expr::col((Entity, Column::UpdatedAt)).max(), Alias::new("at"))
        .join(
            JoinType::InnerJoin,
            budget_line::Entity,
            Expr::col((budget_line::Entity, budget_line::Column::Id))
                .equals((Entity, Column::LineId)),
        )
        .group_by_columns(group.map(|column| (Entity, column)))
        .group_by_col((budget_line::Entity, budget_line::Column::Kind));
    select_sum(&mut select, "budget_line_follow_up.outcome", "outcome");
    select_sum(&mut select, "budget_line_follow_up.forecast", "forecast");
    let mut found: HashMap<(Uuid, Period), Followed> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let kind: String = row.try_get("", "period_kind")?;
        let kind = PeriodKind::parse(&kind).ok_or_else(|| Error::internal("no such period"))?;
        let period = period(row.try_get("", "year")?, kind, row.try_get("", "month")?)?;
        let followed = found.entry((row.try_get("", "budget_id")?, period)).or_default();
        followed.lines += row.try_get::<i64>("", "lines")?;
        followed.at = Ord::max(followed.at, row.try_get("", "at")?);
        *flow(&row, &mut followed.outcome)? += sum_of(&row, "outcome")?;
        *flow(&row, &mut followed.forecast)? += sum_of(&row, "forecast")?;
    }
    Ok(found)
}

/// The side that a row is about.
fn flow<'f>(row: &QueryResult, flows: &'f mut Flows) -> Result<&'f mut i128> {
    let kind: String = row.try_get("", "kind")?;
    match BudgetLineKind::parse(&kind) {
        Some(BudgetLineKind::Revenue) => Ok(&mut flows.revenue),
        Some(BudgetLineKind::Cost) => Ok(&mut flows.cost),
        None => Err(Error::internal(format!("a line of {kind}"))),
    }
}
