//! Where items are: at their unit while that is at or below their budget's, and at the budget's when it was moved away.

use std::collections::HashMap;

use entity::{
    budgets::{investment_budget, investment_item},
    organisation::org_unit_closure as closure,
};
use sea_orm::{
    ConnectionTrait, EntityTrait as _, ExprTrait as _,
    sea_query::{Alias, CaseStatement, Expr, Query, SubQueryStatement},
};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, write::Write},
    error::Result,
};

/// The unit at which an item is.
pub(super) fn unit_of() -> Expr {
    use investment_item::{Column, Entity};
    let own = Alias::new("own_budget");
    let budgets = |column| Expr::col((own.clone(), column));
    let is_own = budgets(investment_budget::Column::Id).equals((Entity, Column::BudgetId));
    let inside = Query::select()
        .expr(Expr::val(1))
        .from(closure::Entity)
        .from_as(investment_budget::Entity, own.clone())
        .and_where(is_own.clone())
        .and_where(
            Expr::col((closure::Entity, closure::Column::AncestorId))
                .equals((own.clone(), investment_budget::Column::OrgUnitId)),
        )
        .and_where(
            Expr::col((closure::Entity, closure::Column::DescendantId))
                .equals((Entity, Column::OrgUnitId)),
        )
        .to_owned();
    let budgets_unit = Query::select()
        .column((own.clone(), investment_budget::Column::OrgUnitId))
        .from_as(investment_budget::Entity, own.clone())
        .and_where(is_own)
        .to_owned();
    let budgets_unit =
        Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(budgets_unit)));
    CaseStatement::new()
        .case(Expr::exists(inside), Expr::col((Entity, Column::OrgUnitId)))
        .finally(budgets_unit)
        .into()
}

/// The units at which items that the viewer has been shown are: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn units(
    connection: &impl ConnectionTrait,
    items: &[Uuid],
) -> Result<HashMap<Uuid, Uuid>> {
    use investment_item::{Column, Entity};
    let id = Expr::col((Entity, Column::Id));
    let select = Query::select()
        .expr_as(id.clone(), Alias::new("item"))
        .expr_as(unit_of(), Alias::new("unit"))
        .from(Entity)
        .and_where(among(connection.get_database_backend(), id, items.iter().copied()))
        .to_owned();
    let rows = connection.query_all(&select).await?;
    rows.into_iter().map(|row| Ok((row.try_get("", "item")?, row.try_get("", "unit")?))).collect()
}

/// Whether `unit` is `other` or lies below it.
pub(super) async fn is_at_or_below(write: &Write, unit: Uuid, other: Uuid) -> Result<bool> {
    Ok(closure::Entity::find_by_id((other, unit)).one(write.connection()).await?.is_some())
}
