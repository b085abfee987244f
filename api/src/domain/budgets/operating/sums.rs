//! What lines add up to.

use std::collections::HashMap;

use entity::{
    budgets::{budget_line, budget_line_follow_up},
    money::Hundredths,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::BudgetLineKind,
};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, QueryFilter as _, QueryResult, QueryTrait as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{
    domain::{
        budgets::halves::{select_sum, sum_of},
        fetch::among,
        indicators::outcome::stored::month_of,
        organisation::period::Period,
    },
    error::{Error, Result},
};

/// Revenue and cost together, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Revenue.
    pub revenue: i128,
    /// Cost.
    pub cost: i128,
}

impl Sums {
    /// These and others.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { revenue: self.revenue + other.revenue, cost: self.cost + other.cost }
    }

    /// What is left.
    #[must_use]
    pub fn result(self) -> i128 {
        self.revenue - self.cost
    }
}

/// How much better for the result a line is expected to be than its budget: more revenue, or less cost.
#[must_use]
pub fn deviation(kind: BudgetLineKind, budget: Hundredths, forecast: Hundredths) -> i128 {
    let more = i128::from(forecast.0) - i128::from(budget.0);
    match kind {
        BudgetLineKind::Revenue => more,
        BudgetLineKind::Cost => -more,
    }
}

/// What the lines in each of these budgets add up to, as far as the viewer sees them: one statement. None for a budget
/// without lines.
///
/// # Errors
/// Whatever the database says.
pub async fn sums_in(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Sums>> {
    use budget_line::{Column, Entity};
    let key = Expr::col((Entity, Column::BudgetId));
    let mut select = Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), key, budgets.iter().copied()))
        .into_query();
    select
        .clear_selects()
        .column((Entity, Column::BudgetId))
        .column((Entity, Column::Kind))
        .group_by_columns([(Entity, Column::BudgetId), (Entity, Column::Kind)]);
    select_sum(&mut select, "budget_line.amount", "total");
    let mut found: HashMap<Uuid, Sums> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let sums = found.entry(row.try_get("", "budget_id")?).or_default();
        let total = sum_of(&row, "total")?;
        match kind(&row)? {
            BudgetLineKind::Revenue => sums.revenue = total,
            BudgetLineKind::Cost => sums.cost = total,
        }
    }
    Ok(found)
}

/// What lines have come to together, and are expected to, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FollowedUp {
    /// What they have come to.
    pub outcome: i128,
    /// What they are expected to.
    pub forecast: i128,
}

impl FollowedUp {
    pub(super) fn of(row: &budget_line_follow_up::Model) -> Self {
        Self { outcome: row.outcome.0.into(), forecast: row.forecast.0.into() }
    }

    pub(super) fn and(self, other: Self) -> Self {
        let Self { outcome, forecast } = other;
        Self { outcome: self.outcome + outcome, forecast: self.forecast + forecast }
    }

    pub(super) fn less(self, other: Self) -> Self {
        let Self { outcome, forecast } = other;
        Self { outcome: self.outcome - outcome, forecast: self.forecast - forecast }
    }
}

/// What the lines of each kind in each of these budgets have come to in a period, for whoever may report on all of them:
/// one statement.
pub(super) async fn followed_up_in(
    connection: &impl ConnectionTrait,
    budgets: &[Uuid],
    period: Period,
) -> Result<HashMap<(Uuid, BudgetLineKind), FollowedUp>> {
    use budget_line_follow_up::{Column, Entity};
    let at = |column| Expr::col((Entity, column));
    let line = (budget_line::Entity, budget_line::Column::Kind);
    let mut select = Query::select()
        .column((Entity, Column::BudgetId))
        .column(line)
        .from(Entity)
        .inner_join(
            budget_line::Entity,
            at(Column::LineId).equals((budget_line::Entity, budget_line::Column::Id)),
        )
        .and_where(among(
            connection.get_database_backend(),
            at(Column::BudgetId),
            budgets.iter().copied(),
        ))
        .and_where(at(Column::Kind).eq(period.kind().as_str()))
        .and_where(at(Column::Month).eq(month_of(period)))
        .group_by_col((Entity, Column::BudgetId))
        .group_by_col(line)
        .to_owned();
    select_sum(&mut select, "budget_line_follow_up.outcome", "outcomes");
    select_sum(&mut select, "budget_line_follow_up.forecast", "forecasts");
    let mut found = HashMap::new();
    for row in connection.query_all(&select).await? {
        let (outcome, forecast) = (sum_of(&row, "outcomes")?, sum_of(&row, "forecasts")?);
        let sums = FollowedUp { outcome, forecast };
        found.insert((row.try_get("", "budget_id")?, kind(&row)?), sums);
    }
    Ok(found)
}

fn kind(row: &QueryResult) -> Result<BudgetLineKind> {
    let kind: String = row.try_get("", "kind")?;
    BudgetLineKind::parse(&kind).ok_or_else(|| Error::internal(format!("a line's kind is {kind}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_good_for_the_result_is_positive() {
        use BudgetLineKind::{Cost, Revenue};
        for (kind, budget, forecast, better) in [
            (Revenue, 100, 120, 20),
            (Revenue, 100, 80, -20),
            (Cost, 100, 120, -20),
            (Cost, 100, 80, 20),
            (Cost, -100, -80, -20),
            (Revenue, 0, 0, 0),
            (Cost, -Hundredths::MAX, Hundredths::MAX, -2 * i128::from(Hundredths::MAX)),
        ] {
            let found = deviation(kind, Hundredths(budget), Hundredths(forecast));
            assert_eq!(found, better, "{kind:?} {budget} {forecast}");
        }
        assert_eq!(Sums { revenue: 5, cost: 7 }.and(Sums { revenue: 1, cost: -3 }).result(), 2);
    }
}
