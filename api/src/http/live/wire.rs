//! A WebSocket's way out. One message is on its way at a time, and it is known when it has been taken: what the library
//! lets wait would be many answers.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    web::Bytes,
};
use actix_ws::Session;
use tokio::{sync::watch, time::Instant};

use super::close::Close;

/// Sends messages to a peer.
pub(super) struct Wire {
    session: Session,
    taken: watch::Receiver<u64>,
    /// Since when a message has been on its way.
    since: Option<Instant>,
    stall: Duration,
}

impl Wire {
    /// The way out of a session whose messages leave in the body of that response.
    pub(super) fn new(
        session: Session,
        response: HttpResponse,
        stall: Duration,
    ) -> (Self, HttpResponse) {
        let (count, taken) = watch::channel(0);
        let response = response.map_body(|_, body| BoxBody::new(Counted { body, count }));
        (Self { session, taken, since: None, stall }, response)
    }

    /// Whether nothing is on its way.
    pub(super) fn is_free(&self) -> bool {
        self.since.is_none()
    }

    /// Sends a message when the way is free.
    pub(super) async fn say(&mut self, text: String) -> Result<(), Close> {
        self.leaves();
        self.session.text(text).await.map_err(|_| Close::Gone)
    }

    /// Asks whether the peer is there, unless something is on its way that will tell.
    pub(super) async fn ping(&mut self) -> Result<(), Close> {
        if !self.is_free() {
            return Ok(());
        }
        self.leaves();
        self.session.ping(b"").await.map_err(|_| Close::Gone)
    }

    /// Answers a ping of the WebSocket's.
    pub(super) async fn pong(&mut self, payload: &[u8]) -> Result<(), Close> {
        self.leaves();
        self.session.pong(payload).await.map_err(|_| Close::Gone)
    }

    fn leaves(&mut self) {
        self.taken.mark_unchanged();
        self.since.get_or_insert_with(Instant::now);
    }

    /// Waits until what is on its way has been taken, if anything is.
    ///
    /// # Errors
    /// [`Close::Stalled`] when that takes too long.
    pub(super) async fn freed(&mut self) -> Result<(), Close> {
        let Some(since) = self.since else { return std::future::pending().await };
        tokio::select! {
            taken = self.taken.changed() => taken.map_err(|_| Close::Gone)?,
            () = tokio::time::sleep_until(since + self.stall) => return Err(Close::Stalled),
        }
        self.since = None;
        Ok(())
    }

    /// Ends the conversation.
    pub(super) async fn close(self, close: &Close) {
        let Some(frame) = close.frame() else { return };
        // Whoever has left does not hear it.
        let _ = self.session.close(Some(frame)).await;
    }
}

/// A body that counts how often the connection has taken something from it.
struct Counted {
    body: BoxBody,
    count: watch::Sender<u64>,
}

impl MessageBody for Counted {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let taken = Pin::new(&mut self.body).poll_next(context);
        if matches!(taken, Poll::Ready(Some(Ok(_)))) {
            self.count.send_modify(|count| *count += 1);
        }
        taken
    }
}
