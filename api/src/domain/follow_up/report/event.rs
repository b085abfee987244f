//! What happened to reports.

use std::collections::HashMap;

use entity::{
    follow_up::{report, report_event},
    sight::Sight,
    vocabulary::ReportStatus,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, Query},
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

/// The events of reports that the viewer has been shown, the first one first. What happened to a draft is for those who see
/// drafts there: others are told of approvals.
///
/// # Errors
/// Whatever the database says.
pub async fn of_reports(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<report_event::Model>>> {
    use report_event::Column;
    let key = Expr::col((report_event::Entity, Column::ReportId));
    let sees_drafts = Query::select()
        .expr(Expr::val(1))
        .from(report::Entity)
        .and_where(Expr::col((report::Entity, report::Column::Id)).eq(key.clone()))
        .and_where(sight.row_by_row().drafts.units((report::Entity, report::Column::OrgUnitId)))
        .to_owned();
    let shown = Condition::any()
        .add(Column::ToStatus.eq(ReportStatus::Approved))
        .add(Expr::exists(sees_drafts));
    let rows = report_event::Entity::find()
        .filter(among(connection.get_database_backend(), key, reports.iter().copied()))
        .filter(shown)
        .order_by_asc(Column::Number)
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.report_id).or_default().push(row);
    }
    Ok(found)
}
