//! What figures and plans suggest for what reports assess, of many things at once.

mod below;
mod measured;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    planning::{activity, goal},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{IndicatorStatus, NodeType, StatusLight},
};
use sea_orm::{ConnectionTrait, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use self::{below::Below, measured::Measured};
use super::suggested::{AssignmentFact, suggested_status};
use crate::{
    domain::{
        fetch::{self, among},
        organisation::period::Period,
    },
    error::Result,
};

/// What a light is suggested for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct About {
    /// A focus area, a goal, an assignment, an activity or an indicator,
    pub node: NodeType,
    /// which one,
    pub id: Uuid,
    /// as that plan works with it,
    pub plan: Uuid,
    /// at that unit,
    pub unit: Uuid,
    /// in that period,
    pub period: Period,
    /// on that day.
    pub on: NaiveDate,
}

/// The light of each, as far as `sight` sees what it follows from, and `figures` what was measured: that of a goal by its indicators and the assignments
/// below it, of an assignment by its own and what it is broken down into, of a focus area by its goals and the assignments
/// right under it. A few statements however many.
///
/// # Errors
/// Whatever the database says.
pub async fn lights(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    figures: &Sight,
    asked: &[About],
) -> Result<HashMap<About, StatusLight>> {
    let of = |node: NodeType| -> HashSet<(Uuid, Uuid)> {
        let wanted = asked.iter().filter(|about| about.node == node);
        wanted.map(|about| (about.id, about.plan)).collect()
    };
    let focus_areas = of(NodeType::FocusArea);
    let under = goals_under(connection, sight, &focus_areas).await?;
    let goals: HashSet<Uuid> = of(NodeType::Goal)
        .into_iter()
        .map(|(id, _)| id)
        .chain(under.iter().map(|goal| goal.id))
        .collect();
    let assignments: HashSet<Uuid> =
        of(NodeType::Assignment).into_iter().map(|(id, _)| id).collect();
    let below = Below::load(connection, sight, &focus_areas, &goals, &assignments).await?;
    let activities = activities(connection, sight, &of(NodeType::Activity)).await?;
    let sources = |about: &About| -> Vec<Uuid> {
        match about.node {
            NodeType::FocusArea => under
                .iter()
                .filter(|goal| (goal.focus_area_id, goal.plan_id) == (Some(about.id), about.plan))
                .map(|goal| goal.id)
                .collect(),
            _ => vec![about.id],
        }
    };
    let measured =
        Measured::load(connection, figures, asked, &goals, &assignments, &sources).await?;
    let light = |about: &About| {
        let from = sources(about);
        let indicators: Vec<IndicatorStatus> =
            from.iter().flat_map(|id| measured.statuses(*id, about)).collect();
        let mut facts: Vec<AssignmentFact> =
            from.iter().flat_map(|id| below.of(*id, None)).collect();
        match about.node {
            NodeType::FocusArea => facts.extend(below.of(about.id, Some(about.plan))),
            NodeType::Activity => facts.extend(activities.get(&about.id).copied()),
            _ => {}
        }
        (*about, suggested_status(indicators, facts, about.on))
    };
    Ok(asked.iter().map(light).collect())
}

/// The goals that plans have under focus areas.
async fn goals_under(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    focus_areas: &HashSet<(Uuid, Uuid)>,
) -> Result<Vec<goal::Model>> {
    if focus_areas.is_empty() {
        return Ok(Vec::new());
    }
    let backend = connection.get_database_backend();
    let column = |column| Expr::col((goal::Entity, column));
    let (ids, plans): (HashSet<Uuid>, HashSet<Uuid>) = focus_areas.iter().copied().unzip();
    Ok(goal::Entity::find_visible(&sight.under_what_is_shown())
        .filter(among(backend, column(goal::Column::PlanId), plans))
        .filter(among(backend, column(goal::Column::FocusAreaId), ids))
        .all(connection)
        .await?)
}

async fn activities(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &HashSet<(Uuid, Uuid)>,
) -> Result<HashMap<Uuid, AssignmentFact>> {
    let ids: Vec<Uuid> = asked.iter().map(|(id, _)| *id).collect();
    let rows = fetch::by_id::<activity::Entity>(connection, sight, &ids).await?;
    let fact = |row: activity::Model| AssignmentFact { status: row.status, ends_on: row.due_on };
    Ok(rows.into_iter().map(|(id, row)| (id, fact(row))).collect())
}
