//! The ids that other systems know a node by.

use async_graphql::{InputObject, SimpleObject};
use entity::access::external_ref;

use crate::domain::access::external_ref::ExternalId;

/// The id that another system knows a node by.
#[derive(SimpleObject, Clone, Debug)]
pub struct ExternalRef {
    /// The other system, e.g. "stratsys".
    pub source: String,
    /// Its id there. Unique per source and type of node.
    pub external_id: String,
    /// Where to open it there.
    pub url: Option<String>,
}

impl From<external_ref::Model> for ExternalRef {
    fn from(row: external_ref::Model) -> Self {
        Self { source: row.source, external_id: row.external_id, url: row.url }
    }
}

/// Names a node by the id that another system knows it by.
#[derive(InputObject, Clone, Debug)]
pub struct ExternalRefInput {
    /// The other system, e.g. "stratsys".
    pub source: String,
    /// Its id there.
    pub external_id: String,
}

/// What another system calls a node, as it is to be kept.
#[derive(InputObject, Clone, Debug)]
pub struct ExternalRefSet {
    /// The other system, e.g. "stratsys"; at most 100 characters.
    pub source: String,
    /// Its id there; at most 300 characters. DUPLICATE when another node of the type has it.
    pub external_id: String,
    /// Where to open it there.
    pub url: Option<String>,
}

impl From<ExternalRefSet> for ExternalId {
    fn from(set: ExternalRefSet) -> Self {
        let ExternalRefSet { source, external_id, url } = set;
        Self { source, external_id, url }
    }
}
