//! A decision that changes the frame itself (anslagsförändring).

use async_graphql::ID;
use entity::{budgets::frame_change, vocabulary::NodeType};
use macros::object;

use crate::graphql::id::global;

/// A decision that changes the frame itself (anslagsförändring).
pub struct FrameChange(pub frame_change::Model);

impl From<frame_change::Model> for FrameChange {
    fn from(row: frame_change::Model) -> Self {
        Self(row)
    }
}

/// A decision that changes the frame itself (anslagsförändring).
#[object]
impl FrameChange {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::FrameChange, self.0.id)
    }
}
