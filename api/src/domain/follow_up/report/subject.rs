//! What a report is to say something about.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{
    indicators::indicator,
    planning::{assignment, focus_area, goal},
    sight::Sight,
    tracked::{InOrder, Visible as _},
    vocabulary::PeriodKind,
};
use sea_orm::{ConnectionTrait, ModelTrait, QueryTrait as _, sea_query::Alias};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
        indicators::indicator as indicators,
        listing::{Link, Listed},
        planning::{assignment as assignments, focus_area as focus_areas, goal as goals},
    },
    error::Result,
};

/// What a plan is made of, as far as a viewer sees it.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    /// The focus areas that it works with.
    pub focus_areas: Vec<focus_area::Model>,
    /// Its goals.
    pub goals: Vec<goal::Model>,
    /// Its assignments.
    pub assignments: Vec<assignment::Model>,
    /// The indicators that tell about it, whatever they are measured for.
    pub indicators: Vec<Arc<indicator::Model>>,
}

impl Subjects {
    /// The indicators that are measured for that kind of period.
    pub fn measured(&self, kind: PeriodKind) -> impl Iterator<Item = &Arc<indicator::Model>> {
        self.indicators.iter().filter(move |row| row.frequency.kinds().contains(&kind))
    }
}

/// What these plans are made of, each kind in the order in which people read it: four statements however many plans. The
/// plans are those that the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn of_plans(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    plans: &HashSet<Uuid>,
) -> Result<HashMap<Uuid, Subjects>> {
    let mut found: HashMap<Uuid, Subjects> =
        plans.iter().map(|plan| (*plan, Subjects::default())).collect();
    for (plan, row) in under(connection, sight, focus_areas::OF_PLAN, plans).await? {
        found.entry(plan).or_default().focus_areas.push(row);
    }
    for (plan, row) in under(connection, sight, goals::OF_PLAN, plans).await? {
        found.entry(plan).or_default().goals.push(row);
    }
    for (plan, row) in under(connection, sight, assignments::OF_PLAN, plans).await? {
        found.entry(plan).or_default().assignments.push(row);
    }
    for (plan, row) in under(connection, sight, indicators::OF_PLAN, plans).await? {
        found.entry(plan).or_default().indicators.push(Arc::new(row));
    }
    Ok(found)
}

async fn under<M>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    link: Link,
    plans: &HashSet<Uuid>,
) -> Result<Vec<(Uuid, M)>>
where
    M: ModelTrait<Entity: Listed<Model = M>> + InOrder,
{
    let mut rows = M::Entity::find_visible(&sight.under_what_is_shown()).into_query();
    let plan = (link.apply)(&mut rows);
    let backend = connection.get_database_backend();
    rows.and_where(among(backend, plan.clone(), plans.iter().copied()))
        .expr_as(plan, Alias::new("plan_key"));
    for key in M::Entity::sort_keys(Default::default()) {
        rows.order_by_expr(key.expr(), sea_orm::Order::Asc);
    }
    rows.order_by((M::Entity::default(), M::Entity::id_column()), sea_orm::Order::Asc);
    let mut found = Vec::new();
    for row in connection.query_all(&rows).await? {
        found.push((row.try_get("", "plan_key")?, M::in_order(&row)?));
    }
    Ok(found)
}
