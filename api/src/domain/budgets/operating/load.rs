//! Budgets by unit and year, their lines, and what has come of those in a period.

use std::collections::{HashMap, HashSet};

use entity::{
    budgets::{budget_line, budget_line_follow_up, operating_budget},
    sight::Sight,
    tracked::Visible as _,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, indicators::outcome::stored::month_of, organisation::period::Period},
    error::Result,
};

/// The budgets of these units and years that the viewer sees: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn of_years(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &[(Uuid, i32)],
) -> Result<HashMap<(Uuid, i32), operating_budget::Model>> {
    use operating_budget::{Column, Entity};
    let units: HashSet<Uuid> = asked.iter().map(|(unit, _)| *unit).collect();
    let years: HashSet<i32> = asked.iter().map(|(_, year)| *year).collect();
    let unit = Expr::col((Entity, Column::OrgUnitId));
    let rows = Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), unit, units))
        .filter(Column::Year.is_in(years))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.org_unit_id, row.year), row)).collect())
}

/// The lines in each of these budgets that the viewer sees: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn lines_in(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<budget_line::Model>>> {
    use budget_line::{Column, Entity};
    let budget = Expr::col((Entity, Column::BudgetId));
    let rows = Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), budget, budgets.iter().copied()))
        .all(connection)
        .await?;
    let mut lines: HashMap<Uuid, Vec<budget_line::Model>> = HashMap::new();
    for row in rows {
        lines.entry(row.budget_id).or_default().push(row);
    }
    Ok(lines)
}

/// All lines in a budget that is being changed, in the order in which they were made.
pub(super) async fn all_lines(
    connection: &impl ConnectionTrait,
    budget: Uuid,
) -> Result<Vec<budget_line::Model>> {
    Ok(budget_line::Entity::find()
        .filter(budget_line::Column::BudgetId.eq(budget))
        .order_by_asc(budget_line::Column::Id)
        .all(connection)
        .await?)
}

/// What has come of a line in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FollowUpKey {
    /// The line.
    pub line: Uuid,
    /// The period.
    pub period: Period,
}

/// What has come of lines in periods, as far as the viewer sees it: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn follow_ups(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FollowUpKey],
) -> Result<HashMap<FollowUpKey, budget_line_follow_up::Model>> {
    use budget_line_follow_up::{Column, Entity};
    let lines: HashSet<Uuid> = keys.iter().map(|key| key.line).collect();
    let kinds: HashSet<_> = keys.iter().map(|key| key.period.kind()).collect();
    let months: HashSet<i32> = keys.iter().map(|key| month_of(key.period)).collect();
    let line = Expr::col((Entity, Column::LineId));
    let rows = Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), line, lines))
        .filter(Column::Kind.is_in(kinds))
        .filter(Column::Month.is_in(months))
        .all(connection)
        .await?;
    let wanted: HashSet<&FollowUpKey> = keys.iter().collect();
    let keyed = |row: budget_line_follow_up::Model| {
        Ok((FollowUpKey { line: row.line_id, period: super::period_of(&row)? }, row))
    };
    let rows = rows.into_iter().map(keyed).collect::<Result<Vec<_>>>()?;
    Ok(rows.into_iter().filter(|(key, _)| wanted.contains(key)).collect())
}
