//! Statements that are the same each time but for the keys that they are about, kept as they were built: putting the
//! words of a statement together is as much work as reading a dozen rows.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use entity::{sight::Sight, tracked::Visible, vocabulary::NodeType};
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
    /// What is seen, row by row.
    pub sight: Sight,
}

impl Mark {
    /// The statement about rows of `E` by their keys.
    pub fn new<E: Visible>(what: &'static str, sight: &Sight) -> Self {
        let mut sight = sight.row_by_row();
        if E::NODE != NodeType::RoleGrant {
            // Of every viewer its own, and asked for by nothing else.
            sight.held.clear();
        }
        let table = TypeId::of::<E>();
        Self { table, what, size: 0, backwards: false, counted: false, sight }
    }
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
    let known = KEPT.read().unwrap_or_else(PoisonError::into_inner).get(&mark).cloned();
    if let Some(mut statement) = known {
        put(&mut statement, &Value::from(keys.to_vec()));
        return Ok(statement);
    }
    let statement = backend.build(&build()?);
    let mut empty = statement.clone();
    put(&mut empty, &Value::from(Vec::<Uuid>::new()));
    let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(mark, empty);
    Ok(statement)
}

/// Puts keys into every place of a statement that is for them.
fn put(statement: &mut Statement, keys: &Value) {
    let values = statement.values.iter_mut().flat_map(|Values(values)| values);
    for value in values.filter(|value| matches!(value, Value::Array(..))) {
        value.clone_from(keys);
    }
}
