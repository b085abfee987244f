//! One committed change of one node.

use async_graphql::{Context, ID, SimpleObject};
use chrono::{DateTime, Utc};
use entity::node_id;
use macros::object;

use super::actor::Actor;
use crate::{
    domain::{history, write},
    error::{Error, Result},
    graphql::{
        context::session,
        loader::ActorOf,
        node::{self, Node},
        vocabulary::{ChangeKind, NodeType},
    },
};

/// One committed change of one node.
pub struct Change(pub history::Change);

impl Change {
    /// The place of a change in the log.
    #[must_use]
    pub fn cursor_of(change: &history::Change) -> String {
        history::cursor(change.seq)
    }
}

/// One committed change of one node.
#[object]
impl Change {
    /// Its place in the log of changes, in the order in which they were committed.
    fn cursor(&self) -> String {
        Self::cursor_of(&self.0)
    }

    /// When it was made.
    fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Whether the node was made, changed or removed.
    fn kind(&self) -> ChangeKind {
        self.0.kind.into()
    }

    /// The node's id, good even when the node is gone.
    fn node_id(&self) -> ID {
        node_id::encode(self.0.node_type, self.0.node_id).into()
    }

    /// The node's type.
    fn node_type(&self) -> NodeType {
        self.0.node_type.into()
    }

    /// The node as it is now; null when it is gone.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        node::load(ctx, self.0.node_type, self.0.node_id).await
    }

    /// Who made it.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Actor> {
        let actor = session(ctx).loader.load_one(ActorOf(self.0.actor_id)).await?;
        actor.map(Into::into).ok_or_else(|| Error::internal("a change without actor"))
    }

    /// The fields that changed. An id of something that the caller cannot see is left out.
    async fn fields(&self) -> Vec<FieldChange> {
        self.0.fields.iter().cloned().map(Into::into).collect()
    }
}

/// A field before and after a change.
#[derive(SimpleObject, Clone, Debug)]
pub struct FieldChange {
    /// The field's name.
    pub field: String,
    /// Its value before, as text; null when there was none.
    pub before: Option<String>,
    /// Its value after, as text; null when there is none.
    pub after: Option<String>,
}

impl From<write::FieldChange> for FieldChange {
    fn from(change: write::FieldChange) -> Self {
        let write::FieldChange { field, before, after } = change;
        Self { field, before, after }
    }
}
