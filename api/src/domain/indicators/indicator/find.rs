//! An indicator by what people type.

use entity::{indicators::indicator, sight::Sight, tracked::Visible as _};
use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _, QuerySelect as _};

use crate::error::{Error, Result};

/// The indicator with that code, in the organisations that the viewer sees.
///
/// # Errors
/// [`Error::BadInput`] when several of them use the code.
pub async fn by_code(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    code: &str,
) -> Result<Option<indicator::Model>> {
    // PostgreSQL keeps no NUL in a text, and so refuses to compare with one.
    if code.contains('\0') {
        return Ok(None);
    }
    let mut found = indicator::Entity::find_visible(sight)
        .filter(indicator::Column::Code.eq(code))
        .limit(2)
        .all(connection)
        .await?;
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(Error::BadInput("Several organisations use that code; ask by id.".to_owned())),
    }
}
