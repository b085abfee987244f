//! From a good token to a viewer: one statement brings all that was granted.

use entity::{
    access::role_grant,
    vocabulary::{ActorKind, PrincipalKind},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::{
    access::viewer::{Language, Principal, Viewer},
    db::Db,
    error::Result,
};

/// The viewer that a token speaks for; without one, an anonymous caller.
///
/// # Errors
/// Whatever the database says.
pub async fn viewer(
    db: &Db,
    principal: Option<Principal>,
    public_read: bool,
    language: Language,
) -> Result<Viewer> {
    let Some(principal) = principal else { return Ok(Viewer::anonymous(public_read, language)) };
    let grants = grants(db.reader(), &principal).await?;
    Ok(Viewer::new(principal, grants, public_read, language))
}

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

/// All that was granted to a principal, by itself or through groups.
async fn grants(
    connection: &impl ConnectionTrait,
    principal: &Principal,
) -> Result<Vec<role_grant::Model>> {
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
    Ok(role_grant::Entity::find()
        .filter(held)
        .order_by_asc(role_grant::Column::Id)
        .all(connection)
        .await?)
}
