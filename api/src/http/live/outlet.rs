//! The way from operations to their connection: a queue with few places. A place is had before an answer is made, so that
//! a peer that takes nothing has few answers waiting for it, however much it has asked for.

use async_graphql::ServerError;
use bytes::Bytes;
use tokio::sync::mpsc::{Permit, Sender};

/// What an operation says.
pub(super) struct Said {
    /// What the client calls the operation.
    pub id: String,
    /// Tells it from an earlier one that was called the same.
    pub number: u64,
    pub what: What,
}

/// The thing that is said.
pub(super) enum What {
    /// An answer, as JSON.
    Next(Bytes),
    /// The last thing: that it has ended, well or with errors.
    End(Vec<ServerError>),
}

/// Where an operation says something.
pub(super) struct Outlet {
    sender: Sender<Said>,
    id: String,
    number: u64,
}

/// A place for one thing to say.
pub(super) struct Slot<'o> {
    permit: Permit<'o, Said>,
    outlet: &'o Outlet,
}

impl Slot<'_> {
    /// Says it.
    pub(super) fn say(self, what: What) {
        self.permit.send(Said { id: self.outlet.id.clone(), number: self.outlet.number, what });
    }
}

impl Outlet {
    /// Of that operation.
    pub(super) fn new(sender: Sender<Said>, id: String, number: u64) -> Self {
        Self { sender, id, number }
    }

    /// Waits for a place; nothing when nobody listens any more.
    pub(super) async fn slot(&self) -> Option<Slot<'_>> {
        let permit = self.sender.reserve().await.ok()?;
        Some(Slot { permit, outlet: self })
    }
}
