//! Budgets that were made or changed with a draft, and that nobody has decided.

use entity::{
    access::change,
    budgets::{investment_budget, investment_item, operating_budget},
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

/// Without the draft, what was budgeted with it would be published. An operating budget's own log tells of its lines too.
///
/// # Errors
/// [`Code::InUse`] while there is such a budget.
pub async fn refuse_budgets(write: &Write, plan: &plan::Model) -> Result<()> {
    let begun = change::Entity::find()
        .filter(change::Column::NodeId.eq(plan.id))
        .filter(change::Column::NodeType.eq(NodeType::Plan))
        .filter(change::Column::Kind.eq(ChangeKind::Created))
        .one(write.connection())
        .await?
        .map_or(0, |change| change.seq);
    let units = reach::units(plan.org_unit_id, &[plan.year]);
    let changed_with_it = Query::select()
        .expr(Expr::val(1))
        .from(change::Entity)
        .and_where(Expr::col((change::Entity, change::Column::Draft)).eq(true))
        .and_where(Expr::col((change::Entity, change::Column::Seq)).gt(begun))
        .to_owned();
    let node = Expr::col((change::Entity, change::Column::NodeId));
    let (operated, invested) = (operating_budget::Column::Id, investment_budget::Column::Id);
    let mut operated_with_it = changed_with_it.clone();
    operated_with_it.and_where(node.clone().equals((operating_budget::Entity, operated)));
    let operated = operating_budget::Entity::find()
        .filter(operating_budget::Column::Year.eq(plan.year))
        .filter(operating_budget::Column::OrgUnitId.in_subquery(units.clone()))
        .filter(Expr::exists(operated_with_it))
        .count(write.connection())
        .await?;
    let items = Query::select()
        .column(investment_item::Column::Id)
        .from(investment_item::Entity)
        .and_where(
            Expr::col((investment_item::Entity, investment_item::Column::BudgetId))
                .equals((investment_budget::Entity, invested)),
        )
        .to_owned();
    let of_budget = node.clone().equals((investment_budget::Entity, invested));
    let mut invested_with_it = changed_with_it;
    invested_with_it.and_where(of_budget.or(node.in_subquery(items)));
    let invested = investment_budget::Entity::find()
        .filter(investment_budget::Column::Year.eq(plan.year))
        .filter(investment_budget::Column::OrgUnitId.in_subquery(units))
        .filter(Expr::exists(invested_with_it))
        .count(write.connection())
        .await?;
    if operated + invested == 0 {
        return Ok(());
    }
    Err(Problem::new(
        Code::InUse,
        "Budgetar har upprättats eller ändrats med utkastet; ta bort dem först.",
        "Budgets were made or changed with the draft; remove them first.",
    )
    .at("id")
    .into())
}
