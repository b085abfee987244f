//! Makes, changes and removes focus areas.

use chrono::{DateTime, Utc};
use entity::{
    planning::{assignment, focus_area, goal, plan},
    vocabulary::{FocusAreaOrigin, NodeType},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::super::scope;
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        follow_up::assessment::release,
        form::{CODE, Form, NAME, Sent, TEXT},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, Edit, Write},
    },
    error::Result,
};

/// What a caller sends of a focus area.
#[derive(Clone, Debug, Default)]
pub struct FocusAreaFields {
    /// The number.
    pub number: Sent<String>,
    /// The name.
    pub name: Sent<String>,
    /// The description.
    pub description: Sent<String>,
    /// The council's, or the plan's own.
    pub origin: Sent<FocusAreaOrigin>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes a focus area in a plan.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    fields: FocusAreaFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&plan, &fields);
    let mut write = match db.write_once(viewer, now, "focusAreaCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let plan: plan::Model = write.find("plan", &plan).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut row = focus_area::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        number: None,
        name: String::new(),
        description: None,
        origin: FocusAreaOrigin::Own,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&write, &mut row, &fields).await?;
    let row = write.insert(&scope, row).await?;
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::FocusArea;
        let change = external_ref::replace(&write, &scope, node, row.id, refs).await?;
        write.amend(change);
    }
    write.commit(vec![row.id]).await
}

/// Changes a focus area.
///
/// # Errors
/// What is wrong with the input, or that the caller may not; [`Code::InUse`] when plans below work with one that would
/// no longer be the council's.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: FocusAreaFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: focus_area::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", before.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut after = before.clone();
    let sent = fill(&write, &mut after, &fields).await?;
    let mut links = Vec::new();
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::FocusArea;
        links.extend(external_ref::replace(&write, &scope, node, before.id, refs).await?);
    }
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes a focus area that nothing hangs under.
///
/// # Errors
/// [`Code::InUse`] while something does.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: focus_area::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", row.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    if users(&write, row.id, None).await? > 0 {
        return Err(Problem::new(
            Code::InUse,
            "Mål eller uppdrag hör till fokusområdet; flytta eller ta bort dem först.",
            "Goals or assignments belong to this focus area; move or remove them first.",
        )
        .at("id")
        .into());
    }
    let refs =
        external_ref::replace(&write, &scope, NodeType::FocusArea, row.id, Vec::new()).await?;
    release(&mut write, NodeType::FocusArea, row.id).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

async fn fill(
    write: &Write,
    row: &mut focus_area::Model,
    fields: &FocusAreaFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.mark("number", &mut row.number, fields.number.clone(), CODE);
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.text("description", &mut row.description, fields.description.clone(), TEXT);
    let before = row.origin;
    form.set("origin", &mut row.origin, fields.origin);
    if before == FocusAreaOrigin::Council
        && row.origin == FocusAreaOrigin::Own
        && users(write, row.id, Some(row.plan_id)).await? > 0
    {
        form.problem(
            Problem::new(
                Code::InUse,
                "Andra planer arbetar med fokusområdet.",
                "Other plans work with this focus area.",
            )
            .at("origin"),
        );
    }
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    form.finish()
}

/// How many goals and assignments, of all plans but one, are under a focus area.
async fn users(write: &Write, focus_area: Uuid, but: Option<Uuid>) -> Result<u64> {
    let mut goals = goal::Entity::find().filter(goal::Column::FocusAreaId.eq(focus_area));
    let mut assignments =
        assignment::Entity::find().filter(assignment::Column::FocusAreaId.eq(focus_area));
    if let Some(plan) = but {
        goals = goals.filter(goal::Column::PlanId.ne(plan));
        assignments = assignments.filter(assignment::Column::PlanId.ne(plan));
    }
    Ok(goals.count(write.connection()).await? + assignments.count(write.connection()).await?)
}
