//! Which of some nodes of mixed types a viewer sees: a statement for each type.

use std::collections::HashSet;

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
    ColumnTrait as _, ConnectionTrait, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::error::Result;

/// Those of `nodes` that the viewer sees.
///
/// # Errors
/// Whatever the database says.
pub async fn among(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    nodes: &HashSet<(NodeType, Uuid)>,
) -> Result<HashSet<(NodeType, Uuid)>> {
    let mut seen = HashSet::new();
    for node in NodeType::ALL.iter().copied() {
        let ids: Vec<Uuid> =
            nodes.iter().filter(|(kind, _)| *kind == node).map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        let found = match node {
            NodeType::OrgUnit => ids_of::<org_unit::Entity>(connection, sight, ids).await,
            NodeType::Plan => ids_of::<plan::Entity>(connection, sight, ids).await,
            NodeType::PlanSection => ids_of::<plan_section::Entity>(connection, sight, ids).await,
            NodeType::GoverningDocument => {
                ids_of::<governing_document::Entity>(connection, sight, ids).await
            }
            NodeType::FocusArea => ids_of::<focus_area::Entity>(connection, sight, ids).await,
            NodeType::Goal => ids_of::<goal::Entity>(connection, sight, ids).await,
            NodeType::Assignment => ids_of::<assignment::Entity>(connection, sight, ids).await,
            NodeType::Activity => ids_of::<activity::Entity>(connection, sight, ids).await,
            NodeType::Indicator => ids_of::<indicator::Entity>(connection, sight, ids).await,
            NodeType::Target => ids_of::<target::Entity>(connection, sight, ids).await,
            NodeType::Outcome => ids_of::<outcome::Entity>(connection, sight, ids).await,
            NodeType::RoleGrant => ids_of::<role_grant::Entity>(connection, sight, ids).await,
            NodeType::FollowUpReport => ids_of::<report::Entity>(connection, sight, ids).await,
            NodeType::Assessment => ids_of::<assessment::Entity>(connection, sight, ids).await,
            NodeType::CalendarEvent => {
                ids_of::<calendar_event::Entity>(connection, sight, ids).await
            }
            NodeType::InvestmentBudget => {
                ids_of::<investment_budget::Entity>(connection, sight, ids).await
            }
            NodeType::InvestmentItem => {
                ids_of::<investment_item::Entity>(connection, sight, ids).await
            }
            NodeType::InvestmentItemFollowUp => {
                ids_of::<investment_follow_up::Entity>(connection, sight, ids).await
            }
            NodeType::InvestmentTransfer => {
                ids_of::<investment_transfer::Entity>(connection, sight, ids).await
            }
            NodeType::FrameChange => ids_of::<frame_change::Entity>(connection, sight, ids).await,
            NodeType::OperatingBudget => {
                ids_of::<operating_budget::Entity>(connection, sight, ids).await
            }
            NodeType::BudgetLine => ids_of::<budget_line::Entity>(connection, sight, ids).await,
            NodeType::BudgetLineFollowUp => {
                ids_of::<budget_line_follow_up::Entity>(connection, sight, ids).await
            }
        }?;
        seen.extend(found.into_iter().map(|id| (node, id)));
    }
    Ok(seen)
}

/// Whether the viewer sees the node that a filter names: what one does not see has nothing under it.
pub fn sees<E: Visible>(sight: &Sight, key: Uuid) -> Expr {
    Expr::exists(E::find_visible(sight).filter(E::id_column().eq(key)).into_query())
}

async fn ids_of<E: Visible>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    ids: Vec<Uuid>,
) -> Result<Vec<Uuid>> {
    Ok(E::find_visible(sight)
        .select_only()
        .column(E::id_column())
        .filter(E::id_column().is_in(ids))
        .into_tuple()
        .all(connection)
        .await?)
}
