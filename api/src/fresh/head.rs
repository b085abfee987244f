//! Tells whoever follows it that the head of the log has moved, with the proof of how far: one reading for them all.
//!
//! A commit of this process says so itself. Those of other processes come by NOTIFY on PostgreSQL, on a connection of
//! its own; SQLite has no such thing, so the head is read once a second there. Whatever is missed is found at the next
//! tick, and after a connection was lost everything is looked at anew. While nobody follows, nothing is asked.

use std::{
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::sqlx::{
    self,
    postgres::{PgListener, PgPoolOptions},
};
use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
    task::JoinHandle,
    time::{MissedTickBehavior, interval, sleep},
};

use super::{Fresh, Proof};

/// The channel on which processes tell each other. A database of PostgreSQL has its own.
pub const CHANNEL: &str = "rodtrad_head";

/// How often a SQLite file is asked, which other processes may write to.
const POLL: Duration = Duration::from_secs(1);
/// How often PostgreSQL is asked whether a word from it was lost.
const NET: Duration = Duration::from_secs(30);
/// How soon a reading that failed is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// The pauses between attempts to listen, the first and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(30));

/// The head of the log, to be followed.
pub(super) struct Head {
    url: String,
    /// The task that reads outlives whoever happens to be the first to follow.
    runtime: Handle,
    proofs: watch::Sender<Option<Proof>>,
    committed: Notify,
    reading: Mutex<Reading>,
}

enum Reading {
    /// Nobody follows.
    Resting,
    On(JoinHandle<()>),
    Closed,
}

/// Hears of every move of the head from now on.
pub struct Follower(watch::Receiver<Option<Proof>>);

impl Follower {
    /// How far the database had come after it moved; several moves may come as one. None when nobody watches the
    /// database any more.
    pub async fn moved(&mut self) -> Option<Proof> {
        self.0.changed().await.ok()?;
        self.0.borrow_and_update().clone()
    }
}

impl Head {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            runtime: Handle::current(),
            proofs: watch::Sender::new(None),
            committed: Notify::new(),
            reading: Mutex::new(Reading::Resting),
        }
    }

    /// This process has committed something.
    pub(super) fn touch(&self) {
        if self.proofs.receiver_count() > 0 {
            self.committed.notify_one();
        }
    }

    pub(super) fn follow(self: &Arc<Self>, fresh: &Fresh) -> Follower {
        let follower = Follower(self.proofs.subscribe());
        let mut reading = self.reading();
        if matches!(*reading, Reading::Resting) {
            let task = Arc::clone(self).read(fresh.clone());
            *reading = Reading::On(self.runtime.spawn(task));
        }
        follower
    }

    /// Ends all following.
    pub(super) async fn close(&self) {
        let before = std::mem::replace(&mut *self.reading(), Reading::Closed);
        if let Reading::On(task) = before {
            task.abort();
            // It was told to end, and has.
            let _ = task.await;
        }
        self.proofs.send_replace(None);
    }

    async fn read(self: Arc<Self>, fresh: Fresh) {
        let is_sqlite = self.url.starts_with("sqlite:");
        let told = Notify::new();
        let mut listening = pin!(async {
            if !is_sqlite {
                listen(&self.url, &told).await;
            }
            std::future::pending::<()>().await;
        });
        let mut tick = interval(if is_sqlite { POLL } else { NET });
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = told.notified() => {}
                // They are heard on the channel as well, unless a pooler of connections stands between.
                () = self.committed.notified() => {}
                _ = tick.tick() => {}
                () = &mut listening => {}
                () = self.proofs.closed() => {
                    let mut reading = self.reading();
                    if self.proofs.receiver_count() == 0 {
                        *reading = Reading::Resting;
                        return;
                    }
                }
            }
            match fresh.check().await {
                Ok(proof) => self.publish(proof),
                Err(error) => {
                    tracing::debug!(?error, "the head of the log could not be read");
                    tick.reset_after(RETRY);
                }
            }
        }
    }

    fn publish(&self, proof: Proof) {
        self.proofs.send_if_modified(|last| {
            let moved = last.as_ref().is_none_or(|last| last.seen.mark() != proof.seen.mark());
            if moved {
                *last = Some(proof);
            }
            moved
        });
    }

    fn reading(&self) -> std::sync::MutexGuard<'_, Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says in `told` that something was heard, or may have been missed. Never ends.
async fn listen(url: &str, told: &Notify) {
    let (first, longest) = PAUSES;
    let mut pause = first;
    loop {
        match hear(url).await {
            Ok(mut listener) => {
                pause = first;
                // Nobody listened until now.
                told.notify_one();
                // Nothing instead of a word: the connection was lost, and made anew.
                while listener.try_recv().await.is_ok() {
                    told.notify_one();
                }
            }
            Err(error) => tracing::debug!(%error, "nobody listens to the log"),
        }
        sleep(pause).await;
        pause = longest.min(pause * 2);
    }
}

async fn hear(url: &str) -> sqlx::Result<PgListener> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .connect(url)
        .await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}
