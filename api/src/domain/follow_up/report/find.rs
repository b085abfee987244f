//! Finds reports by what they are of.

use std::collections::{HashMap, HashSet};

use entity::{
    follow_up::report, organisation::org_unit, sight::Sight, tracked::Visible as _,
    vocabulary::PeriodKind,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
        organisation::{org_unit::children, period::Period},
    },
    error::{Error, Result},
};

/// What a report is of. There is one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportKey {
    /// The unit.
    pub unit: Uuid,
    /// The period.
    pub period: Period,
}

/// The period that a report is of.
///
/// # Errors
/// [`Error::Internal`] for one that cannot be.
pub fn period_of(report: &report::Model) -> Result<Period> {
    Period::new(report.year, report.kind, None).map_err(Error::internal)
}

/// The reports that there are of these, as far as the viewer sees them: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn by_keys(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[ReportKey],
) -> Result<HashMap<ReportKey, report::Model>> {
    let units: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
    let years: HashSet<i32> = keys.iter().map(|key| key.period.year()).collect();
    let unit = Expr::col((report::Entity, report::Column::OrgUnitId));
    let rows = report::Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), unit, units))
        .filter(report::Column::Year.is_in(years))
        .all(connection)
        .await?;
    let by_what: HashMap<(Uuid, i32, PeriodKind), report::Model> =
        rows.into_iter().map(|row| ((row.org_unit_id, row.year, row.kind), row)).collect();
    let found = keys.iter().filter_map(|key| {
        let row = by_what.get(&(key.unit, key.period.year(), key.period.kind()))?;
        Some((*key, row.clone()))
    });
    Ok(found.collect())
}

/// The reports of the same period of the units right below, with those units by name: two statements however many.
///
/// # Errors
/// Whatever the database says.
pub async fn sub_reports(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    report: &report::Model,
) -> Result<Vec<(org_unit::Model, report::Model)>> {
    let period = period_of(report)?;
    let mut units = children(connection, sight, &[report.org_unit_id]).await?;
    let units = units.remove(&report.org_unit_id).unwrap_or_default();
    let key = |unit: &org_unit::Model| ReportKey { unit: unit.id, period };
    let keys: Vec<ReportKey> = units.iter().map(key).collect();
    let mut reports = by_keys(connection, sight, &keys).await?;
    let found = units.into_iter().filter_map(|unit| {
        let report = reports.remove(&key(&unit))?;
        Some((unit, report))
    });
    Ok(found.collect())
}
