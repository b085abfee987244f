//! Makes, changes and removes activities.

use chrono::{DateTime, Utc};
use entity::{
    planning::{activity, activity_goal, goal, plan, plan_basis},
    vocabulary::{ActivityKind, NodeType, ProgressStatus},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    super::{
        basis,
        responsibility::{self, Owner},
        scope,
    },
    fill::{ActivityFields, fill},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref,
        follow_up::assessment::release,
        idempotency::Attempt,
        link::{Pairs, find_all},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

const GOALS: Pairs<activity_goal::Entity> = Pairs {
    table: activity_goal::Entity,
    owner: activity_goal::Column::ActivityId,
    member: activity_goal::Column::GoalId,
};

/// Makes an activity in a plan, done by the plan's unit unless said.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    fields: ActivityFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&plan, &fields);
    let mut write = match db.write_once(viewer, now, "activityCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let plan: plan::Model = write.find("plan", &plan).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut row = activity::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        org_unit_id: plan.org_unit_id,
        kind: ActivityKind::Operations,
        assignment_id: None,
        name: String::new(),
        description: None,
        starts_on: None,
        due_on: None,
        status: ProgressStatus::NotStarted,
        percent_done: None,
        competence_category: None,
        follow_up_comment: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&write, &plan, &mut row, &fields).await?;
    let row = write.insert(&scope, row).await?;
    let links = set_links(&write, &scope, &row, fields).await?;
    write.amend(links);
    write.commit(vec![row.id]).await
}

/// Changes an activity.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: ActivityFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: activity::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", before.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut after = before.clone();
    let sent = fill(&write, &plan, &mut after, &fields).await?;
    let links = set_links(&write, &scope, &before, fields).await?;
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes an activity.
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
    let row: activity::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", row.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let goals = GOALS.replace(&write, "goals", NodeType::Goal, row.id, []).await?;
    let responsible =
        responsibility::replace(&write, &scope, Owner::Activity(row.id), Vec::new()).await?;
    let refs =
        external_ref::replace(&write, &scope, NodeType::Activity, row.id, Vec::new()).await?;
    release(&mut write, NodeType::Activity, row.id).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.amend(responsible);
    write.amend(goals);
    write.commit(vec![row.id]).await
}

async fn set_links(
    write: &Write,
    scope: &Scope,
    row: &activity::Model,
    fields: ActivityFields,
) -> Result<Vec<FieldChange>> {
    let mut changes = Vec::new();
    if let Some(goals) = fields.goals {
        let goals = find_goals(write, row.plan_id, &goals.unwrap_or_default()).await?;
        changes.extend(GOALS.replace(write, "goals", NodeType::Goal, row.id, goals).await?);
    }
    if let Some(responsible) = fields.responsible {
        let owner = Owner::Activity(row.id);
        let responsible = responsible.unwrap_or_default();
        changes.extend(responsibility::replace(write, scope, owner, responsible).await?);
    }
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        changes
            .extend(external_ref::replace(write, scope, NodeType::Activity, row.id, refs).await?);
    }
    Ok(changes)
}

/// Goals of the plan, or of one that it answers.
async fn find_goals(write: &Write, plan: Uuid, ids: &[String]) -> Result<Vec<Uuid>> {
    let goals = find_all::<goal::Model>(write, "goals", ids).await?;
    let chain: Vec<Uuid> = plan_basis::Entity::find()
        .select_only()
        .column(plan_basis::Column::BasisId)
        .filter(plan_basis::Column::PlanId.eq(plan))
        .into_tuple()
        .all(write.connection())
        .await?;
    if goals.iter().any(|goal| !chain.contains(&goal.plan_id)) {
        return Err(basis::not_of_plan("goals").into());
    }
    Ok(goals.into_iter().map(|goal| goal.id).collect())
}
