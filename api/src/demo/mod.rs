//! The demo: a real plan, and made-up data of any size for load.

mod budgets;
mod facts;
mod generate;
mod generate_figures;
mod generate_plans;
mod load;
mod measures;
mod reports;
mod rows;
mod size;

use entity::organisation::org_unit;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

pub use generate::generate;
pub use load::load;
pub use size::Size;

use crate::{db::Db, error::Result};

/// Whether there is no organisation yet.
///
/// # Errors
/// Whatever the database says.
pub async fn is_empty(db: &Db) -> Result<bool> {
    Ok(org_unit::Entity::find().count(db.reader()).await? == 0)
}
