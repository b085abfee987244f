//! What units say of their outcomes.

use std::collections::HashMap;

use entity::{indicators::outcome, sight::Sight, tracked::Visible as _};
use sea_orm::{ConnectionTrait, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, indicators::figure::Figure},
    error::Result,
};

/// What units say of the outcomes behind these figures, by the outcomes' keys, but of those whose values are kept from the
/// viewer: one statement, none for none.
///
/// # Errors
/// Whatever the database says.
pub async fn comments(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    figures: &[&Figure],
) -> Result<HashMap<Uuid, String>> {
    let open: Vec<Uuid> = figures
        .iter()
        .filter_map(|figure| match figure {
            Figure::Own(own) if !own.hidden => Some(own.id),
            _ => None,
        })
        .collect();
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let key = Expr::col((outcome::Entity, outcome::Column::Id));
    let rows = outcome::Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), key, open))
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.comment?))).collect())
}
