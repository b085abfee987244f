//! The answers that are kept: so many bytes, those that nobody has asked for longest going first.

use std::sync::Arc;

use lru::LruCache;

use super::asked::{Key, Page};
use crate::fresh::{Mark, Nodes, Organisations, Seen};

/// What an entry takes besides its texts: maps, pointers and counts.
const OVERHEAD: usize = 512;

/// An answer, and what it depends on.
#[derive(Debug)]
pub(super) struct Entry {
    pub page: Page,
    /// Where in the log it was true.
    pub since: Mark,
    pub organisations: Arc<Organisations>,
    pub nodes: Nodes,
}

impl Entry {
    /// Whether it is still true.
    pub(super) fn holds(&self, seen: &Seen) -> bool {
        seen.holds(self.since, &self.organisations, self.nodes)
    }
}

pub(super) struct Store {
    entries: LruCache<Key, Arc<Entry>>,
    bytes: usize,
    most: usize,
}

impl Store {
    pub(super) fn new(most: usize) -> Self {
        Self { entries: LruCache::unbounded(), bytes: 0, most }
    }

    /// What an answer takes in memory.
    pub(super) fn weight(key: &Key, entry: &Entry) -> usize {
        OVERHEAD + key.bytes() + entry.page.body.len()
    }

    pub(super) fn find(&mut self, key: &Key) -> Option<Arc<Entry>> {
        self.entries.get(key).cloned()
    }

    pub(super) fn put(&mut self, key: Key, entry: Arc<Entry>) {
        let weight = Self::weight(&key, &entry);
        if weight > self.most {
            return;
        }
        self.bytes += weight;
        if let Some((key, replaced)) = self.entries.push(key, entry) {
            self.bytes -= Self::weight(&key, &replaced);
        }
        while self.bytes > self.most {
            let Some((key, oldest)) = self.entries.pop_lru() else { break };
            self.bytes -= Self::weight(&key, &oldest);
        }
    }

    /// Removes that answer, unless another has come in its place.
    pub(super) fn remove(&mut self, key: &Key, entry: &Arc<Entry>) {
        if self.entries.peek(key).is_some_and(|there| Arc::ptr_eq(there, entry))
            && let Some((key, removed)) = self.entries.pop_entry(key)
        {
            self.bytes -= Self::weight(&key, &removed);
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::asked::{Asked, Caller},
        *,
    };
    use crate::{access::viewer::Language, domain::access::known::Known};

    fn key(text: usize) -> Key {
        let caller = Caller {
            principal: None,
            known: Arc::new(Known::anonymous(true)),
            language: Language::English,
            now: chrono::DateTime::UNIX_EPOCH,
            until: None,
            proof: None,
        };
        let asked = Asked { by_url: false, text: text.to_string().into(), form: "" };
        Key::shared(&caller, &asked)
    }

    fn entry(bytes: usize) -> Arc<Entry> {
        Arc::new(Entry {
            page: Page::new("", vec![b' '; bytes]),
            since: Seen::default().mark(),
            organisations: Arc::new(Organisations::Any),
            nodes: Nodes::default(),
        })
    }

    #[test]
    fn what_nobody_asked_for_longest_goes_first() {
        let each = Store::weight(&key(1), &entry(1_000));
        let mut store = Store::new(3 * each);
        for number in 1..=3 {
            store.put(key(number), entry(1_000));
        }
        assert!(store.find(&key(1)).is_some());
        store.put(key(4), entry(1_000));
        assert_eq!(
            [1, 2, 3, 4].map(|number| store.find(&key(number)).is_some()),
            [true, false, true, true]
        );
        assert_eq!(store.bytes(), 3 * each);

        store.put(key(4), entry(0));
        assert_eq!(store.bytes(), 3 * each - 1_000, "the old one is gone");
        let kept = store.find(&key(4)).unwrap();
        store.remove(&key(4), &entry(0));
        assert!(store.find(&key(4)).is_some(), "it is another one");
        store.remove(&key(4), &kept);
        assert!(store.find(&key(4)).is_none());
        assert_eq!(store.bytes(), 2 * each);

        store.put(key(5), entry(3 * each));
        assert!(
            store.find(&key(5)).is_none() && store.find(&key(1)).is_some(),
            "it would fill all"
        );
    }
}
