//! Whose roles count for a node: the unit that it hangs on.

use std::collections::{HashMap, HashSet};

use entity::{
    access::role_grant,
    budgets::{
        budget_line, budget_line_follow_up, frame_change, investment_budget, investment_follow_up,
        investment_item, investment_transfer, operating_budget,
    },
    follow_up::{assessment, calendar_event, report},
    indicators::{indicator, outcome, target},
    organisation::org_unit,
    planning::{activity, assignment, focus_area, goal, governing_document, plan, plan_section},
    sight::Sight,
    tracked::Visible,
    vocabulary::NodeType,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, Iden, JoinType, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::error::Result;

/// The units whose roles count for nodes that the viewer sees: a statement for each type.
///
/// # Errors
/// Whatever the database says.
pub async fn units(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    nodes: &HashSet<(NodeType, Uuid)>,
) -> Result<HashMap<(NodeType, Uuid), Uuid>> {
    let mut found = HashMap::with_capacity(nodes.len());
    for node in NodeType::ALL.iter().copied() {
        let ids: Vec<Uuid> =
            nodes.iter().filter(|(kind, _)| *kind == node).map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        macro_rules! by {
            ($table:ident.$column:ident) => {
                own::<$table::Entity>(connection, sight, ids, $table::Column::$column).await
            };
            ($table:ident in plan) => {
                by!($table.PlanId in plan)
            };
            ($table:ident.$link:ident in $parent:ident) => {
                under::<$table::Entity, $parent::Entity>(
                    connection,
                    sight,
                    ids,
                    $table::Column::$link,
                    ($parent::Column::Id, $parent::Column::OrgUnitId),
                )
                .await
            };
        }
        let units = match node {
            NodeType::OrgUnit => by!(org_unit.Id),
            NodeType::Plan => by!(plan.OrgUnitId),
            NodeType::PlanSection => by!(plan_section in plan),
            NodeType::GoverningDocument => by!(governing_document in plan),
            NodeType::FocusArea => by!(focus_area in plan),
            NodeType::Goal => by!(goal in plan),
            NodeType::Assignment => by!(assignment in plan),
            NodeType::Activity => by!(activity in plan),
            NodeType::Indicator => by!(indicator.OrganisationId),
            NodeType::Target => by!(target.OrgUnitId),
            NodeType::Outcome => by!(outcome.OrgUnitId),
            NodeType::RoleGrant => by!(role_grant.OrgUnitId),
            NodeType::FollowUpReport => by!(report.OrgUnitId),
            NodeType::CalendarEvent => by!(calendar_event.OrgUnitId),
            NodeType::Assessment => by!(assessment.ReportId in report),
            NodeType::InvestmentBudget => by!(investment_budget.OrgUnitId),
            NodeType::InvestmentItem => by!(investment_item.BudgetId in investment_budget),
            NodeType::InvestmentItemFollowUp => {
                by!(investment_follow_up.BudgetId in investment_budget)
            }
            NodeType::InvestmentTransfer => by!(investment_transfer.BudgetId in investment_budget),
            NodeType::FrameChange => by!(frame_change.BudgetId in investment_budget),
            NodeType::OperatingBudget => by!(operating_budget.OrgUnitId),
            NodeType::BudgetLine => by!(budget_line.BudgetId in operating_budget),
            NodeType::BudgetLineFollowUp => by!(budget_line_follow_up.BudgetId in operating_budget),
        }?;
        found.extend(units.into_iter().map(|(id, unit)| ((node, id), unit)));
    }
    Ok(found)
}

async fn own<E: Visible>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    ids: Vec<Uuid>,
    unit: E::Column,
) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(E::find_visible(sight)
        .select_only()
        .column(E::id_column())
        .column_as(unit, "unit")
        .filter(E::id_column().is_in(ids))
        .into_tuple()
        .all(connection)
        .await?)
}

/// The units of what hangs under something else, by that one's key and unit.
async fn under<E: Visible, P: EntityTrait>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    ids: Vec<Uuid>,
    link: E::Column,
    (key, unit): (P::Column, P::Column),
) -> Result<Vec<(Uuid, Uuid)>>
where
    E::Column: Iden,
    P::Column: Iden,
{
    let mut select = E::find_visible(sight).filter(E::id_column().is_in(ids)).into_query();
    select
        .clear_selects()
        .column((E::default(), E::id_column()))
        .expr_as(Expr::col((P::default(), unit)), Alias::new("unit"))
        .join(
            JoinType::InnerJoin,
            P::default(),
            Expr::col((P::default(), key)).equals((E::default(), link)),
        );
    let mut found = Vec::new();
    for row in connection.query_all(&select).await? {
        found.push((row.try_get("", "id")?, row.try_get("", "unit")?));
    }
    Ok(found)
}
