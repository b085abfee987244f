//! Proves that what a process keeps between requests is still true.
//!
//! Every commit moves the one row of `change_head` in its own transaction, with a row in the log for what it changed.
//! A request that reads that row after it has arrived therefore knows of every write that was acknowledged before, by
//! whichever process; and the log says what has changed since something was kept. Requests that arrive while the row is
//! being read wait for the next reading, which then serves them all: with many connections it costs each of them a
//! fraction of a round trip.
//!
//! Whatever goes wrong on the way, nothing is served that was not proved: the caller gets an error, and all that was
//! kept before is forgotten. Loss of the connection counts, since a database may have been restored meanwhile.

mod head;
mod probe;
mod seen;
mod tables;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::DbErr;
use tokio::sync::{mpsc, oneshot};

pub use head::{CHANNEL, Follower};
pub use seen::{Mark, Organisations, Seen};
pub use tables::{Nodes, Reads, Table, Tables, touched};

use crate::error::{Error, Result};
use head::Head;
use probe::Probe;

/// Asks the database how far it has come. Cloning is cheap.
#[derive(Clone)]
pub struct Fresh {
    questions: mpsc::UnboundedSender<Question>,
    readings: Arc<AtomicU64>,
    head: Arc<Head>,
}

enum Question {
    Check(oneshot::Sender<Result<Proof>>),
    Close(oneshot::Sender<()>),
}

/// How far the database had come at a moment after it was asked for.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What has changed, and when.
    pub seen: Arc<Seen>,
    /// Which reading this was: a later one began later.
    pub reading: u64,
}

impl Fresh {
    /// Watches that database. It connects when it is first asked.
    #[must_use]
    pub fn watch(url: &str) -> Self {
        let (questions, asked) = mpsc::unbounded_channel();
        let readings = Arc::new(AtomicU64::new(0));
        tokio::spawn(answer(Probe::new(url), asked, Arc::clone(&readings)));
        Self { questions, readings, head: Arc::new(Head::new(url)) }
    }

    /// Follows the head of the log from now on.
    #[must_use]
    pub fn follow(&self) -> Follower {
        self.head.follow(self)
    }

    /// Says that this process has committed something, to those who follow the head.
    pub fn touch(&self) {
        self.head.touch();
    }

    /// How far the database has come now: every write that was acknowledged before the call is in it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database does not say.
    pub async fn check(&self) -> Result<Proof> {
        let (reply, proof) = oneshot::channel();
        self.questions.send(Question::Check(reply)).map_err(|_| gone())?;
        proof.await.map_err(|_| gone())?
    }

    /// How often the database has been asked. They are not among its statements: one serves many requests.
    #[must_use]
    pub fn readings(&self) -> u64 {
        self.readings.load(Ordering::Relaxed)
    }

    /// Lets go of the connection. Nothing can be proved any more.
    pub async fn close(&self) {
        self.head.close().await;
        let (reply, closed) = oneshot::channel();
        if self.questions.send(Question::Close(reply)).is_ok() {
            // An error says that it had been closed already.
            let _ = closed.await;
        }
    }
}

fn gone() -> Error {
    let message = "nobody watches the database any more".to_owned();
    Error::Unavailable(Arc::new(DbErr::Custom(message)))
}

/// Answers until nobody can ask. Whoever asks while the database is being read has to wait for the next reading.
async fn answer(
    mut probe: Probe,
    mut asked: mpsc::UnboundedReceiver<Question>,
    readings: Arc<AtomicU64>,
) {
    let mut waiting = Vec::new();
    while let Some(first) = asked.recv().await {
        let mut next = Some(first);
        let mut closing = None;
        while let Some(question) = next {
            match question {
                Question::Check(reply) => waiting.push(reply),
                Question::Close(reply) => closing = Some(reply),
            }
            next = asked.try_recv().ok();
        }
        if !waiting.is_empty() {
            let reading = readings.fetch_add(1, Ordering::Relaxed);
            let outcome = probe.read().await.map(|seen| Proof { seen, reading });
            for reply in waiting.drain(..) {
                // Whoever does not wait any longer has lost its connection, or its time.
                let _ = reply.send(outcome.clone());
            }
        }
        if let Some(reply) = closing {
            probe.close().await;
            let _ = reply.send(());
            return;
        }
    }
    probe.close().await;
}
