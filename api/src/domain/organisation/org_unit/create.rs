//! Makes units and organisations.

use chrono::{DateTime, Utc};
use entity::{
    organisation::org_unit,
    vocabulary::{ActorKind, OrgUnitKind, PrincipalKind, Role},
};
use uuid::Uuid;

use super::{
    fields::{OrgUnitFields, fill, scope, set_refs},
    tree,
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::{
            role_grant::{self, Holder},
            sign_in,
        },
        form::Form,
        idempotency::Attempt,
        write::{Done, Write},
    },
    error::{Error, Result},
};

/// Makes a unit: under a parent that the caller administers, or, by an operator, a new organisation, of which
/// the caller becomes an administrator.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    fields: OrgUnitFields,
    key: Option<String>,
) -> Result<Done> {
    let mut write = match db.write_once(viewer, now, "orgUnitCreate", key, &fields).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let id = Uuid::now_v7();
    let parent = find_parent(&write, &fields).await?;
    let mut row = org_unit::Model {
        id,
        organisation_id: parent.as_ref().map_or(id, |parent| parent.organisation_id),
        parent_id: parent.as_ref().map(|parent| parent.id),
        code: String::new(),
        name: String::new(),
        kind: OrgUnitKind::Unit,
        active_from: None,
        active_to: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    let mut form = Form::default();
    fill(&write, &mut form, &mut row, &fields).await?;
    form.finish()?;
    let scope = scope(&row);
    let row = write.insert(&scope, row).await?;
    tree::plant(&write, row.id, row.parent_id).await?;
    let refs = set_refs(&write, &scope, &row, fields.external_refs).await?;
    write.amend(refs);
    if row.parent_id.is_none()
        && let Some(founder) = founder(viewer)?
    {
        role_grant::hold(&mut write, &scope, &founder, Role::Admin).await?;
    }
    let done = write.commit(vec![row.id]).await?;
    if row.parent_id.is_none() {
        sign_in::renew(db, viewer).await;
    }
    Ok(done)
}

async fn find_parent(write: &Write, fields: &OrgUnitFields) -> Result<Option<org_unit::Model>> {
    let parent: Option<org_unit::Model> = write
        .find_optional("parent", fields.parent.as_ref().and_then(|parent| parent.as_deref()))
        .await?;
    match &parent {
        Some(parent) => write.require(Action::Administer, parent.id).await?,
        None if !write.viewer().is_operator() => {
            return Err(Error::Forbidden("Only operators make new organisations.".to_owned()));
        }
        None => {}
    }
    Ok(parent)
}

/// Who becomes the first administrator: nobody for Rödtråd itself, which may do everything anyhow.
fn founder(viewer: &Viewer) -> Result<Option<Holder>> {
    let principal = viewer.principal()?;
    let kind = match principal.kind {
        ActorKind::User => PrincipalKind::User,
        ActorKind::Service => PrincipalKind::Service,
        ActorKind::System => return Ok(None),
    };
    Ok(Some(Holder { kind, name: principal.subject.clone() }))
}
