//! Budgets that were made or changed with a draft, and that nobody has decided.

use entity::{
    access::change,
    budgets::operating_budget,
    planning::plan,
    vocabulary::{ChangeKind, NodeType},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::{Expr, Query},
};

use super::reach;
use crate::{
    domain::{
        problem::{Code, Problem},
        write::Write,
    },
    error::Result,
};

/// Without the draft, what was budgeted with it would be published. A budget's own log tells of its lines too.
///
/// # Errors
/// [`Code::InUse`] while there is such a budget.
pub async fn refuse_budgets(write: &Write, plan: &plan::Model) -> Result<()> {
    use operating_budget::{Column, Entity};
    let begun = change::Entity::find()
        .filter(change::Column::NodeId.eq(plan.id))
        .filter(change::Column::NodeType.eq(NodeType::Plan))
        .filter(change::Column::Kind.eq(ChangeKind::Created))
        .one(write.connection())
        .await?
        .map_or(0, |change| change.seq);
    let changed_with_it = Query::select()
        .expr(Expr::val(1))
        .from(change::Entity)
        .and_where(Expr::col((change::Entity, change::Column::NodeId)).equals((Entity, Column::Id)))
        .and_where(Expr::col((change::Entity, change::Column::Draft)).eq(true))
        .and_where(Expr::col((change::Entity, change::Column::Seq)).gt(begun))
        .to_owned();
    let undecided = Entity::find()
        .filter(Column::Year.eq(plan.year))
        .filter(Column::OrgUnitId.in_subquery(reach::units(plan.org_unit_id, &[plan.year])))
        .filter(Expr::exists(changed_with_it))
        .count(write.connection())
        .await?;
    if undecided == 0 {
        return Ok(());
    }
    Err(Problem::new(
        Code::InUse,
        "Driftbudgetar har upprättats eller ändrats med utkastet; ta bort dem först.",
        "Operating budgets were made or changed with the draft; remove them first.",
    )
    .at("id")
    .into())
}
