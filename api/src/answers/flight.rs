//! One request for many that ask the same at the same time: nine o'clock on Monday.
//!
//! Whoever waits is not given an answer that was begun on older knowledge than its own: either the first one's proof was
//! read after this one had arrived, or nothing that the answer depends on has changed since.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use super::{
    asked::{Caller, Key, Page},
    store::Entry,
};
use crate::{access::viewer::Principal, fresh::Proof};

type Landing = watch::Receiver<Option<Landed>>;

/// Answers that are being made.
#[derive(Clone, Default)]
pub(super) struct Flights(Arc<Mutex<HashMap<Key, Landing>>>);

/// What came of one.
#[derive(Clone)]
struct Landed {
    entry: Arc<Entry>,
    reading: u64,
    only: Option<Arc<Principal>>,
}

/// Who makes an answer.
pub enum Boarding {
    /// Somebody else has made it.
    Landed(Page),
    /// The caller has to make it; others may be waiting.
    Make(Option<Flight>),
}

/// An answer that others may be waiting for. When it is dropped they go on by themselves.
pub struct Flight {
    key: Key,
    flights: Flights,
    landing: watch::Sender<Option<Landed>>,
}

impl Flights {
    pub(super) async fn board(&self, key: Key, caller: &Caller, proof: &Proof) -> Boarding {
        let mut landing = match self.join(key) {
            Ok(landing) => landing,
            Err(flight) => return Boarding::Make(Some(flight)),
        };
        let landed = match landing.wait_for(Option::is_some).await {
            Ok(landed) => landed.clone(),
            Err(_) => None,
        };
        let page = landed.filter(|landed| landed.is_for(caller, proof));
        // Those who cannot use it make their own at once: they have waited once, and need not wait for each other.
        page.map_or(Boarding::Make(None), |landed| Boarding::Landed(landed.entry.page.clone()))
    }

    fn join(&self, key: Key) -> Result<Landing, Flight> {
        let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(landing) = flights.get(&key) {
            return Ok(landing.clone());
        }
        let (sender, landing) = watch::channel(None);
        flights.insert(key.clone(), landing);
        Err(Flight { key, flights: self.clone(), landing: sender })
    }
}

impl Landed {
    fn is_for(&self, caller: &Caller, proof: &Proof) -> bool {
        (self.only.is_none() || self.only == caller.principal)
            && (self.reading >= proof.reading || self.entry.holds(&proof.seen))
    }
}

impl Flight {
    /// Gives the answer to those who wait; to `only` that principal, when it speaks of it.
    pub(super) fn land(self, entry: Arc<Entry>, reading: u64, only: Option<Arc<Principal>>) {
        self.landing.send_replace(Some(Landed { entry, reading, only }));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.flights.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use entity::vocabulary::{ActorKind, NodeType};
    use futures_util::{FutureExt as _, future::join_all};

    use super::{super::asked::Asked, *};
    use crate::{
        access::viewer::Language,
        domain::access::known::Known,
        fresh::{Nodes, Organisations, Seen},
    };

    fn caller(subject: &str) -> Caller {
        let principal = Principal {
            kind: ActorKind::User,
            subject: subject.to_owned(),
            name: None,
            groups: Vec::new(),
            operator: false,
        };
        Caller {
            principal: Some(Arc::new(principal)),
            known: Arc::new(Known::anonymous(true)),
            language: Language::English,
            now: chrono::DateTime::UNIX_EPOCH,
            until: None,
            proof: None,
        }
    }

    fn key() -> Key {
        Key::shared(&caller(""), &Asked { by_url: false, text: "{}".into(), form: "" })
    }

    fn proof(seen: &Seen, reading: u64) -> Proof {
        Proof { seen: Arc::new(seen.clone()), reading }
    }

    async fn lead(flights: &Flights, reading: u64) -> Flight {
        match flights.board(key(), &caller("anna"), &proof(&Seen::default(), reading)).await {
            Boarding::Make(Some(flight)) => flight,
            _ => panic!("nobody else makes it"),
        }
    }

    fn entry(seen: &Seen) -> Arc<Entry> {
        Arc::new(Entry {
            page: Page::new("", b"{}".to_vec()),
            since: seen.mark(),
            organisations: Arc::new(Organisations::Any),
            nodes: Nodes::of(&[NodeType::Goal]),
        })
    }

    #[tokio::test]
    async fn an_answer_is_for_those_whose_knowledge_it_holds_by() {
        let before = Seen::at(7, Vec::new());
        let mut after = before.clone();
        after.come_to(8, vec![(uuid::Uuid::nil(), NodeType::Goal, 8)]);
        let mut beside = before.clone();
        beside.come_to(8, vec![(uuid::Uuid::nil(), NodeType::Outcome, 8)]);
        for (seen, reading, only, mine) in [
            (&before, 3, None, true),
            (&after, 3, None, true),
            (&before, 4, None, true),
            (&beside, 4, None, true),
            (&after, 4, None, false),
            (&before, 3, Some("anna"), true),
            (&before, 3, Some("berit"), false),
        ] {
            let flights = Flights::default();
            let flight = lead(&flights, 3).await;
            let (anna, proof) = (caller("anna"), proof(seen, reading));
            let mut waiting = Box::pin(flights.board(key(), &anna, &proof));
            assert!((&mut waiting).now_or_never().is_none());
            flight.land(entry(&before), 3, only.and_then(|name| caller(name).principal));
            let landed = matches!(waiting.await, Boarding::Landed(_));
            assert_eq!(landed, mine, "{reading} {only:?}");
            drop(lead(&flights, 5).await);
        }
    }

    #[tokio::test]
    async fn who_gives_up_leaves_the_others_to_themselves() {
        let flights = Flights::default();
        let flight = lead(&flights, 1).await;
        let (anna, proof) = (caller("anna"), proof(&Seen::default(), 1));
        let waiting = join_all((0..3).map(|_| flights.board(key(), &anna, &proof)));
        let (boarded, ()) = tokio::join!(waiting, async {
            tokio::task::yield_now().await;
            drop(flight);
        });
        assert!(boarded.iter().all(|boarding| matches!(boarding, Boarding::Make(None))));
        let _ = tokio::time::timeout(Duration::from_secs(5), lead(&flights, 2)).await.unwrap();
    }
}
