//! What the items that count in budgets come to: in all, by area and by year. Sight is in every statement.
//!
//! Amounts of a budget itself are bounded by its frame, but not those of all that count in it, or of the years ahead: they
//! are added in two halves, which neither database can overflow, and put together here.

use std::collections::HashMap;

use entity::{
    budgets::{investment_item, investment_part},
    sight::Sight,
    tracked::Visible as _,
};
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait as _, JoinType, Statement,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    domain::{
        budgets::halves::{HALF, halves, whole},
        columns::Columns,
        fetch::among,
        sql::Sql,
    },
    error::{Error, Result},
};

/// What the items that count in a budget come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// In hundredths.
    pub amount: i128,
    /// How many items that is.
    pub items: u32,
}

/// What the items of an area come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The area, or the unit where no area is.
    pub unit: Uuid,
    /// In hundredths.
    pub amount: i128,
}

/// What the items are to come to in another year than the budget's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSum {
    /// The year.
    pub year: i32,
    /// In hundredths.
    pub amount: i128,
}

/// The items that count in these budgets and that the viewer sees: `budget`, `item`, `own` (the item's own budget), `unit`
/// and `amount`.
pub(super) fn counted(backend: DbBackend, sight: &Sight, budgets: &[Uuid]) -> SelectStatement {
    use investment_item::{Column, Entity};
    let part = |column| (investment_part::Entity, column);
    let item = |column| Expr::col((Entity, column));
    let (inner, key) = (JoinType::InnerJoin, Expr::col(part(investment_part::Column::BudgetId)));
    Query::select()
        .expr_as(key.clone(), Alias::new("budget"))
        .expr_as(item(Column::Id), Alias::new("item"))
        .expr_as(item(Column::BudgetId), Alias::new("own"))
        .expr_as(item(Column::OrgUnitId), Alias::new("unit"))
        .expr_as(item(Column::Amount), Alias::new("amount"))
        .from(Entity)
        .join(
            inner,
            investment_part::Entity,
            item(Column::Id).equals(part(investment_part::Column::ItemId)),
        )
        .and_where(among(backend, key, budgets.iter().copied()))
        .cond_where(Entity::visible(&sight.row_by_row()))
        .to_owned()
}

/// A statement over [`counted`].
fn over(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
    words: &str,
) -> Statement {
    let backend = connection.get_database_backend();
    let mut sql = Sql::new(backend);
    sql.add("WITH counted AS (")
        .then(backend.build(&counted(backend, sight, budgets)))
        .add(")")
        .add(words);
    sql.statement()
}

/// What the items that count in each budget come to; nothing for one without any.
///
/// # Errors
/// Whatever the database says.
pub async fn sums(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Sum>> {
    let words = format!(
        " SELECT budget, COUNT(*), {} FROM counted GROUP BY budget",
        halves("counted.amount")
    );
    let mut found = HashMap::new();
    for row in connection.query_all_raw(over(connection, sight, budgets, &words)).await? {
        let mut columns = Columns::of(&row)?;
        let (budget, items): (Uuid, i64) = (columns.take()?, columns.take()?);
        let items = u32::try_from(items).map_err(Error::internal)?;
        found.insert(budget, Sum { amount: whole(&mut columns)?, items });
    }
    Ok(found)
}

/// The same by area, in the order of the areas' names.
///
/// # Errors
/// Whatever the database says.
pub async fn by_area(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Area>>> {
    let words = format!(
        ", placed AS (
            SELECT counted.budget, above.org_unit_id AS top, counted.amount,
                CASE WHEN EXISTS (
                    SELECT 1 FROM org_unit_closure inside
                    WHERE inside.ancestor_id = own.org_unit_id AND inside.descendant_id = counted.unit
                ) THEN counted.unit ELSE own.org_unit_id END AS unit
            FROM counted
            JOIN investment_budget above ON above.id = counted.budget
            JOIN investment_budget own ON own.id = counted.own
        ), at_units AS (
            SELECT budget, top, unit, SUM(amount / {HALF}) AS most, SUM(amount % {HALF}) AS rest
            FROM placed GROUP BY budget, top, unit
        ), at_areas AS (
            SELECT budget, most, rest, COALESCE((
                SELECT area.id FROM org_unit_closure up
                JOIN org_unit area ON area.id = up.ancestor_id
                JOIN org_unit_closure down ON down.descendant_id = area.id
                WHERE up.descendant_id = at_units.unit AND area.kind = 'AREA'
                    AND down.ancestor_id = at_units.top AND down.depth > 0
                ORDER BY up.depth LIMIT 1
            ), unit) AS area
            FROM at_units
        )
        SELECT at_areas.budget, at_areas.area, CAST(SUM(most) AS bigint), CAST(SUM(rest) AS bigint)
        FROM at_areas JOIN org_unit ON org_unit.id = at_areas.area
        GROUP BY at_areas.budget, at_areas.area, org_unit.name
        ORDER BY org_unit.name COLLATE \"swedish\", at_areas.area"
    );
    let mut found: HashMap<Uuid, Vec<Area>> = HashMap::new();
    for row in connection.query_all_raw(over(connection, sight, budgets, &words)).await? {
        let mut columns = Columns::of(&row)?;
        let (budget, unit): (Uuid, Uuid) = (columns.take()?, columns.take()?);
        let amount = whole(&mut columns)?;
        found.entry(budget).or_default().push(Area { unit, amount });
    }
    Ok(found)
}

/// What they are to come to in the years around the budget's, without that year itself; ascending.
///
/// # Errors
/// Whatever the database says.
pub async fn by_year(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<YearSum>>> {
    let words = format!(
        " SELECT counted.budget, ahead.year, {} FROM counted
        JOIN investment_year ahead ON ahead.item_id = counted.item
        GROUP BY counted.budget, ahead.year ORDER BY ahead.year",
        halves("ahead.amount")
    );
    let mut found: HashMap<Uuid, Vec<YearSum>> = HashMap::new();
    for row in connection.query_all_raw(over(connection, sight, budgets, &words)).await? {
        let mut columns = Columns::of(&row)?;
        let (budget, year): (Uuid, i32) = (columns.take()?, columns.take()?);
        let amount = whole(&mut columns)?;
        found.entry(budget).or_default().push(YearSum { year, amount });
    }
    Ok(found)
}

/// By how much decisions have changed the frames of budgets that the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn frame_changed(
    connection: &impl ConnectionTrait,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, i128>> {
    let mut sql = Sql::new(connection.get_database_backend());
    sql.add(&format!(
        "SELECT budget_id, {} FROM frame_change WHERE budget_id",
        halves("frame_change.amount")
    ));
    sql.among(budgets).add(" GROUP BY budget_id");
    changed(connection, sql.statement()).await
}

/// By how much transfers have changed the amounts of items that the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn transferred(
    connection: &impl ConnectionTrait,
    items: &[Uuid],
) -> Result<HashMap<Uuid, i128>> {
    let mut sql = Sql::new(connection.get_database_backend());
    sql.add(&format!(
        "SELECT item, {} FROM (
            SELECT to_id AS item, amount FROM investment_transfer WHERE to_id",
        halves("moved.amount")
    ));
    sql.among(items)
        .add(" UNION ALL SELECT from_id, -amount FROM investment_transfer WHERE from_id");
    sql.among(items).add(") moved GROUP BY item");
    changed(connection, sql.statement()).await
}

async fn changed(
    connection: &impl ConnectionTrait,
    statement: Statement,
) -> Result<HashMap<Uuid, i128>> {
    let mut found = HashMap::new();
    for row in connection.query_all_raw(statement).await? {
        let mut columns = Columns::of(&row)?;
        found.insert(columns.take()?, whole(&mut columns)?);
    }
    Ok(found)
}
