//! What a document costs, counted before validation.
//!
//! The library's own validation expands fragments without memory, so a kilobyte of them can burn seconds
//! with every one of its limits on. Here a fragment is counted once, and a document that would be too much
//! for the library never reaches it.
//!
//! # The rule
//! A field costs 1, `__typename` too. What stands inside a connection costs one more time for every ten
//! rows asked for, rounded up: by `first` or `last` (whichever is larger), by the length of `ids`, else by
//! the default page of 50. Connections inside connections multiply. A list of the introspection counts as
//! a default page.
//!
//! ```graphql
//! { plan(id: "…") {            # 1
//!     title                    # 1
//!     goals(first: 20) {       # 1, and what is inside twice
//!       totalCount             # 2
//!       nodes { title code }   # 2 + 4
//! } } }                        # = 11
//! ```
//!
//! Ten rows to a point, because rows are read by one SQL statement a level however many they are, and the
//! whole red thread at default pages has to pass. `@skip` and `@include` are not looked at: a document
//! costs the same whatever its switches say.

mod walk;

#[cfg(test)]
mod tests;

use std::fmt::{self, Display, Formatter};

use async_graphql::Variables;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};

use super::code::Code;
use walk::{Tally, Walk};

/// Rows in a page of a connection when the caller does not say.
pub const DEFAULT_PAGE: u64 = 50;
/// Rows in the largest page that a caller can ask for.
pub const MAX_PAGE: u64 = 200;
/// Rows of a connection that cost one point for each field inside it.
pub const ROWS_PER_POINT: u64 = 10;

/// Selection sets inside one another, those of fragments too: each is a few frames of the stack in every
/// one of the library's visitors. Must not be above the library's own limit, whose error has no code.
pub(super) const MAX_NESTING: usize = 32;
/// Arguments of one field; the library compares those of fields that merge each with each.
const MAX_ARGUMENTS: usize = 32;
/// `fields`, `inputFields`, `interfaces` and `possibleTypes` inside one another in an introspection, as in
/// graphql-js: a schema's types form circles, and each round multiplies the answer.
const MAX_INTROSPECTION_LISTS: usize = 2;

/// What one document may be. A number that is reached is still allowed.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the document; what is large belongs in the variables.
    pub max_document_bytes: usize,
    /// Fields inside one another. The introspection of common tools needs 15.
    pub max_depth: usize,
    /// The cost of the operation by the rule above.
    pub max_complexity: u64,
    /// Fields of every operation and every fragment with fragments expanded, added together.
    pub max_fields: u64,
    /// Aliases, counted in the same way.
    pub max_aliases: u64,
    /// Directives, counted in the same way.
    pub max_directives: u64,
    /// Values in arguments, counted in the same way: a list or an object counts its elements too, a
    /// variable what it holds, each time that it is used, and a long text one for each 256 bytes.
    pub max_values: u64,
    /// Fields at the root of the operation.
    pub max_root_fields: u64,
    /// Variables that one operation declares.
    pub max_variables: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_document_bytes: 256 * 1024,
            max_depth: 15,
            max_complexity: 50_000,
            max_fields: 10_000,
            max_aliases: 500,
            max_directives: 500,
            max_values: 200_000,
            max_root_fields: 100,
            max_variables: 256,
        }
    }
}

/// What the operation that is to run costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Points by the rule of this module.
    pub complexity: u64,
    /// The most that one operation may cost.
    pub limit: u64,
    /// Fields inside one another.
    pub depth: usize,
    /// Fields, with fragments expanded.
    pub fields: u64,
}

/// Why a document is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BudgetError {
    /// It nests more than `limit` levels.
    TooDeep {
        /// What nests.
        what: &'static str,
        /// How many levels may.
        limit: usize,
    },
    /// It has, or costs, more than `limit`.
    TooComplex {
        /// What there is too much of.
        what: &'static str,
        /// How much there may be.
        limit: u64,
    },
    /// This fragment spreads itself, so that the document has no end.
    FragmentCycle(String),
}

impl BudgetError {
    /// The error code that the caller gets.
    pub const fn code(&self) -> Code {
        match self {
            Self::TooDeep { .. } => Code::QueryTooDeep,
            Self::TooComplex { .. } => Code::QueryTooComplex,
            Self::FragmentCycle(_) => Code::ValidationFailed,
        }
    }
}

impl Display for BudgetError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep { what, limit } => {
                write!(
                    f,
                    "The query is too deep: at most {limit} {what} inside one another. Ask for the inner part in a query of its own."
                )
            }
            Self::TooComplex { what, limit } => {
                write!(
                    f,
                    "The query is too much for one request: at most {limit} {what}. Ask for fewer rows or fields, or split it."
                )
            }
            Self::FragmentCycle(name) => write!(
                f,
                "Fragment \"{name}\" cannot spread itself, directly or through other fragments."
            ),
        }
    }
}

impl std::error::Error for BudgetError {}

/// Counts `document`, all of it, and says what the operation named `operation_name` (or the only one)
/// costs. Takes time linear in the size of the document.
///
/// Unknown fields, fragments and operations are left to validation.
pub fn measure(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> Result<Cost, BudgetError> {
    let chosen = choose(&document.operations, operation_name);
    let mut walk = Walk::new(&document.fragments, chosen, variables);
    let mut total = Tally::default();
    let mut cost = Cost { complexity: 0, limit: limits.max_complexity, depth: 0, fields: 0 };
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let tally = walk.operation(operation)?;
        within(tally.width, limits.max_root_fields, "fields at the root")?;
        within(
            as_u64(operation.variable_definitions.len()),
            as_u64(limits.max_variables),
            "variables",
        )?;
        if chosen.is_some_and(|chosen| std::ptr::eq(chosen, operation)) {
            cost = Cost {
                complexity: tally.complexity,
                depth: tally.depth,
                fields: tally.fields,
                ..cost
            };
        }
        total.join(tally);
    }
    for name in document.fragments.keys() {
        let tally = walk.fragment(name, 1)?;
        total.join(tally);
    }
    if total.depth > limits.max_depth {
        return Err(BudgetError::TooDeep { what: "fields", limit: limits.max_depth });
    }
    within(total.aliases, limits.max_aliases, "aliases with fragments expanded")?;
    within(total.directives, limits.max_directives, "directives with fragments expanded")?;
    within(total.fields, limits.max_fields, "fields with fragments expanded")?;
    within(total.values, limits.max_values, "values in arguments")?;
    within(cost.complexity, limits.max_complexity, "points of cost")?;
    Ok(cost)
}

/// The operation that a request means.
pub(super) fn choose<'a>(
    operations: &'a DocumentOperations,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (operations, name) {
        (DocumentOperations::Single(operation), None) => Some(&operation.node),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).map(|operation| &operation.node)
        }
        (DocumentOperations::Multiple(operations), None) => {
            let mut all = operations.values();
            all.next().filter(|_| all.next().is_none()).map(|operation| &operation.node)
        }
    }
}

fn within(found: u64, limit: u64, what: &'static str) -> Result<(), BudgetError> {
    if found > limit { Err(BudgetError::TooComplex { what, limit }) } else { Ok(()) }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
