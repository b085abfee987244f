//! From a good token to what it may see: one statement brings all that was granted.

use entity::{
    access::role_grant,
    organisation::org_unit,
    vocabulary::{ActorKind, PrincipalKind},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;

use crate::{
    access::viewer::{Principal, Viewer},
    db::Db,
    error::Result,
};

/// The same viewer with what is granted now: whoever waited for the turn to write may have lost a role meanwhile.
///
/// # Errors
/// Whatever the database says.
pub async fn again(connection: &impl ConnectionTrait, viewer: &Viewer) -> Result<Viewer> {
    let principal = viewer.principal()?;
    if principal.kind == ActorKind::System {
        return Ok(viewer.clone());
    }
    Ok(viewer.with(grants(connection, principal).await?))
}

/// Lets a change of grants hold for the viewer in the same operation. The change is committed: when what is granted
/// cannot be read now, the viewer sees what it saw before, and the mutation has still succeeded.
pub async fn renew(db: &Db, viewer: &Viewer) {
    match again(db.reader(), viewer).await {
        Ok(renewed) => viewer.renew(renewed.grants().to_vec()),
        Err(error) => tracing::warn!(?error, "grants could not be read again"),
    }
}

/// What a principal holds.
pub struct Held {
    /// All that was granted to it, by itself or through groups.
    pub grants: Vec<role_grant::Model>,
    /// The organisations that the grants lie in.
    pub organisations: Vec<Uuid>,
    /// Whether it reaches all of each of them, by a grant on its topmost unit, which stays that.
    pub whole: bool,
}

/// All that was granted to a principal.
///
/// # Errors
/// Whatever the database says.
pub async fn held(connection: &impl ConnectionTrait, principal: &Principal) -> Result<Held> {
    let units = role_grant::Entity::belongs_to(org_unit::Entity)
        .from(role_grant::Column::OrgUnitId)
        .to(org_unit::Column::Id)
        .into();
    let found: Vec<(role_grant::Model, Option<org_unit::Model>)> = granted(principal)
        .select_also(org_unit::Entity)
        .join(JoinType::InnerJoin, units)
        .all(connection)
        .await?;
    let mut organisations: Vec<Uuid> =
        found.iter().filter_map(|(_, unit)| Some(unit.as_ref()?.organisation_id)).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let units = || found.iter().filter_map(|(_, unit)| unit.as_ref());
    let reaches_all = |organisation: &Uuid| {
        units().any(|unit| unit.parent_id.is_none() && unit.organisation_id == *organisation)
    };
    Ok(Held {
        whole: organisations.iter().all(reaches_all),
        grants: found.into_iter().map(|(grant, _)| grant).collect(),
        organisations,
    })
}

/// The grants alone.
async fn grants(
    connection: &impl ConnectionTrait,
    principal: &Principal,
) -> Result<Vec<role_grant::Model>> {
    Ok(granted(principal).all(connection).await?)
}

fn granted(principal: &Principal) -> Select<role_grant::Entity> {
    let kind = match principal.kind {
        ActorKind::Service => PrincipalKind::Service,
        ActorKind::User | ActorKind::System => PrincipalKind::User,
    };
    let itself = Condition::all()
        .add(role_grant::Column::PrincipalKind.eq(kind))
        .add(role_grant::Column::Principal.eq(principal.subject.as_str()));
    let groups = Condition::all()
        .add(role_grant::Column::PrincipalKind.eq(PrincipalKind::Group))
        .add(role_grant::Column::Principal.is_in(principal.groups.iter().map(String::as_str)));
    let held =
        if principal.groups.is_empty() { itself } else { Condition::any().add(itself).add(groups) };
    role_grant::Entity::find().filter(held).order_by_asc(role_grant::Column::Id)
}
