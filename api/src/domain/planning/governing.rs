//! The plan that governs a unit's targets and budgets of a year: the unit's own, or that of the nearest unit above with one.

use std::collections::HashMap;

use entity::{organisation::org_unit_closure as closure, planning::plan, vocabulary::PlanStatus};
use sea_orm::{
    ConnectionTrait, ExprTrait as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::error::{Error, Result};

/// The state of the plan that governs each unit and year.
#[derive(Clone, Debug, Default)]
pub struct Governing(HashMap<(Uuid, i32), (i32, PlanStatus)>);

impl Governing {
    /// The plan's state; none where no plan governs.
    #[must_use]
    pub fn of(&self, unit: Uuid, year: i32) -> Option<PlanStatus> {
        self.0.get(&(unit, year)).map(|(_, status)| *status)
    }
}

/// The state of the plans that govern these units in these years: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn governing(
    connection: &impl ConnectionTrait,
    units: &[Uuid],
    years: &[i32],
) -> Result<Governing> {
    let plans = Query::select()
        .column((closure::Entity, closure::Column::DescendantId))
        .column((closure::Entity, closure::Column::Depth))
        .column((plan::Entity, plan::Column::Year))
        .column((plan::Entity, plan::Column::Status))
        .from(closure::Entity)
        .inner_join(
            plan::Entity,
            Expr::col((plan::Entity, plan::Column::OrgUnitId))
                .equals((closure::Entity, closure::Column::AncestorId)),
        )
        .and_where(
            Expr::col((closure::Entity, closure::Column::DescendantId))
                .is_in(units.iter().copied()),
        )
        .and_where(Expr::col((plan::Entity, plan::Column::Year)).is_in(years.iter().copied()))
        .to_owned();
    let mut nearest: HashMap<(Uuid, i32), (i32, PlanStatus)> = HashMap::new();
    for row in connection.query_all(&plans).await? {
        let key = (row.try_get("", "descendant_id")?, row.try_get("", "year")?);
        let depth: i32 = row.try_get("", "depth")?;
        let status: String = row.try_get("", "status")?;
        let status = PlanStatus::parse(&status)
            .ok_or_else(|| Error::internal(format!("a plan's status is {status}")))?;
        let nearest = nearest.entry(key).or_insert((depth, status));
        if depth < nearest.0 {
            *nearest = (depth, status);
        }
    }
    Ok(Governing(nearest))
}
