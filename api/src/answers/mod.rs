//! Answers that are kept, and given again for as long as nothing that they depend on has changed.
//!
//! Three things make that safe. An answer is found only by exactly what was asked, what the caller sees, its language
//! and the day, and by who it is when the answer speaks of that (`Key`). It is given only when the log, read after the
//! request arrived, shows no change of what its statements named since it was made ([`crate::fresh`]). And it is kept
//! only when a second reading, after it was made, shows none either: its statements then saw one and the same state.

mod asked;
mod flight;
mod store;

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

pub use asked::{Asked, Caller, Page, Rests};
pub use flight::{Boarding, Flight};

use crate::fresh::{Fresh, Proof, Table};
use asked::Key;
use flight::Flights;
use store::{Entry, Store};

/// What an answer may weigh. Larger ones are few, and would push out many.
const MOST_BYTES: usize = 1024 * 1024;

/// The answers of a server. Cloning is cheap.
#[derive(Clone)]
pub struct Answers(Arc<Shared>);

struct Shared {
    fresh: Fresh,
    bytes: usize,
    paused: AtomicBool,
    store: Mutex<Store>,
    flights: Flights,
    kept: AtomicU64,
    joined: AtomicU64,
    made: AtomicU64,
}

/// How many queries were answered, and from where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// With an answer that was kept.
    pub kept: u64,
    /// With the answer that another request was waiting for.
    pub joined: u64,
    /// From the database.
    pub made: u64,
}

impl Answers {
    /// Keeps answers of so many bytes altogether; with none, nothing is kept between requests.
    #[must_use]
    pub fn new(fresh: Fresh, bytes: usize) -> Self {
        Self(Arc::new(Shared {
            fresh,
            bytes,
            paused: AtomicBool::new(false),
            store: Mutex::new(Store::new(bytes)),
            flights: Flights::default(),
            kept: AtomicU64::new(0),
            joined: AtomicU64::new(0),
            made: AtomicU64::new(0),
        }))
    }

    /// Whether anything is kept between requests.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.bytes > 0 && !self.0.paused.load(Ordering::Relaxed)
    }

    /// Stops keeping anything between requests, or goes on with it: to see what a request costs by itself.
    pub fn pause(&self, paused: bool) {
        self.0.paused.store(paused, Ordering::Relaxed);
    }

    /// The answer that is kept for this, if there is one and it still holds.
    #[must_use]
    pub fn kept(&self, caller: &Caller, asked: &Asked) -> Option<Page> {
        let proof = caller.proof.as_ref().filter(|_| self.is_on())?;
        let shared = Key::shared(caller, asked);
        let page =
            self.find(&shared, proof).or_else(|| self.find(&shared.personal(caller)?, proof))?;
        self.0.kept.fetch_add(1, Ordering::Relaxed);
        Some(page)
    }

    fn find(&self, key: &Key, proof: &Proof) -> Option<Page> {
        let entry = self.store().find(key)?;
        if entry.holds(&proof.seen) {
            return Some(entry.page.clone());
        }
        self.store().remove(key, &entry);
        None
    }

    /// Waits for the answer that another request is having made for the same, or leaves it to this one to make it.
    pub async fn board(&self, caller: &Caller, asked: &Asked) -> Boarding {
        let boarding = match caller.proof.as_ref().filter(|_| self.is_on()) {
            Some(proof) => self.0.flights.board(Key::shared(caller, asked), caller, proof).await,
            None => Boarding::Make(None),
        };
        let from = match boarding {
            Boarding::Landed(_) => &self.0.joined,
            Boarding::Make(_) => &self.0.made,
        };
        from.fetch_add(1, Ordering::Relaxed);
        boarding
    }

    /// Gives an answer without errors to those who wait for it, and keeps it once it is proved to be one that can be
    /// kept. Returns at once.
    pub fn keep(
        &self,
        caller: &Caller,
        asked: &Asked,
        flight: Option<Flight>,
        page: &Page,
        rests: Rests,
    ) {
        let Some(proof) = caller.proof.as_ref().filter(|_| self.is_on()) else { return };
        // The head moves with changes of other organisations too.
        if rests.exact || rests.tables.has(Table::ChangeHead) {
            return;
        }
        let shared = Key::shared(caller, asked);
        // Whose grants are shown is not told by what they let one see.
        let personal = rests.personal || rests.tables.has(Table::RoleGrant);
        let entry = Arc::new(Entry {
            page: page.clone(),
            since: proof.seen.mark(),
            organisations: Arc::clone(&caller.known.organisations),
            nodes: rests.tables.nodes(),
        });
        if let Some(flight) = flight {
            let only = if personal { caller.principal.clone() } else { None };
            flight.land(Arc::clone(&entry), proof.reading, only);
        }
        let key = match personal {
            true => shared.personal(caller),
            false => Some(shared),
        };
        let Some(key) = key.filter(|key| Store::weight(key, &entry) <= MOST_BYTES) else { return };
        let answers = self.clone();
        tokio::spawn(async move {
            match answers.0.fresh.check().await {
                Ok(after) if entry.holds(&after.seen) => answers.store().put(key, entry),
                // It changed while it was being read: the next one is as likely to be good.
                Ok(_) | Err(_) => {}
            }
        });
    }

    /// How many queries were answered, and from where.
    #[must_use]
    pub fn given(&self) -> Given {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Given {
            kept: count(&self.0.kept),
            joined: count(&self.0.joined),
            made: count(&self.0.made),
        }
    }

    /// Bytes of what is kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.store().bytes()
    }

    fn store(&self) -> std::sync::MutexGuard<'_, Store> {
        // Nobody leaves it half changed: an answer that is lost in a panic is made again.
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
