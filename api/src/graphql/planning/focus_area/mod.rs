//! Focus areas (fokusområden).

use async_graphql::{ID, Object};
use entity::{planning::focus_area, vocabulary::NodeType};

use crate::graphql::id::global;

/// A focus area (fokusområde).
pub struct FocusArea(pub focus_area::Model);

/// A focus area (fokusområde).
#[Object]
impl FocusArea {
    /// The global id.
    pub async fn id(&self) -> ID {
        global(NodeType::FocusArea, self.0.id)
    }
}
