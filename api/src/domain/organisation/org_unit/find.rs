//! Units and their plans by other things than their id.

use std::collections::{HashMap, HashSet};

use entity::{
    organisation::{org_unit, org_unit_closure as closure},
    planning::plan,
    sight::Sight,
    tracked::Visible as _,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, ExprTrait as _, FromQueryResult as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, Order},
};
use uuid::Uuid;

use crate::{
    domain::listing::swedish,
    error::{Error, Result},
};

/// The unit with that code.
///
/// # Errors
/// [`Error::BadInput`] when units of several organisations that the viewer sees have it.
pub async fn by_code(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    code: &str,
) -> Result<Option<org_unit::Model>> {
    // No stored text has it, and PostgreSQL takes no such text.
    if code.contains('\0') {
        return Ok(None);
    }
    let mut found = org_unit::Entity::find_visible(sight)
        .filter(org_unit::Column::Code.eq(code))
        .limit(2)
        .all(connection)
        .await?;
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(Error::BadInput("Several organisations use that code; ask by id.".to_owned())),
    }
}

/// What is above each of those units and the viewer sees, the root first: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn ancestors(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &[Uuid],
) -> Result<HashMap<Uuid, Vec<org_unit::Model>>> {
    let below = (closure::Entity, closure::Column::DescendantId);
    let depth = (closure::Entity, closure::Column::Depth);
    let above = Expr::col((closure::Entity, closure::Column::AncestorId))
        .equals((org_unit::Entity, org_unit::Column::Id))
        .and(Expr::col(depth).gt(0));
    let mut select = org_unit::Entity::find_visible(sight).into_query();
    select
        .join(JoinType::InnerJoin, closure::Entity, above)
        .expr_as(Expr::col(below), Alias::new("below"))
        .and_where(Expr::col(below).is_in(units.iter().copied()))
        .order_by(depth, Order::Desc);
    let mut found: HashMap<Uuid, Vec<org_unit::Model>> = HashMap::new();
    for row in connection.query_all(&select).await? {
        found
            .entry(row.try_get("", "below")?)
            .or_default()
            .push(org_unit::Model::from_query_result(&row, "")?);
    }
    Ok(found)
}

/// What is right below each of those units and the viewer sees, by name: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn children(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &[Uuid],
) -> Result<HashMap<Uuid, Vec<org_unit::Model>>> {
    let rows = org_unit::Entity::find_visible(sight)
        .filter(org_unit::Column::ParentId.is_in(units.iter().copied()))
        .order_by_asc(swedish(Expr::col((org_unit::Entity, org_unit::Column::Name))))
        .order_by_asc(org_unit::Column::Id)
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<org_unit::Model>> = HashMap::new();
    for row in rows {
        if let Some(parent) = row.parent_id {
            found.entry(parent).or_default().push(row);
        }
    }
    Ok(found)
}

/// The plans of those units in those years: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn plans_of_years(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &[(Uuid, i32)],
) -> Result<HashMap<(Uuid, i32), plan::Model>> {
    let units: HashSet<Uuid> = asked.iter().map(|(unit, _)| *unit).collect();
    let years: HashSet<i32> = asked.iter().map(|(_, year)| *year).collect();
    let rows = plan::Entity::find_visible(sight)
        .filter(plan::Column::OrgUnitId.is_in(units))
        .filter(plan::Column::Year.is_in(years))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.org_unit_id, row.year), row)).collect())
}
