//! Reports exactly as they were approved: public records, which nothing that happens later changes.
//!
//! A decided report is one document, the same for everybody who reads it. What is above its unit is not everybody's to
//! see, though its plan works with it: the document is then kept once with what is said of that, for those who see the
//! whole organisation, and once without.

mod budgets;
mod content;
mod gather;
mod scorecard;
mod subjects;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    follow_up::{report, report_decision},
    organisation::org_unit,
    sight::{Reach, Sight},
    tracked::InOrder as _,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryResult, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, Func, JoinType},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
        follow_up::report::{ReportKey, period_of},
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// A report as it was approved, as far as the viewer sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor_id: Uuid,
    /// Of the content's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Canonical JSON.
    pub content: String,
}

/// Keeps a report that has just been approved as readers see it.
///
/// # Errors
/// Whatever the database says.
pub async fn freeze(write: &Write, scope: &Scope, report: &report::Model) -> Result<()> {
    let (content, sha256) = kept(&gather::gather(write, scope, report, report.org_unit_id).await?)?;
    let whole = kept(&gather::gather(write, scope, report, scope.organisation_id).await?)?;
    let (whole_content, whole_sha256) = Some(whole).filter(|(_, hash)| *hash != sha256).unzip();
    let connection = write.connection();
    let before = report_decision::Entity::find()
        .filter(report_decision::Column::ReportId.eq(report.id))
        .count(connection)
        .await?;
    let row = report_decision::Model {
        report_id: report.id,
        number: i32::try_from(before).map_err(Error::internal)? + 1,
        at: write.now(),
        actor_id: write.actor_id(),
        sha256,
        content,
        whole_content,
        whole_sha256,
    };
    report_decision::Entity::insert(row.into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Canonical JSON, and the SHA-256 of its bytes.
fn kept(content: &impl Serialize) -> Result<(String, String)> {
    let text = serde_json_canonicalizer::to_string(content).map_err(Error::internal)?;
    let digest = Sha256::digest(text.as_bytes());
    let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((text, hash))
}

/// Somebody who reads what is published at a unit and below it, and no drafts.
fn reader_of(unit: Uuid) -> Sight {
    Sight { drafts: Reach::Under(Vec::new()), ..decider_of(unit) }
}

/// The same, who also knows what the units below have answered without approval: what is decided are the figures that
/// were before the board, each with its state. Nobody learns anything confidential by it.
fn decider_of(unit: Uuid) -> Sight {
    Sight { discreet: true, ..Sight::at(unit) }
}

/// What was decided of reports that the viewer has been shown, the latest first.
///
/// # Errors
/// Whatever the database says.
pub async fn of_reports(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Decision>>> {
    let key = Expr::col((report::Entity, report::Column::Id));
    let these = among(connection.get_database_backend(), key, reports.iter().copied());
    let mut found: HashMap<Uuid, Vec<Decision>> = HashMap::new();
    for (report, decision) in read(connection, sight, these).await? {
        found.entry(report.id).or_default().push(decision);
    }
    Ok(found)
}

/// What was ever decided of these, the latest first, for everybody who sees the unit: also while the report has been opened
/// again and its draft is for its own roles.
///
/// # Errors
/// Whatever the database says.
pub async fn of_units(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[ReportKey],
) -> Result<HashMap<ReportKey, Vec<Decision>>> {
    let units: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
    let years: HashSet<i32> = keys.iter().map(|key| key.period.year()).collect();
    let unit = Expr::col((report::Entity, report::Column::OrgUnitId));
    let these = among(connection.get_database_backend(), unit, units)
        .and(report::Column::Year.is_in(years));
    let mut found: HashMap<ReportKey, Vec<Decision>> = HashMap::new();
    for (report, decision) in read(connection, sight, these).await? {
        let key = ReportKey { unit: report.org_unit_id, period: period_of(&report)? };
        found.entry(key).or_default().push(decision);
    }
    Ok(found)
}

/// Decisions of units that the viewer sees, the latest of each report first: one statement.
async fn read(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    these: Expr,
) -> Result<Vec<(report::Model, Decision)>> {
    use report_decision::Column;
    let reach = sight.row_by_row().published;
    let whole = reach.units((org_unit::Entity, org_unit::Column::OrganisationId));
    let mut rows = report::Entity::find().into_query();
    rows.join(
        JoinType::InnerJoin,
        org_unit::Entity,
        Expr::col((org_unit::Entity, org_unit::Column::Id))
            .equals((report::Entity, report::Column::OrgUnitId)),
    )
    .join(
        JoinType::InnerJoin,
        report_decision::Entity,
        Expr::col((report_decision::Entity, Column::ReportId))
            .equals((report::Entity, report::Column::Id)),
    )
    .and_where(these)
    .and_where(reach.units((org_unit::Entity, org_unit::Column::Id)))
    .order_by((report_decision::Entity, Column::Number), sea_orm::Order::Desc);
    let of_whole = |whole_column, column| {
        let own = |column| Expr::col((report_decision::Entity, column));
        let whole = Expr::case(whole.clone(), own(whole_column));
        Func::coalesce([whole.into(), own(column)])
    };
    for (name, value) in [
        ("decided_at", Expr::col((report_decision::Entity, Column::At))),
        ("decided_by", Expr::col((report_decision::Entity, Column::ActorId))),
        ("decided_sha256", of_whole(Column::WholeSha256, Column::Sha256).into()),
        ("decided_content", of_whole(Column::WholeContent, Column::Content).into()),
    ] {
        rows.expr_as(value, Alias::new(name));
    }
    let read = |row: &QueryResult| {
        let decision = Decision {
            at: row.try_get("", "decided_at")?,
            actor_id: row.try_get("", "decided_by")?,
            sha256: row.try_get("", "decided_sha256")?,
            content: row.try_get("", "decided_content")?,
        };
        Ok((report::Model::in_order(row)?, decision))
    };
    connection.query_all(&rows).await?.iter().map(read).collect()
}
