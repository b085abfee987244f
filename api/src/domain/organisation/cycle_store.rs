//! The reporting cycles that organisations have set, read back.

use std::{collections::HashMap, sync::Arc};

use entity::{organisation::reporting_period, sight::Sight};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::cycle::CycleSetting;
use crate::error::{Error, Result};

/// What organisations in which the viewer sees anything have set, one statement however many. An organisation
/// that has set nothing has an empty list.
///
/// # Errors
/// Whatever the database says.
pub async fn settings(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    organisations: &[Uuid],
) -> Result<HashMap<Uuid, Arc<Vec<CycleSetting>>>> {
    let rows = reporting_period::Entity::find()
        .filter(reporting_period::Column::OrganisationId.is_in(organisations.iter().copied()))
        .filter(sight.organisations(reporting_period::Column::OrganisationId))
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<CycleSetting>> =
        organisations.iter().map(|organisation| (*organisation, Vec::new())).collect();
    for row in rows {
        let organisation = row.organisation_id;
        found.entry(organisation).or_default().push(setting(row)?);
    }
    Ok(found
        .into_iter()
        .map(|(organisation, settings)| (organisation, Arc::new(settings)))
        .collect())
}

fn setting(row: reporting_period::Model) -> Result<CycleSetting> {
    let reporting_period::Model { organisation_id: _, year, kind, label, end_month, due_on } = row;
    let end_month = u32::try_from(end_month).map_err(Error::internal)?;
    Ok(CycleSetting { year, kind, label, end_month, due_on })
}
