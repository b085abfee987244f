//! Grants and revokes roles.

use chrono::{DateTime, Utc};
use entity::{
    access::role_grant,
    organisation::org_unit,
    tracked::Visible as _,
    vocabulary::{NodeType, PrincipalKind, Role},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::hold::{Holder, hold, release};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::sign_in,
        form::Form,
        problem::{Code, Problem},
        reference::key_of,
        write::{Done, Scope, Write},
    },
    error::{Error, Result},
};

/// The longest principal: as long as a token's subject may be.
const PRINCIPAL: usize = 255;

/// What a caller sends of a grant.
#[derive(Clone, Debug)]
pub struct RoleGrantFields {
    /// Subject or group.
    pub principal: String,
    /// What it is.
    pub principal_kind: PrincipalKind,
    /// What it may do.
    pub role: Role,
    /// Where.
    pub org_unit: String,
}

/// Grants a role on a unit that the caller administers. A role that is held already is answered as it is.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn grant(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    fields: RoleGrantFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let unit: org_unit::Model = write.find("orgUnit", &fields.org_unit).await?;
    write.require(Action::Administer, unit.id).await?;
    let mut name = String::new();
    let mut form = Form::default();
    form.name("principal", &mut name, Some(Some(fields.principal)), PRINCIPAL);
    form.finish()?;
    let holder = Holder { kind: fields.principal_kind, name };
    let row = hold(&mut write, &scope(&unit), &holder, fields.role).await?;
    let done = write.commit(vec![row.id]).await?;
    sign_in::renew(db, viewer).await;
    Ok(done)
}

/// Revokes a role on a unit that the caller administers.
///
/// # Errors
/// [`Code::NotAllowedInState`] for the last administrator of an organisation.
pub async fn revoke(db: &Db, viewer: &Viewer, now: DateTime<Utc>, id: &str) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let key = key_of(NodeType::RoleGrant, id).map_err(|problem| problem.at("id"))?;
    let row = role_grant::Entity::find_visible(write.sight()?)
        .filter(role_grant::Column::Id.eq(key))
        .one(write.connection())
        .await?
        .ok_or_else(|| Problem::not_found("id"))?;
    write.require(Action::Administer, row.org_unit_id).await?;
    let unit = org_unit::Entity::find_by_id(row.org_unit_id)
        .one(write.connection())
        .await?
        .ok_or_else(|| Error::internal("a grant without unit"))?;
    if is_last_administrator(&write, &unit, &row).await? {
        return Err(Problem::new(
            Code::NotAllowedInState,
            "Organisationens sista administratör kan inte tas bort; ge rollen till någon annan först.",
            "An organisation's last administrator cannot be removed; grant the role to somebody else first.",
        )
        .at("id")
        .into());
    }
    release(&mut write, &scope(&unit), &row).await?;
    let done = write.commit(vec![row.id]).await?;
    sign_in::renew(db, viewer).await;
    Ok(done)
}

async fn is_last_administrator(
    write: &Write,
    unit: &org_unit::Model,
    row: &role_grant::Model,
) -> Result<bool> {
    if unit.parent_id.is_some() || row.role != Role::Admin {
        return Ok(false);
    }
    let others = role_grant::Entity::find()
        .filter(role_grant::Column::OrgUnitId.eq(unit.id))
        .filter(role_grant::Column::Role.eq(Role::Admin))
        .filter(role_grant::Column::Id.ne(row.id))
        .count(write.connection())
        .await?;
    Ok(others == 0)
}

fn scope(unit: &org_unit::Model) -> Scope {
    Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft: false }
}
