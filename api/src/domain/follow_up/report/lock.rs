//! What approved reports keep from being changed.

use std::collections::HashSet;

use entity::{
    follow_up::report,
    vocabulary::{PeriodKind, ReportStatus},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
        organisation::period::Period,
        problem::{LockReason, Problem},
    },
    error::Result,
};

/// Units and periods whose reports are approved.
#[derive(Debug, Default)]
pub struct Approved(HashSet<(Uuid, i32, PeriodKind)>);

impl Approved {
    /// Whether the period's report of that unit is.
    #[must_use]
    pub fn has(&self, unit: Uuid, period: Period) -> bool {
        self.0.contains(&(unit, period.year(), period.kind()))
    }
}

/// Which of these are approved, for whoever may write there: one statement, none for months.
///
/// # Errors
/// Whatever the database says.
pub async fn approved(
    connection: &impl ConnectionTrait,
    wanted: impl IntoIterator<Item = (Uuid, Period)>,
) -> Result<Approved> {
    let (mut units, mut years) = (HashSet::new(), HashSet::new());
    for (unit, period) in wanted {
        if period.kind() != PeriodKind::Month {
            units.insert(unit);
            years.insert(period.year());
        }
    }
    if units.is_empty() {
        return Ok(Approved::default());
    }
    let unit = Expr::col((report::Entity, report::Column::OrgUnitId));
    let rows: Vec<(Uuid, i32, PeriodKind)> = report::Entity::find()
        .select_only()
        .columns([report::Column::OrgUnitId, report::Column::Year, report::Column::Kind])
        .filter(report::Column::Status.eq(ReportStatus::Approved))
        .filter(among(connection.get_database_backend(), unit, units))
        .filter(report::Column::Year.is_in(years))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(Approved(rows.into_iter().collect()))
}

/// Refuses to write in a report that was handed in.
///
/// # Errors
/// [`LockReason::ReportSubmitted`] or [`LockReason::ReportApproved`].
pub fn refuse_locked(status: ReportStatus) -> Result<(), Problem> {
    reason(status).map_or(Ok(()), |reason| Err(Problem::locked(reason)))
}

/// Why nobody can write in a report of that state.
#[must_use]
pub const fn reason(status: ReportStatus) -> Option<LockReason> {
    match status {
        ReportStatus::Draft | ReportStatus::Returned => None,
        ReportStatus::Submitted => Some(LockReason::ReportSubmitted),
        ReportStatus::Approved => Some(LockReason::ReportApproved),
    }
}
