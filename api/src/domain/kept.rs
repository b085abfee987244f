//! Statements kept as they were built: putting the words of a statement together is as much work as reading a dozen
//! rows. One is built about a stand-in for what differs from call to call, whose places are noted: the keys, how many
//! rows, and the values of the condition that a caller gives.

use std::{
    any::TypeId,
    num::NonZeroUsize,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use entity::{
    sight::{Reach, Sight},
    tracked::Visible,
    vocabulary::NodeType,
};
use lru::LruCache;
use sea_orm::{
    Condition, DbBackend, Statement,
    sea_query::{Expr, Query, SelectStatement, Value, Values},
};
use uuid::Uuid;

/// The most that are kept. There are some for each list, size, filter and sight.
const MOST: NonZeroUsize = NonZeroUsize::new(2_000).expect("more than none");
/// The most values of a condition: one with a list of ids has as many shapes as lists have lengths.
const SHORT: usize = 24;

/// What tells statements apart.
#[derive(PartialEq, Eq, Hash)]
pub struct Mark {
    /// The table.
    pub table: TypeId,
    /// What is asked of it,
    pub what: &'static str,
    /// and the function that leads to it, so that two of one name are not mistaken for each other.
    pub link: usize,
    /// In which order.
    pub order: String,
    /// Whether the last ones.
    pub backwards: bool,
    /// Whether all are counted.
    pub counted: bool,
    /// Whether about one key.
    pub single: bool,
    /// Whether with the units of rows.
    pub with_units: bool,
    /// Whether the condition itself lets only what is seen through.
    pub is_seen: bool,
    /// What is seen.
    pub sight: Sight,
}

impl Mark {
    /// The statement about rows of `E`, as far as `sight` goes.
    pub fn new<E: Visible>(what: &'static str, mut sight: Sight) -> Self {
        if E::NODE != NodeType::RoleGrant {
            // Of every viewer its own, and asked for by nothing else.
            sight.held.clear();
            sight.administers = Reach::Everything;
        }
        let table = TypeId::of::<E>();
        let order = String::new();
        let (backwards, counted, single) = (false, false, false);
        let (with_units, is_seen) = (false, false);
        Self { table, what, link: 0, order, backwards, counted, single, with_units, is_seen, sight }
    }
}

/// What differs from call to call.
#[derive(Clone, Debug)]
pub struct Given {
    /// What it is about.
    pub keys: Vec<Uuid>,
    /// How many rows at most.
    pub limit: u64,
    /// Which rows.
    pub condition: Condition,
}

/// Stands for a condition in the words of a statement.
const CONDITION: &str = "condition_of_the_caller";
const KEY: Uuid = Uuid::max();
const LIMIT: u64 = 1 << 62;

impl Given {
    /// These keys and nothing else.
    #[must_use]
    pub fn keys(keys: &[Uuid]) -> Self {
        Self { keys: keys.to_vec(), limit: 0, condition: Condition::all() }
    }

    /// Stands for any other.
    fn stand_in(condition: &Words) -> Self {
        let condition = match condition.text.as_str() {
            "" => Condition::all(),
            _ => Condition::all().add(Expr::cust(CONDITION)),
        };
        Self { keys: vec![KEY], limit: LIMIT, condition }
    }

    /// The key, when there is one.
    #[must_use]
    pub fn key(&self) -> Uuid {
        self.keys.first().copied().unwrap_or_default()
    }
}

/// A condition as it stands in a statement.
struct Words {
    text: String,
    values: Vec<Value>,
}

impl Words {
    fn of(backend: DbBackend, condition: &Condition) -> Self {
        if condition.is_empty() {
            return Self { text: String::new(), values: Vec::new() };
        }
        let mut select = Query::select();
        select.cond_where(condition.clone());
        let Statement { sql, values, .. } = backend.build(&select);
        let text = sql.split_once("WHERE ").map(|(_, text)| text.to_owned()).unwrap_or_default();
        Self { text, values: values.map(|Values(values)| values).unwrap_or_default() }
    }
}

/// A statement's words with each of its values' places named anew.
fn renamed(text: &str, mut name: impl FnMut(usize) -> String) -> String {
    let mut pieces = text.split('$');
    let mut renamed = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(piece.len());
        let (number, rest) = piece.split_at(end);
        match number.parse() {
            Ok(number) => renamed.extend([name(number).as_str(), rest]),
            Err(_) => renamed.extend(["$", piece]),
        }
    }
    renamed
}

enum Slot {
    Keys,
    Key,
    Fixed(Value),
}

/// A statement with places for what is given.
struct Template {
    text: String,
    slots: Vec<Slot>,
}

impl Template {
    /// How many rows stands in the words themselves: not knowing it, PostgreSQL plans for a tenth of all.
    fn new(built: Statement, condition: &Words, limit: u64) -> Self {
        let values = built.values.map(|Values(values)| values).unwrap_or_default();
        let (mut slots, mut names) = (Vec::new(), Vec::new());
        for value in values {
            let slot = match &value {
                Value::BigUnsigned(Some(LIMIT)) => {
                    names.push(limit.to_string());
                    continue;
                }
                Value::Array(..) if value == Value::from(vec![KEY]) => Slot::Keys,
                Value::Uuid(Some(KEY)) => Slot::Key,
                _ => Slot::Fixed(value),
            };
            slots.push(slot);
            names.push(format!("${}", slots.len()));
        }
        let there = slots.len();
        let condition = renamed(&condition.text, |number| format!("${}", there + number));
        let name = |number: usize| names.get(number.saturating_sub(1)).cloned().unwrap_or_default();
        let text = renamed(&built.sql, name).replace(CONDITION, &format!("({condition})"));
        Self { text, slots }
    }

    fn about(&self, backend: DbBackend, given: &Given, condition: Words) -> Statement {
        let value = |slot: &Slot| match slot {
            Slot::Keys => Value::from(given.keys.clone()),
            Slot::Key => Value::from(given.key()),
            Slot::Fixed(value) => value.clone(),
        };
        let values = self.slots.iter().map(value).chain(condition.values);
        Statement::from_sql_and_values(backend, self.text.as_str(), values.collect::<Vec<_>>())
    }
}

/// Templates by what tells them apart, how many rows, and the words of the condition.
type Kept = LruCache<(Mark, u64, String), Arc<Template>>;

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(|| Mutex::new(LruCache::new(MOST)));

/// The statement of that mark about what is given. `build` makes it for anything given: it reads keys, limit and condition
/// from there alone. Kept where keys are sent as one value: on PostgreSQL.
///
/// # Errors
/// What `build` says.
pub fn statement<E>(
    backend: DbBackend,
    mark: impl FnOnce() -> Mark,
    given: &Given,
    build: impl FnOnce(&Given) -> Result<SelectStatement, E>,
) -> Result<Statement, E> {
    if backend != DbBackend::Postgres {
        return Ok(backend.build(&build(given)?));
    }
    let mut condition = Words::of(backend, &given.condition);
    if condition.values.len() > SHORT {
        return Ok(backend.build(&build(given)?));
    }
    let key = (mark(), given.limit, std::mem::take(&mut condition.text));
    let known = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(template) = known {
        return Ok(template.about(backend, given, condition));
    }
    condition.text.clone_from(&key.2);
    let built = backend.build(&build(&Given::stand_in(&condition))?);
    let template = Arc::new(Template::new(built, &condition, given.limit));
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).put(key, Arc::clone(&template));
    Ok(template.about(backend, given, condition))
}

#[cfg(test)]
mod tests;
