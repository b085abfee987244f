//! Statements that are the same each time but for the keys that they are about, kept as they were built: putting the
//! words of a statement together is as much work as reading a dozen rows.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use entity::sight::Sight;
use sea_orm::{
    DbBackend, Statement,
    sea_query::{SelectStatement, Value, Values},
};
use uuid::Uuid;

/// The most that are kept. There are some for each list and sight.
const MOST: usize = 2_000;

/// What tells statements apart.
#[derive(PartialEq, Eq, Hash)]
pub struct Mark {
    /// The table.
    pub table: TypeId,
    /// What is asked of it.
    pub what: &'static str,
    /// How many rows.
    pub size: u64,
    /// Whether the last ones.
    pub backwards: bool,
    /// Whether all are counted.
    pub counted: bool,
    /// Who asks.
    pub sight: Sight,
}

static KEPT: LazyLock<RwLock<HashMap<Mark, Statement>>> = LazyLock::new(RwLock::default);

/// The statement of that mark about these keys. `build` makes it for any keys; those are its only array, so that it can be
/// kept where keys are sent as one: on PostgreSQL.
///
/// # Errors
/// What `build` says.
pub fn statement<E>(
    backend: DbBackend,
    mark: impl FnOnce() -> Mark,
    keys: &[Uuid],
    build: impl FnOnce() -> Result<SelectStatement, E>,
) -> Result<Statement, E> {
    if backend != DbBackend::Postgres {
        return Ok(backend.build(&build()?));
    }
    let mark = mark();
    if let Some(kept) = KEPT.read().unwrap_or_else(PoisonError::into_inner).get(&mark) {
        let mut statement = kept.clone();
        let asked = Value::from(keys.to_vec());
        let values = statement.values.iter_mut().flat_map(|Values(values)| values);
        for value in values.filter(|value| matches!(value, Value::Array(..))) {
            value.clone_from(&asked);
        }
        return Ok(statement);
    }
    let statement = backend.build(&build()?);
    let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(mark, statement.clone());
    Ok(statement)
}
