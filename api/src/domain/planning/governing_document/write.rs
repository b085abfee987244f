//! Makes, changes and removes governing documents.

use chrono::{DateTime, Utc};
use entity::{
    planning::{governing_document, plan},
    vocabulary::{GoverningDocumentKind, NodeType},
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

/// What a caller sends of a governing document.
#[derive(Clone, Debug, Default)]
pub struct GoverningDocumentFields {
    /// The title.
    pub title: Sent<String>,
    /// What sort of document.
    pub kind: Sent<GoverningDocumentKind>,
    /// Who decided it.
    pub decided_by: Sent<String>,
    /// When: a year, a month or a day.
    pub decided_on: Sent<String>,
    /// The registry number.
    pub registry_number: Sent<String>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes a governing document of a plan.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    fields: GoverningDocumentFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&plan, &fields);
    let mut write = match db.write_once(viewer, now, "governingDocumentCreate", key, &input).await?
    {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let plan: plan::Model = write.find("plan", &plan).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let there = governing_document::Entity::find()
        .filter(governing_document::Column::PlanId.eq(plan.id))
        .count(write.connection())
        .await?;
    scope::refuse_more(there)?;
    let mut row = governing_document::Model {
        id: Uuid::now_v7(),
        plan_id: plan.id,
        title: String::new(),
        kind: GoverningDocumentKind::Other,
        decided_by: None,
        decided_on: None,
        registry_number: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&mut row, &fields)?;
    let row = write.insert(&scope, row).await?;
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::GoverningDocument;
        let change = external_ref::replace(&write, &scope, node, row.id, refs).await?;
        write.amend(change);
    }
    write.commit(vec![row.id]).await
}

/// Changes a governing document.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: GoverningDocumentFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: governing_document::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", before.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let mut after = before.clone();
    let sent = fill(&mut after, &fields)?;
    let mut links = Vec::new();
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::GoverningDocument;
        links.extend(external_ref::replace(&write, &scope, node, before.id, refs).await?);
    }
    write.update(&scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes a governing document.
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
    let row: governing_document::Model = write.find("id", id).await?;
    let plan: plan::Model = write.find_key("id", row.plan_id).await?;
    let scope = scope::for_writing(&write, &plan).await?;
    let refs =
        external_ref::replace(&write, &scope, NodeType::GoverningDocument, row.id, Vec::new())
            .await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

fn fill(
    row: &mut governing_document::Model,
    fields: &GoverningDocumentFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.name("title", &mut row.title, fields.title.clone(), NAME);
    form.set("kind", &mut row.kind, fields.kind);
    form.mark("decidedBy", &mut row.decided_by, fields.decided_by.clone(), NAME);
    form.optional("decidedOn", &mut row.decided_on, fields.decided_on.clone());
    form.mark("registryNumber", &mut row.registry_number, fields.registry_number.clone(), CODE);
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    form.finish()
}
