//! What happened to reports.

use std::collections::HashMap;

use entity::{follow_up::report_event, vocabulary::ReportStatus};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, write::Write},
    error::{Error, Result},
};

/// Notes what the writer does to a report.
///
/// # Errors
/// Whatever the database says.
pub async fn note(
    write: &Write,
    report: Uuid,
    from: Option<ReportStatus>,
    to: ReportStatus,
    reason: Option<String>,
) -> Result<()> {
    let connection = write.connection();
    let before = report_event::Entity::find()
        .filter(report_event::Column::ReportId.eq(report))
        .count(connection)
        .await?;
    let event = report_event::Model {
        report_id: report,
        number: i32::try_from(before).map_err(Error::internal)? + 1,
        at: write.now(),
        actor_id: write.actor_id(),
        from_status: from,
        to_status: to,
        reason,
    };
    report_event::Entity::insert(event.into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// The events of reports that the viewer has been shown, the first one first.
///
/// # Errors
/// Whatever the database says.
pub async fn of_reports(
    connection: &impl ConnectionTrait,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<report_event::Model>>> {
    let key = Expr::col((report_event::Entity, report_event::Column::ReportId));
    let rows = report_event::Entity::find()
        .filter(among(connection.get_database_backend(), key, reports.iter().copied()))
        .order_by_asc(report_event::Column::Number)
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.report_id).or_default().push(row);
    }
    Ok(found)
}
