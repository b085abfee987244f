//! Keeps the closure of the unit tree: every pair of a unit and a unit at or below it.

use entity::organisation::org_unit_closure as closure;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _,
    sea_query::{Alias, Expr, JoinType, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    domain::write::Write,
    error::{Error, Result},
};

/// Whether `unit` is `other` or lies below it.
pub(super) async fn is_at_or_below(write: &Write, unit: Uuid, other: Uuid) -> Result<bool> {
    Ok(closure::Entity::find_by_id((other, unit)).one(write.connection()).await?.is_some())
}

/// Puts a new unit into the tree.
pub(super) async fn plant(write: &Write, unit: Uuid, parent: Option<Uuid>) -> Result<()> {
    let itself = closure::Model { ancestor_id: unit, descendant_id: unit, depth: 0 };
    closure::Entity::insert(itself.into_active_model())
        .exec_without_returning(write.connection())
        .await?;
    match parent {
        Some(parent) => hang(write, unit, parent).await,
        None => Ok(()),
    }
}

/// Takes a unit with all below it from where it hangs, and hangs it under `parent`.
pub(super) async fn transplant(write: &Write, unit: Uuid, parent: Uuid) -> Result<()> {
    closure::Entity::delete_many()
        .filter(closure::Column::DescendantId.in_subquery(below(unit)))
        .filter(closure::Column::AncestorId.not_in_subquery(below(unit)))
        .exec(write.connection())
        .await?;
    hang(write, unit, parent).await
}

/// Takes a unit with nothing below it out of the tree.
pub(super) async fn fell(write: &Write, unit: Uuid) -> Result<()> {
    closure::Entity::delete_many()
        .filter(closure::Column::DescendantId.eq(unit))
        .exec(write.connection())
        .await?;
    Ok(())
}

/// Pairs all at or above `parent` with all at or below `unit`.
async fn hang(write: &Write, unit: Uuid, parent: Uuid) -> Result<()> {
    let (above, under) = (Alias::new("above"), Alias::new("under"));
    let depth = Expr::col((above.clone(), closure::Column::Depth))
        .add(Expr::col((under.clone(), closure::Column::Depth)))
        .add(1);
    let pairs = Query::select()
        .column((above.clone(), closure::Column::AncestorId))
        .column((under.clone(), closure::Column::DescendantId))
        .expr(depth)
        .from_as(closure::Entity, above.clone())
        .join_as(
            JoinType::InnerJoin,
            closure::Entity,
            under.clone(),
            Expr::col((under, closure::Column::AncestorId)).eq(unit),
        )
        .and_where(Expr::col((above, closure::Column::DescendantId)).eq(parent))
        .to_owned();
    let mut insert = Query::insert();
    insert
        .into_table(closure::Entity)
        .columns([
            closure::Column::AncestorId,
            closure::Column::DescendantId,
            closure::Column::Depth,
        ])
        .select_from(pairs)
        .map_err(Error::internal)?;
    write.connection().execute(&insert).await?;
    Ok(())
}

fn below(unit: Uuid) -> SelectStatement {
    Query::select()
        .column(closure::Column::DescendantId)
        .from(closure::Entity)
        .and_where(Expr::col(closure::Column::AncestorId).eq(unit))
        .to_owned()
}
