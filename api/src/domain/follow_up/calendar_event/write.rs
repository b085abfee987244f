//! Makes, changes and removes events.

use chrono::{DateTime, Utc};
use entity::{
    follow_up::calendar_event,
    organisation::org_unit,
    vocabulary::{CalendarEventKind, NodeType},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    fields::{CalendarEventFields, fill},
    wheel::{in_any, years_of},
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        form::Sent,
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// The most events that people put into a unit's wheel of one year, which is read whole.
const MOST: usize = 200;

/// Makes an event of a unit.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    org_unit: String,
    fields: CalendarEventFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&org_unit, &fields);
    let mut write = match db.write_once(viewer, now, "calendarEventCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    write.require(Action::Administer, unit.id).await?;
    let today = now.date_naive();
    let mut row = calendar_event::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit.id,
        name: String::new(),
        starts_on: today,
        due_on: today,
        kind: CalendarEventKind::Other,
        period_year: None,
        period_kind: None,
        plan_id: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&write, &mut row, &fields).await?;
    refuse_full(&write, None, &row, "orgUnit").await?;
    let scope = scope(&unit);
    let row = write.insert(&scope, row).await?;
    let refs = set_refs(&write, &scope, row.id, fields.external_refs).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

/// Changes an event. Its unit stays.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: CalendarEventFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: calendar_event::Model = write.find("id", id).await?;
    write.require(Action::Administer, before.org_unit_id).await?;
    let unit: org_unit::Model = write.find_key("id", before.org_unit_id).await?;
    // From now on it is somebody's own, and does not go with a plan.
    let mut after = calendar_event::Model { plan_id: None, ..before.clone() };
    let sent = fill(&write, &mut after, &fields).await?;
    let moved_by = ["period", "startsOn"].into_iter().find(|field| sent.contains(field));
    refuse_full(&write, Some(&before), &after, moved_by.unwrap_or("dueOn")).await?;
    let scope = scope(&unit);
    let refs = set_refs(&write, &scope, before.id, fields.external_refs).await?;
    let edit = Edit { version, sent };
    write.update(&scope, &before, after, refs.into_iter().collect(), &edit).await?;
    write.commit(vec![before.id]).await
}

/// Removes an event.
///
/// # Errors
/// That it has changed, or that the caller may not.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: calendar_event::Model = write.find("id", id).await?;
    write.require(Action::Administer, row.org_unit_id).await?;
    let unit: org_unit::Model = write.find_key("id", row.org_unit_id).await?;
    let scope = scope(&unit);
    let refs = set_refs(&write, &scope, row.id, Some(None)).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

fn scope(unit: &org_unit::Model) -> Scope {
    Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft: false }
}

async fn set_refs(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    refs: Sent<Vec<ExternalId>>,
) -> Result<Option<FieldChange>> {
    let Some(refs) = refs else { return Ok(None) };
    external_ref::replace(write, scope, NodeType::CalendarEvent, id, refs.unwrap_or_default()).await
}

/// Keeps a wheel short, which is read whole: no event comes into one that is full.
async fn refuse_full(
    write: &Write,
    before: Option<&calendar_event::Model>,
    after: &calendar_event::Model,
    field: &'static str,
) -> Result<()> {
    let mut years = years_of(after);
    let known = before.map(years_of).unwrap_or_default();
    years.retain(|year| !known.contains(year));
    if years.is_empty() {
        return Ok(());
    }
    let others = calendar_event::Entity::find()
        .filter(calendar_event::Column::OrgUnitId.eq(after.org_unit_id))
        .filter(calendar_event::Column::Id.ne(after.id))
        .filter(in_any(years.iter().copied()))
        .all(write.connection())
        .await?;
    let there = |year: i32| others.iter().filter(|other| years_of(other).contains(&year)).count();
    match years.into_iter().find(|year| there(*year) >= MOST) {
        None => Ok(()),
        Some(full) => Err(Problem::new(
            Code::Invalid,
            format!(
                "Enhetens årshjul för {full} har redan {MOST} händelser, fler kan det inte ha."
            ),
            format!(
                "The unit's calendar of {full} has {MOST} events already, and can have no more."
            ),
        )
        .at(field)
        .into()),
    }
}
