//! What reports that were handed in keep from being changed.

use std::collections::{HashMap, HashSet};

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

/// Units and periods whose reports were handed in, and where those are.
#[derive(Debug, Default)]
pub struct HandedIn(HashMap<(Uuid, i32, PeriodKind), LockReason>);

impl HandedIn {
    /// What keeps the outcomes of a unit and period from being changed.
    #[must_use]
    pub fn reason(&self, unit: Uuid, period: Period) -> Option<LockReason> {
        self.0.get(&(unit, period.year(), period.kind())).copied()
    }
}

/// Which of these were handed in, for whoever may write there: one statement, none for months.
///
/// # Errors
/// Whatever the database says.
pub async fn handed_in(
    connection: &impl ConnectionTrait,
    wanted: impl IntoIterator<Item = (Uuid, Period)>,
) -> Result<HandedIn> {
    let (mut units, mut years) = (HashSet::new(), HashSet::new());
    for (unit, period) in wanted {
        if period.kind() != PeriodKind::Month {
            units.insert(unit);
            years.insert(period.year());
        }
    }
    if units.is_empty() {
        return Ok(HandedIn::default());
    }
    let unit = Expr::col((report::Entity, report::Column::OrgUnitId));
    let rows: Vec<(Uuid, i32, PeriodKind, ReportStatus)> = report::Entity::find()
        .select_only()
        .columns([
            report::Column::OrgUnitId,
            report::Column::Year,
            report::Column::Kind,
            report::Column::Status,
        ])
        .filter(report::Column::Status.is_in([ReportStatus::Submitted, ReportStatus::Approved]))
        .filter(among(connection.get_database_backend(), unit, units))
        .filter(report::Column::Year.is_in(years))
        .into_tuple()
        .all(connection)
        .await?;
    let locked = rows
        .into_iter()
        .filter_map(|(unit, year, kind, status)| Some(((unit, year, kind), reason(status)?)));
    Ok(HandedIn(locked.collect()))
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
