//! Plans (verksamhetsplan, mål och budget).

use async_graphql::{ID, Object};
use entity::{planning::plan, vocabulary::NodeType};

use crate::graphql::id::global;

/// A plan (verksamhetsplan).
pub struct Plan(pub plan::Model);

/// A plan (verksamhetsplan).
#[Object]
impl Plan {
    /// The global id.
    pub async fn id(&self) -> ID {
        global(NodeType::Plan, self.0.id)
    }
}
