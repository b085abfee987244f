//! Targets by what they are for.

use std::collections::{HashMap, HashSet};

use entity::{indicators::target, sight::Sight, tracked::Visible as _};
use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _};
use uuid::Uuid;

use crate::error::Result;

/// What a target is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TargetKey {
    /// The indicator.
    pub indicator: Uuid,
    /// The unit.
    pub unit: Uuid,
    /// The year.
    pub year: i32,
}

impl From<&target::Model> for TargetKey {
    fn from(row: &target::Model) -> Self {
        Self { indicator: row.indicator_id, unit: row.org_unit_id, year: row.year }
    }
}

/// The targets that the viewer sees, by what they are for: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn by_keys(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[TargetKey],
) -> Result<HashMap<TargetKey, target::Model>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let indicators: HashSet<Uuid> = keys.iter().map(|key| key.indicator).collect();
    let units: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
    let years: HashSet<i32> = keys.iter().map(|key| key.year).collect();
    let wanted: HashSet<&TargetKey> = keys.iter().collect();
    let rows = target::Entity::find_visible(sight)
        .filter(target::Column::IndicatorId.is_in(indicators))
        .filter(target::Column::OrgUnitId.is_in(units))
        .filter(target::Column::Year.is_in(years))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TargetKey::from(&row), row))
        .filter(|(key, _)| wanted.contains(key))
        .collect())
}
