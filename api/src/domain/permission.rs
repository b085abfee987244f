//! On which units somebody may do something: the only question about permissions that touches the database.

use std::collections::HashSet;

use entity::{organisation::org_unit_closure as closure, sight::Reach};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    access::{policy::Action, viewer::Viewer},
    error::Result,
};

/// Those of `units` on which the viewer may do that.
///
/// # Errors
/// Whatever the database says.
pub async fn allowed(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    action: Action,
    units: &[Uuid],
) -> Result<HashSet<Uuid>> {
    reached(connection, viewer.reach(action), units).await
}

/// Those of `units` that are reached.
///
/// # Errors
/// Whatever the database says.
pub async fn reached(
    connection: &impl ConnectionTrait,
    reach: Reach,
    units: &[Uuid],
) -> Result<HashSet<Uuid>> {
    let under = match reach {
        Reach::Everything => return Ok(units.iter().copied().collect()),
        Reach::Under(under) | Reach::Each(under) if under.is_empty() || units.is_empty() => {
            return Ok(HashSet::new());
        }
        Reach::Under(under) | Reach::Each(under) => under,
    };
    let found: Vec<Uuid> = closure::Entity::find()
        .select_only()
        .column(closure::Column::DescendantId)
        .distinct()
        .filter(closure::Column::DescendantId.is_in(units.iter().copied()))
        .filter(closure::Column::AncestorId.is_in(under))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found.into_iter().collect())
}
