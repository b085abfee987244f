//! Lets principals hold roles, and takes roles away, with a trace of each in the log of changes.

use entity::{
    access::role_grant,
    tracked::{Shown as _, reference},
    vocabulary::{ChangeKind, NodeType, PrincipalKind, Role},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

use crate::{
    domain::write::{FieldChange, Scope, Write},
    error::Result,
};

/// Whom a role is granted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// What it is.
    pub kind: PrincipalKind,
    /// Its subject or group.
    pub name: String,
}

/// Lets somebody hold a role on the scope's unit. When they do already, nothing changes.
///
/// # Errors
/// Whatever the database says.
pub async fn hold(
    write: &mut Write,
    scope: &Scope,
    holder: &Holder,
    role: Role,
) -> Result<role_grant::Model> {
    let held = role_grant::Entity::find()
        .filter(role_grant::Column::Principal.eq(holder.name.as_str()))
        .filter(role_grant::Column::PrincipalKind.eq(holder.kind))
        .filter(role_grant::Column::Role.eq(role))
        .filter(role_grant::Column::OrgUnitId.eq(scope.org_unit_id))
        .one(write.connection())
        .await?;
    if let Some(held) = held {
        return Ok(held);
    }
    let row = role_grant::Model {
        id: Uuid::now_v7(),
        principal: holder.name.clone(),
        principal_kind: holder.kind,
        role,
        org_unit_id: scope.org_unit_id,
    };
    role_grant::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(write.connection())
        .await?;
    log(write, scope, &row, ChangeKind::Created)?;
    Ok(row)
}

/// Takes one role away.
pub(super) async fn release(
    write: &mut Write,
    scope: &Scope,
    row: &role_grant::Model,
) -> Result<()> {
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::Id.eq(row.id))
        .exec(write.connection())
        .await?;
    log(write, scope, row, ChangeKind::Deleted)
}

/// Takes away all roles on a unit that is removed.
///
/// # Errors
/// Whatever the database says.
pub async fn forget(write: &mut Write, scope: &Scope, unit: Uuid) -> Result<()> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::OrgUnitId.eq(unit))
        .all(write.connection())
        .await?;
    // A statement that removes nothing would count as a change that the log does not tell of.
    if rows.is_empty() {
        return Ok(());
    }
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::OrgUnitId.eq(unit))
        .exec(write.connection())
        .await?;
    for row in &rows {
        log(write, scope, row, ChangeKind::Deleted)?;
    }
    Ok(())
}

fn log(write: &mut Write, scope: &Scope, row: &role_grant::Model, kind: ChangeKind) -> Result<()> {
    let values = [
        ("principal", row.principal.shown()),
        ("principalKind", row.principal_kind.shown()),
        ("role", row.role.shown()),
        ("orgUnit", reference(NodeType::OrgUnit, row.org_unit_id)),
    ];
    let fields = values.map(|(field, value)| {
        let (before, after) =
            if kind == ChangeKind::Deleted { (value, None) } else { (None, value) };
        FieldChange { field: field.to_owned(), before, after }
    });
    write.log_node(scope, NodeType::RoleGrant, row.id, 1, kind, fields.into())
}
