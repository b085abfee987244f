//! Connections that stay: subscriptions over WebSocket, and over server-sent events where WebSockets do not pass.
//!
//! An operation ([`operation`]) runs in a task of its own and hands what it says to its connection through a queue with
//! few places ([`outlet`]). It holds nothing that a writer waits for: a peer that takes nothing makes its own operations
//! wait, and is then hung up on.

mod close;
mod connection;
mod events;
mod message;
mod operation;
mod outlet;
mod rests;
mod socket;
mod state;
mod turn;
mod who;
mod wire;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use tokio::{sync::watch, time::Instant};

use super::reply::Refusal;
use crate::graphql::code::Code;

pub(super) use events::{MEDIA_TYPE, answer as events};
pub(super) use operation::Operation;
pub(super) use socket::{answer as socket, is_wanted as wants_socket};

/// How connections behave that stay.
#[derive(Clone, Debug)]
pub struct LiveConfig {
    /// Connections at a time, of both kinds. More are turned away.
    pub connections: usize,
    /// Operations at a time of one connection.
    pub operations: usize,
    /// How long a WebSocket may take to say who it is.
    pub init_timeout: Duration,
    /// How often a WebSocket is asked whether its peer is there; it is gone when it says nothing twice.
    pub ping_interval: Duration,
    /// How often an event stream shows that it lives.
    pub keep_alive: Duration,
    /// How long a peer may take nothing while something waits for it.
    pub stall: Duration,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self {
            connections: 1_000,
            operations: 50,
            init_timeout: Duration::from_secs(10),
            ping_interval: Duration::from_secs(20),
            keep_alive: Duration::from_secs(12),
            stall: Duration::from_secs(30),
        }
    }
}

/// What is live in a server: how much, and whether it is to end. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Live(Arc<Shared>);

#[derive(Default)]
struct Shared {
    closing: watch::Sender<bool>,
    connections: AtomicUsize,
    operations: AtomicUsize,
}

impl Live {
    /// Tells every connection to end.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    /// How many connections and operations there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        (count(&self.0.connections), count(&self.0.operations))
    }

    /// Waits until everything is to end.
    async fn closing(&self) {
        // Whoever asks holds the sender as well.
        let _ = self.0.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// A place for a connection, if there is one.
    pub(super) fn connect(&self, config: &LiveConfig) -> Result<Place, Refusal> {
        let before = self.0.connections.fetch_add(1, Ordering::Relaxed);
        let place = Place { live: self.clone(), of: |shared| &shared.connections };
        if before >= config.connections || *self.0.closing.borrow() {
            let message = "There are too many live connections. Try again later.";
            return Err(Refusal::http(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, message));
        }
        Ok(place)
    }

    fn operate(&self) -> Place {
        self.0.operations.fetch_add(1, Ordering::Relaxed);
        Place { live: self.clone(), of: |shared| &shared.operations }
    }
}

/// Counts as long as it is held.
pub(super) struct Place {
    live: Live,
    of: fn(&Shared) -> &AtomicUsize,
}

impl Drop for Place {
    fn drop(&mut self) {
        (self.of)(&self.live.0).fetch_sub(1, Ordering::Relaxed);
    }
}

/// When a token runs out, by the clock that timers go by; never when there is none.
fn deadline(until: Option<DateTime<Utc>>) -> Option<Instant> {
    let left = (until? - Utc::now()).to_std().unwrap_or_default();
    Instant::now().checked_add(left)
}

/// Waits for a time that may never come.
async fn at(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}
