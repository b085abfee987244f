//! Targets by what they are for.

use std::collections::{HashMap, HashSet};

use entity::{fixed::Fixed, indicators::target, sight::Sight, vocabulary::DecisionLevel};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use crate::{
    domain::{
        columns::Columns,
        indicators::at_unit::{targets_are_seen, units},
        sql::Sql,
    },
    error::Result,
};

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
    let distinct = |key: fn(&TargetKey) -> Uuid| {
        keys.iter().map(key).collect::<HashSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let years: HashSet<i32> = keys.iter().map(|key| key.year).collect();
    let mut sql = Sql::new(connection.get_database_backend());
    units(sql.add("WITH "), sight, &distinct(|key| key.unit), &[]);
    sql.add(
        " SELECT t.indicator_id, t.org_unit_id, t.year, t.id, t.value, t.decided_at, t.version,
            t.created_at, t.updated_at, t.updated_by
        FROM unit JOIN target t ON t.org_unit_id = unit.id WHERE t.indicator_id",
    );
    sql.among(&distinct(|key| key.indicator)).add(" AND t.year");
    sql.among_numbers(&years.into_iter().collect::<Vec<_>>()).add(" AND ");
    let drafts = |sql: &mut Sql| {
        sql.add("unit.drafts");
    };
    targets_are_seen(&mut sql, drafts, "unit.id", |sql| {
        sql.add("t.year");
    });
    let rows = connection.query_all_raw(sql.statement()).await?;
    let wanted: HashSet<&TargetKey> = keys.iter().collect();
    let rows = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(rows
        .into_iter()
        .map(|row| (TargetKey::from(&row), row))
        .filter(|(key, _)| wanted.contains(key))
        .collect())
}

fn read(row: &QueryResult) -> Result<target::Model> {
    let mut columns = Columns::of(row)?;
    let (indicator_id, org_unit_id, year) = (columns.take()?, columns.take()?, columns.take()?);
    Ok(target::Model {
        indicator_id,
        org_unit_id,
        year,
        id: columns.take()?,
        value: Fixed(columns.take()?),
        decided_at: columns.word(DecisionLevel::parse)?,
        version: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        updated_by: columns.take()?,
    })
}
