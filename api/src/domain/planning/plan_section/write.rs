//! Makes, changes and removes chapters.

use chrono::{DateTime, Utc};
use entity::{
    planning::{plan, plan_section},
    vocabulary::NodeType,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::super::scope;
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        form::{CODE, Form, NAME, Sent},
        idempotency::Attempt,
        write::{Done, Edit},
    },
    error::Result,
};

/// The longest text of a chapter.
const CHAPTER: usize = 200_000;

/// What a caller sends of a chapter.
#[derive(Clone, Debug, Default)]
pub struct PlanSectionFields {
    /// The number.
    pub number: Sent<String>,
    /// The heading.
    pub heading: Sent<String>,
    /// The text, in Markdown.
    pub text: Sent<String>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes a chapter of a plan.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    fields: PlanSectionFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&plan, &fields);
    let mut write = match db.write_once(viewer, now, "planSectionCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let plan: plan::Model = write.find("plan", &plan).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let there = plan_section::Entity::find()
        .filter(plan_section::Column::PlanId.eq(plan.id))
        .count(write.connection())
        .await?;
    scope::refuse_more(there)?;
    let mut row = plan_section::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        number: None,
        heading: String::new(),
        text: String::new(),
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&mut row, &fields)?;
    let row = write.insert(&scope, row).await?;
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::PlanSection;
        let change = external_ref::replace(&write, &scope, node, row.id, refs).await?;
        write.amend(change);
    }
    write.commit(vec![row.id]).await
}

/// Changes a chapter.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: PlanSectionFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: plan_section::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", before.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut after = before.clone();
    let sent = fill(&mut after, &fields)?;
    let mut links = Vec::new();
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::PlanSection;
        links.extend(external_ref::replace(&write, &scope, node, before.id, refs).await?);
    }
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes a chapter.
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
    let row: plan_section::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", row.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let refs =
        external_ref::replace(&write, &scope, NodeType::PlanSection, row.id, Vec::new()).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

fn fill(row: &mut plan_section::Model, fields: &PlanSectionFields) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.mark("number", &mut row.number, fields.number.clone(), CODE);
    form.name("heading", &mut row.heading, fields.heading.clone(), NAME);
    let mut text = Some(std::mem::take(&mut row.text));
    // A chapter may be empty while it waits to be written: clearing its text leaves it so.
    form.text("text", &mut text, fields.text.clone(), CHAPTER);
    row.text = text.unwrap_or_default();
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    form.finish()
}
