//! The units that a plan speaks for: its own, and those below that have no plan of that year nearer to them.

use entity::{organisation::org_unit_closure as closure, planning::plan};
use sea_orm::{
    ExprTrait as _, JoinType,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use uuid::Uuid;

/// The units for which a plan of `org_unit` is the nearest in each of `years`.
pub fn units(org_unit: Uuid, years: &[i32]) -> SelectStatement {
    let below = Alias::new("below");
    let (nearer, between) = (Alias::new("nearer"), Alias::new("between"));
    let nearer_plan = Query::select()
        .expr(Expr::val(1))
        .from_as(plan::Entity, nearer.clone())
        .join_as(
            JoinType::InnerJoin,
            closure::Entity,
            between.clone(),
            Expr::col((between.clone(), closure::Column::AncestorId))
                .equals((nearer.clone(), plan::Column::OrgUnitId)),
        )
        .and_where(
            Expr::col((between.clone(), closure::Column::DescendantId))
                .equals((below.clone(), closure::Column::DescendantId)),
        )
        .and_where(
            Expr::col((between, closure::Column::Depth))
                .lt(Expr::col((below.clone(), closure::Column::Depth))),
        )
        .and_where(Expr::col((nearer, plan::Column::Year)).is_in(years.iter().copied()))
        .to_owned();
    Query::select()
        .column((below.clone(), closure::Column::DescendantId))
        .from_as(closure::Entity, below.clone())
        .and_where(Expr::col((below, closure::Column::AncestorId)).eq(org_unit))
        .and_where(Expr::not_exists(nearer_plan))
        .to_owned()
}
