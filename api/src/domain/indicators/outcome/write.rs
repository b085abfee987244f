//! Records, changes and removes one outcome.

use chrono::{DateTime, Utc};
use entity::{
    indicators::{indicator, outcome},
    node_id,
    organisation::org_unit,
    vocabulary::NodeType,
};
use uuid::Uuid;

use super::{
    fields::{OutcomeFields, OutcomeKey, blank, measured, scope},
    record::{lock, locked, touched},
    secret::hidden_changes,
    stored::{RowKey, by_keys},
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::external_ref,
        follow_up::report::lock::handed_in,
        form::Sent,
        idempotency::Attempt,
        indicators::{bulk::foreign, guard},
        organisation::period::Period,
        problem::{Code, LockReason, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// Records an outcome where there is none.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    outcome: OutcomeKey,
    mut fields: OutcomeFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&outcome, &fields);
    let mut write = match db.write_once(viewer, now, "outcomeCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let indicator: indicator::Model = write.find("indicator", &outcome.indicator).await?;
    let unit: org_unit::Model = write.find("orgUnit", &outcome.org_unit).await?;
    write.require(Action::Report, unit.id).await?;
    if indicator.organisation_id != unit.organisation_id {
        return Err(foreign().into());
    }
    let period = measured(outcome.period, &indicator, now.date_naive())?;
    let key = RowKey { indicator: indicator.id, unit: unit.id, period, gender: outcome.gender };
    if !by_keys(write.connection(), &[key]).await?.is_empty() {
        return Err(Problem::new(
            Code::Duplicate,
            "Enheten har redan ett utfall för perioden; ändra det.",
            "The unit already has an outcome for the period; change that one.",
        )
        .at("period")
        .into());
    }
    refuse_locked(&write, None, unit.id, period).await?;
    let mut row = blank(key, now, write.actor_id());
    fields.fill(&mut row, &indicator)?;
    let scope = scope(&unit, &row);
    let row = write.insert(&scope, row).await?;
    let refs = set_refs(&write, &scope, row.id, fields.external_refs.take()).await?;
    write.amend(refs);
    guard::refresh(&mut write, touched(&row)?).await?;
    write.commit(vec![row.id]).await
}

/// Changes an outcome.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    mut fields: OutcomeFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let (before, unit) = find(&write, id).await?;
    let indicator: indicator::Model = write.find_key("id", before.indicator_id).await?;
    let scope = scope(&unit, &before);
    let mut after = before.clone();
    let sent = fields.fill(&mut after, &indicator)?;
    let links: Vec<FieldChange> = hidden_changes(&before, &after)
        .into_iter()
        .chain(set_refs(&write, &scope, before.id, fields.external_refs.take()).await?)
        .collect();
    if before != after || !links.is_empty() {
        refuse_locked(&write, Some(&before), unit.id, super::period_of(&before)?).await?;
    }
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    guard::refresh(&mut write, touched(&before)?).await?;
    write.commit(vec![before.id]).await
}

/// Removes an outcome whose report is not approved.
///
/// # Errors
/// That the caller may not, or that the outcome is locked.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let (row, unit) = find(&write, id).await?;
    refuse_locked(&write, Some(&row), unit.id, super::period_of(&row)?).await?;
    let scope = scope(&unit, &row);
    let refs = external_ref::replace(&write, &scope, NodeType::Outcome, row.id, Vec::new()).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    guard::refresh(&mut write, touched(&row)?).await?;
    write.commit(vec![row.id]).await
}

/// Refuses to change an outcome, or to make one, when the report of its period was handed in.
async fn refuse_locked(
    write: &Write,
    before: Option<&outcome::Model>,
    unit: Uuid,
    period: Period,
) -> Result<()> {
    let handed_in = handed_in(write.connection(), [(unit, period)]).await?;
    let field = if before.is_some() { "id" } else { "period" };
    match lock(&handed_in, before, unit, period) {
        Some(reason) => Err(locked(reason).at(field).into()),
        None => Ok(()),
    }
}

/// An outcome that the caller may change, and its unit.
async fn find(write: &Write, id: &str) -> Result<(outcome::Model, org_unit::Model)> {
    if node_id::decode_with(id)
        .is_some_and(|(node, _, rest)| node == NodeType::Outcome && !rest.is_empty())
    {
        return Err(Problem::locked(LockReason::Derived).at("id").into());
    }
    let row: outcome::Model = write.find("id", id).await?;
    let unit: org_unit::Model = write.find_key("id", row.org_unit_id).await?;
    write.require(Action::Report, unit.id).await?;
    Ok((row, unit))
}

async fn set_refs(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    refs: Sent<Vec<external_ref::ExternalId>>,
) -> Result<Option<FieldChange>> {
    match refs {
        Some(refs) => {
            external_ref::replace(write, scope, NodeType::Outcome, id, refs.unwrap_or_default())
                .await
        }
        None => Ok(None),
    }
}
