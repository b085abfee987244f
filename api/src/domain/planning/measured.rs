//! Which indicators tell about a goal or an assignment: those of its own organisation.

use entity::indicators::indicator;
use uuid::Uuid;

use crate::{
    domain::{
        link::find_all,
        problem::{Code, Problem},
        write::{Scope, Write},
    },
    error::Result,
};

/// The indicators that an input names.
///
/// # Errors
/// A problem for each id that names nothing that the caller sees; [`Code::Invalid`] for those of another organisation.
pub async fn find(write: &Write, scope: &Scope, ids: &[String]) -> Result<Vec<Uuid>> {
    let found = find_all::<indicator::Model>(write, "indicators", ids).await?;
    if found.iter().any(|indicator| indicator.organisation_id != scope.organisation_id) {
        return Err(Problem::new(
            Code::Invalid,
            "Indikatorn hör till en annan organisation.",
            "The indicator belongs to another organisation.",
        )
        .at("indicators")
        .into());
    }
    Ok(found.into_iter().map(|indicator| indicator.id).collect())
}
