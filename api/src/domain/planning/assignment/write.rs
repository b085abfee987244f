//! Makes, changes and removes assignments.

use chrono::{DateTime, Utc};
use entity::{
    indicators::assignment_indicator,
    planning::{activity, assignment, plan},
    vocabulary::{NodeType, ProgressStatus},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    super::{
        measured,
        responsibility::{self, Owner},
        scope,
    },
    fill::{AssignmentFields, fill},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref,
        follow_up::assessment::release,
        idempotency::Attempt,
        link::Pairs,
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

const INDICATORS: Pairs<assignment_indicator::Entity> = Pairs {
    table: assignment_indicator::Entity,
    owner: assignment_indicator::Column::AssignmentId,
    member: assignment_indicator::Column::IndicatorId,
};

/// Makes an assignment in a plan.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    fields: AssignmentFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&plan, &fields);
    let mut write = match db.write_once(viewer, now, "assignmentCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let plan: plan::Model = write.find("plan", &plan).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut row = assignment::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        focus_area_id: None,
        goal_id: None,
        parent_id: None,
        number: None,
        name: String::new(),
        description: None,
        cascades: None,
        starts_on: None,
        ends_on: None,
        status: ProgressStatus::NotStarted,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&write, &mut row, &fields).await?;
    let row = write.insert(&scope, row).await?;
    let links = set_links(&write, &scope, row.id, fields).await?;
    write.amend(links);
    write.commit(vec![row.id]).await
}

/// Changes an assignment.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: AssignmentFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: assignment::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", before.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut after = before.clone();
    let sent = fill(&write, &mut after, &fields).await?;
    let links = set_links(&write, &scope, before.id, fields).await?;
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes an assignment that nothing hangs under.
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
    let row: assignment::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", row.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let connection = write.connection();
    let parts = assignment::Entity::find()
        .filter(assignment::Column::ParentId.eq(row.id))
        .count(connection)
        .await?;
    let activities = activity::Entity::find()
        .filter(activity::Column::AssignmentId.eq(row.id))
        .count(connection)
        .await?;
    if parts + activities > 0 {
        return Err(Problem::new(
            Code::InUse,
            "Deluppdrag eller aktiviteter hör till uppdraget; flytta eller ta bort dem först.",
            "Assignments or activities belong to this assignment; move or remove them first.",
        )
        .at("id")
        .into());
    }
    let indicators =
        INDICATORS.replace(&write, "indicators", NodeType::Indicator, row.id, []).await?;
    let responsible =
        responsibility::replace(&write, &scope, Owner::Assignment(row.id), Vec::new()).await?;
    let refs =
        external_ref::replace(&write, &scope, NodeType::Assignment, row.id, Vec::new()).await?;
    release(&mut write, NodeType::Assignment, row.id).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.amend(responsible);
    write.amend(indicators);
    write.commit(vec![row.id]).await
}

async fn set_links(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    fields: AssignmentFields,
) -> Result<Vec<FieldChange>> {
    let mut changes = Vec::new();
    if let Some(responsible) = fields.responsible {
        let owner = Owner::Assignment(id);
        let responsible = responsible.unwrap_or_default();
        changes.extend(responsibility::replace(write, scope, owner, responsible).await?);
    }
    if let Some(indicators) = fields.indicators {
        let ids = measured::find(write, scope, &indicators.unwrap_or_default()).await?;
        changes
            .extend(INDICATORS.replace(write, "indicators", NodeType::Indicator, id, ids).await?);
    }
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        changes.extend(external_ref::replace(write, scope, NodeType::Assignment, id, refs).await?);
    }
    Ok(changes)
}
