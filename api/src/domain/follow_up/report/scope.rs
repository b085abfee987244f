//! Whose roles count for a report.

use entity::{follow_up::report, organisation::org_unit, vocabulary::ReportStatus};
use sea_orm::EntityTrait as _;

use crate::{
    domain::write::{Scope, Write},
    error::{Error, Result},
};

/// Whose roles count for a report, and whether it is a draft.
///
/// # Errors
/// Whatever the database says.
pub async fn scope(write: &Write, report: &report::Model) -> Result<Scope> {
    let unit = org_unit::Entity::find_by_id(report.org_unit_id)
        .one(write.connection())
        .await?
        .ok_or_else(|| Error::internal("a report without unit"))?;
    Ok(Scope {
        organisation_id: unit.organisation_id,
        org_unit_id: unit.id,
        draft: report.status != ReportStatus::Approved,
    })
}
