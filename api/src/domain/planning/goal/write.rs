//! Makes, changes and removes goals.

use chrono::{DateTime, Utc};
use entity::{
    indicators::goal_indicator,
    planning::{activity_goal, assignment, focus_area, goal, plan},
    vocabulary::NodeType,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::super::{basis, measured, scope};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        follow_up::assessment::release,
        form::{CODE, Form, NAME, Sent, TEXT},
        idempotency::Attempt,
        link::Pairs,
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of a goal.
#[derive(Clone, Debug, Default)]
pub struct GoalFields {
    /// The focus area.
    pub focus_area: Sent<String>,
    /// The superior goal.
    pub parent: Sent<String>,
    /// The number.
    pub number: Sent<String>,
    /// The name.
    pub name: Sent<String>,
    /// The description.
    pub description: Sent<String>,
    /// The indicators that tell whether it is met.
    pub indicators: Sent<Vec<String>>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

const INDICATORS: Pairs<goal_indicator::Entity> = Pairs {
    table: goal_indicator::Entity,
    owner: goal_indicator::Column::GoalId,
    member: goal_indicator::Column::IndicatorId,
};

/// Makes a goal in a plan.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    fields: GoalFields,
    key: Option<String>,
) -> Result<Done> {
    let mut write = match db.write_once(viewer, now, "goalCreate", key, &(&plan, &fields)).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let plan: plan::Model = write.find("plan", &plan).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut row = goal::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        focus_area_id: None,
        parent_id: None,
        number: None,
        name: String::new(),
        description: None,
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

/// Changes a goal.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: GoalFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: goal::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", before.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut after = before.clone();
    let sent = fill(&write, &mut after, &fields).await?;
    let links = set_links(&write, &scope, before.id, fields).await?;
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes a goal that nothing hangs under.
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
    let row: goal::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", row.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let connection = write.connection();
    let goals =
        goal::Entity::find().filter(goal::Column::ParentId.eq(row.id)).count(connection).await?;
    let assignments = assignment::Entity::find()
        .filter(assignment::Column::GoalId.eq(row.id))
        .count(connection)
        .await?;
    let activities = activity_goal::Entity::find()
        .filter(activity_goal::Column::GoalId.eq(row.id))
        .count(connection)
        .await?;
    if goals + assignments + activities > 0 {
        return Err(Problem::new(
            Code::InUse,
            "Mål, uppdrag eller aktiviteter hör till målet; flytta eller ta bort dem först.",
            "Goals, assignments or activities belong to this goal; move or remove them first.",
        )
        .at("id")
        .into());
    }
    let indicators =
        INDICATORS.replace(&write, "indicators", NodeType::Indicator, row.id, []).await?;
    let refs = external_ref::replace(&write, &scope, NodeType::Goal, row.id, Vec::new()).await?;
    release(&mut write, NodeType::Goal, row.id).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.amend(indicators);
    write.commit(vec![row.id]).await
}

async fn fill(
    write: &Write,
    row: &mut goal::Model,
    fields: &GoalFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.mark("number", &mut row.number, fields.number.clone(), CODE);
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.text("description", &mut row.description, fields.description.clone(), TEXT);
    if let Some(focus_area) = &fields.focus_area {
        form.note("focusArea");
        let focus_area: Option<focus_area::Model> =
            write.find_optional("focusArea", focus_area.as_deref()).await?;
        if let Some(focus_area) = &focus_area
            && !basis::works_with(write, row.plan_id, focus_area).await?
        {
            form.problem(basis::not_of_plan("focusArea"));
        }
        row.focus_area_id = focus_area.map(|focus_area| focus_area.id);
    }
    if let Some(parent) = &fields.parent {
        form.note("parent");
        let parent: Option<goal::Model> = write.find_optional("parent", parent.as_deref()).await?;
        if let Some(parent) = &parent {
            if !basis::is_based_on(write, row.plan_id, parent.plan_id).await? {
                form.problem(basis::not_of_plan("parent"));
            }
            if is_at_or_below(write, row.id, parent.clone()).await? {
                form.problem(basis::circle("parent"));
            }
        }
        row.parent_id = parent.map(|parent| parent.id);
    }
    for (field, sent) in [
        ("indicators", fields.indicators.is_some()),
        ("externalRefs", fields.external_refs.is_some()),
    ] {
        if sent {
            form.note(field);
        }
    }
    form.finish()
}

/// Whether `goal` is the one with that id, or breaks it down.
async fn is_at_or_below(write: &Write, id: Uuid, mut goal: goal::Model) -> Result<bool> {
    loop {
        if goal.id == id {
            return Ok(true);
        }
        let Some(parent) = goal.parent_id else { return Ok(false) };
        match goal::Entity::find_by_id(parent).one(write.connection()).await? {
            Some(parent) => goal = parent,
            None => return Ok(false),
        }
    }
}

async fn set_links(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    fields: GoalFields,
) -> Result<Vec<FieldChange>> {
    let mut changes = Vec::new();
    if let Some(indicators) = fields.indicators {
        let ids = measured::find(write, scope, &indicators.unwrap_or_default()).await?;
        changes
            .extend(INDICATORS.replace(write, "indicators", NodeType::Indicator, id, ids).await?);
    }
    if let Some(refs) = fields.external_refs {
        changes.extend(
            external_ref::replace(write, scope, NodeType::Goal, id, refs.unwrap_or_default())
                .await?,
        );
    }
    Ok(changes)
}
