//! Whose roles count for a node: the unit that it hangs on.

use std::collections::{HashMap, HashSet};

use entity::{
    access::role_grant,
    follow_up::{assessment, report},
    indicators::{indicator, outcome, target},
    organisation::org_unit,
    planning::{activity, assignment, focus_area, goal, governing_document, plan, plan_section},
    sight::Sight,
    tracked::Visible,
    vocabulary::NodeType,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, Iden, JoinType, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
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
                of_plan::<$table::Entity>(connection, sight, ids, $table::Column::PlanId).await
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
            NodeType::Assessment => of_reports(connection, sight, ids).await,
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

async fn of_plan<E: Visible>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    ids: Vec<Uuid>,
    plan_id: E::Column,
) -> Result<Vec<(Uuid, Uuid)>>
where
    E::Column: Iden,
{
    let mut select = E::find_visible(sight).filter(E::id_column().is_in(ids)).into_query();
    select
        .clear_selects()
        .column((E::default(), E::id_column()))
        .expr_as(Expr::col((plan::Entity, plan::Column::OrgUnitId)), Alias::new("unit"))
        .join(
            JoinType::InnerJoin,
            plan::Entity,
            Expr::col((plan::Entity, plan::Column::Id)).equals((E::default(), plan_id)),
        );
    let mut found = Vec::new();
    for row in connection.query_all(&select).await? {
        found.push((row.try_get("", "id")?, row.try_get("", "unit")?));
    }
    Ok(found)
}

async fn of_reports(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Uuid)>> {
    let mut select = assessment::Entity::find_visible(sight)
        .filter(assessment::Column::Id.is_in(ids))
        .into_query();
    select
        .clear_selects()
        .column((assessment::Entity, assessment::Column::Id))
        .expr_as(Expr::col((report::Entity, report::Column::OrgUnitId)), Alias::new("unit"))
        .join(
            JoinType::InnerJoin,
            report::Entity,
            Expr::col((report::Entity, report::Column::Id))
                .equals((assessment::Entity, assessment::Column::ReportId)),
        );
    let mut found = Vec::new();
    for row in connection.query_all(&select).await? {
        found.push((row.try_get("", "id")?, row.try_get("", "unit")?));
    }
    Ok(found)
}
