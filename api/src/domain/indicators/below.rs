//! A unit and all below it, for conditions on what is theirs.

use entity::organisation::org_unit_closure as closure;
use sea_orm::{
    ExprTrait as _,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

/// The ids of the units and all below them. Who may see what is theirs is decided there.
pub fn ids(units: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    Query::select()
        .column(closure::Column::DescendantId)
        .from(closure::Entity)
        .and_where(Expr::col(closure::Column::AncestorId).is_in(units))
        .to_owned()
}
