//! Reports exactly as they were approved: public records, which nothing that happens later changes.
//!
//! A decided report is one document, the same for everybody who reads it. What is above its unit is not everybody's to
//! see, though its plan works with it: the document is then kept once with the names of that, for those who see the whole
//! organisation, and once without.

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
    tracked::Visible as _,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, JoinType},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
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
    let nothing = || Reach::Under(Vec::new());
    Sight {
        published: Reach::Under(vec![unit]),
        drafts: nothing(),
        administers: nothing(),
        held: Vec::new(),
        whole: Vec::new(),
    }
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
    let backend = connection.get_database_backend();
    let key = Expr::col((report_decision::Entity, report_decision::Column::ReportId));
    let rows = report_decision::Entity::find()
        .filter(among(backend, key, reports.iter().copied()))
        .order_by_desc(report_decision::Column::Number)
        .all(connection)
        .await?;
    let partly: HashSet<Uuid> =
        (rows.iter()).filter(|row| row.whole_content.is_some()).map(|row| row.report_id).collect();
    let whole = seen_whole(connection, sight, &partly).await?;
    let mut found: HashMap<Uuid, Vec<Decision>> = HashMap::new();
    for row in rows {
        let (content, sha256) = (row.whole_content.zip(row.whole_sha256))
            .filter(|_| whole.contains(&row.report_id))
            .unwrap_or((row.content, row.sha256));
        let decision = Decision { at: row.at, actor_id: row.actor_id, sha256, content };
        found.entry(row.report_id).or_default().push(decision);
    }
    Ok(found)
}

/// Those of the reports of whose organisation the viewer sees the whole.
async fn seen_whole(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    reports: &HashSet<Uuid>,
) -> Result<HashSet<Uuid>> {
    if reports.is_empty() {
        return Ok(HashSet::new());
    }
    let mut rows = report::Entity::find_visible(&sight.row_by_row()).into_query();
    let key = Expr::col((report::Entity, report::Column::Id));
    rows.clear_selects()
        .column((report::Entity, report::Column::Id))
        .join(
            JoinType::InnerJoin,
            org_unit::Entity,
            Expr::col((org_unit::Entity, org_unit::Column::Id))
                .equals((report::Entity, report::Column::OrgUnitId)),
        )
        .and_where(among(connection.get_database_backend(), key, reports.iter().copied()))
        .and_where(
            (sight.row_by_row().published)
                .units((org_unit::Entity, org_unit::Column::OrganisationId)),
        );
    let found = connection.query_all(&rows).await?;
    found.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}
