//! When batches are sent: as soon as nothing else can go on, and never by a clock.
//!
//! The library's DataLoader starts a timer with the first key and sends what has come when it rings: too late for a
//! dashboard, and too early on a busy machine, where fields that belong together miss each other. Here the operation
//! itself is the signal. All of it runs in one task; when it cannot go on, every field that is going to ask at this level
//! has asked. Then the batches are sent, all kinds at once, and when they are back the operation goes on. An operation
//! therefore makes the same statements every time.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, HashSet},
    future::{Future, poll_fn},
    hash::Hash,
    mem,
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use async_graphql::dataloader::Loader;
use foldhash::quality::RandomState;
use futures_util::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::FuturesUnordered};

/// Keys that one batch carries at most.
const MOST_KEYS: usize = 20_000;

/// The batches of one operation, and what they have brought.
pub struct Batches<F> {
    fetch: Arc<F>,
    kinds: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    /// Batches that have keys and have not been sent.
    filled: Mutex<Vec<BoxFuture<'static, ()>>>,
    /// Statements that the operation has sent by itself.
    elsewhere: AtomicUsize,
    forgets: Arc<AtomicBool>,
}

/// All that has been asked and answered of one kind of key.
struct Kind<K, V, E> {
    known: HashMap<K, Option<V>, RandomState>,
    open: Option<Arc<Mutex<Batch<K, E>>>>,
}

struct Batch<K, E> {
    keys: HashSet<K, RandomState>,
    waiting: Vec<Waker>,
    done: Option<Result<(), E>>,
}

type BatchOf<K, F> = Arc<Mutex<Batch<K, <F as Loader<K>>::Error>>>;
type KindOf<K, F> = Mutex<Kind<K, <F as Loader<K>>::Value, <F as Loader<K>>::Error>>;

impl<F: Send + Sync + 'static> Batches<F> {
    /// No batches yet.
    pub fn new(fetch: F) -> Self {
        Self {
            fetch: Arc::new(fetch),
            kinds: Mutex::default(),
            filled: Mutex::default(),
            elsewhere: AtomicUsize::new(0),
            forgets: Arc::default(),
        }
    }

    /// From now on every batch asks anew: what the operation changes, it may ask about again.
    pub fn forget(&self) {
        self.forgets.store(true, Ordering::Relaxed);
    }

    /// The value of a key; none when there is none.
    ///
    /// # Errors
    /// What the loader says of the batch that the key is in.
    pub async fn load_one<K>(&self, key: K) -> Result<Option<F::Value>, F::Error>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        F: Loader<K>,
    {
        Ok(self.load_many([key.clone()]).await?.remove(&key))
    }

    /// The values of keys, those that there are.
    ///
    /// # Errors
    /// What the loader says of the batch that the keys are in.
    pub async fn load_many<K>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<HashMap<K, F::Value>, F::Error>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        F: Loader<K>,
    {
        let kind = self.kind::<K>();
        let keys: Vec<K> = keys.into_iter().collect();
        if let Some(batch) = self.ask(&kind, &keys) {
            poll_fn(|context| {
                let mut batch = lock(&batch);
                match &batch.done {
                    Some(done) => Poll::Ready(done.clone()),
                    None => {
                        batch.waiting.push(context.waker().clone());
                        Poll::Pending
                    }
                }
            })
            .await?;
        }
        let kind = lock(&kind);
        let value = |key: K| {
            let value = kind.known.get(&key)?.clone()?;
            Some((key, value))
        };
        Ok(keys.into_iter().filter_map(value).collect())
    }

    /// Whether every batch asks anew.
    pub fn forgets(&self) -> bool {
        self.forgets.load(Ordering::Relaxed)
    }

    /// Remembers values that came with others.
    pub fn know<K>(&self, values: impl IntoIterator<Item = (K, F::Value)>)
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        F: Loader<K>,
    {
        let kind = self.kind::<K>();
        lock(&kind).known.extend(values.into_iter().map(|(key, value)| (key, Some(value))));
    }

    /// Puts keys that are not known into the batch that will be sent next.
    fn ask<K>(&self, kind: &Arc<KindOf<K, F>>, keys: &[K]) -> Option<BatchOf<K, F>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        F: Loader<K>,
    {
        let mut asked = lock(kind);
        let forgets = self.forgets.load(Ordering::Relaxed);
        let is_missing = |key: &&K| forgets || !asked.known.contains_key(*key);
        let missing: Vec<&K> = keys.iter().filter(is_missing).collect();
        if missing.is_empty() {
            return None;
        }
        let batch = asked.open.get_or_insert_with(|| {
            let (fetch, kind) = (Arc::clone(&self.fetch), Arc::clone(kind));
            let send = send(fetch, kind, Arc::clone(&self.forgets));
            lock(&self.filled).push(send.boxed());
            Arc::new(Mutex::new(Batch {
                keys: HashSet::default(),
                waiting: Vec::new(),
                done: None,
            }))
        });
        lock(batch).keys.extend(missing.into_iter().cloned());
        Some(Arc::clone(batch))
    }

    fn kind<K>(&self) -> Arc<KindOf<K, F>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        F: Loader<K>,
    {
        let mut kinds = lock(&self.kinds);
        let found = kinds.get(&TypeId::of::<K>()).cloned();
        if let Some(Ok(kind)) = found.map(Arc::downcast) {
            return kind;
        }
        let kind: Arc<KindOf<K, F>> =
            Arc::new(Mutex::new(Kind { known: HashMap::default(), open: None }));
        kinds.insert(TypeId::of::<K>(), Arc::clone(&kind) as Arc<dyn Any + Send + Sync>);
        kind
    }

    /// Waits for a statement that a field sends by itself. No batch is sent meanwhile: what the field answers may have
    /// more to ask at the same level.
    pub async fn alone<T>(&self, statement: impl Future<Output = T>) -> T {
        let _counted = Counted::new(&self.elsewhere);
        statement.await
    }

    /// Runs the operation, and sends its batches whenever it cannot go on.
    pub async fn drive<T>(&self, operation: impl Future<Output = T>) -> T {
        let mut operation = pin!(operation);
        let mut sent = FuturesUnordered::new();
        let mut bell: Option<Arc<Bell>> = None;
        poll_fn(|context| {
            let bell = Bell::of(&mut bell, context.waker());
            let waker = Waker::from(Arc::clone(bell));
            let mut inner = Context::from_waker(&waker);
            loop {
                bell.rung.store(false, Ordering::Release);
                if let Poll::Ready(answer) = operation.as_mut().poll(&mut inner) {
                    return Poll::Ready(answer);
                }
                // Whoever gives way in the middle of a long list stands still only for politeness.
                if bell.rung.load(Ordering::Acquire) {
                    continue;
                }
                if sent.is_empty() && self.elsewhere.load(Ordering::Relaxed) == 0 {
                    sent.extend(mem::take(&mut *lock(&self.filled)));
                }
                let mut back = false;
                while let Poll::Ready(Some(())) = sent.poll_next_unpin(context) {
                    back = true;
                }
                if !back {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}

/// Sends the open batch of a kind, and wakes everybody who waits for it.
async fn send<K, F>(fetch: Arc<F>, kind: Arc<KindOf<K, F>>, forgets: Arc<AtomicBool>)
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    F: Loader<K>,
{
    let Some(batch) = lock(&kind).open.take() else { return };
    // Whoever waited for the batch before has what it brought: the operation stands still.
    if forgets.load(Ordering::Relaxed) {
        lock(&kind).known.clear();
    }
    let keys: Vec<K> = lock(&batch).keys.iter().cloned().collect();
    let mut done = Ok(());
    for keys in keys.chunks(MOST_KEYS) {
        match fetch.load(keys).await {
            Ok(mut found) => {
                let values = keys.iter().map(|key| (key.clone(), found.remove(key)));
                lock(&kind).known.extend(values);
            }
            Err(error) => {
                done = Err(error);
                break;
            }
        }
    }
    let waiting = {
        let mut batch = lock(&batch);
        batch.done = Some(done);
        mem::take(&mut batch.waiting)
    };
    waiting.into_iter().for_each(Waker::wake);
}

/// Wakes the task, and remembers that it did.
struct Bell {
    rung: AtomicBool,
    task: Waker,
}

impl Bell {
    fn of<'b>(bell: &'b mut Option<Arc<Self>>, task: &Waker) -> &'b Arc<Self> {
        if !bell.as_ref().is_some_and(|bell| bell.task.will_wake(task)) {
            *bell = None;
        }
        bell.get_or_insert_with(|| {
            Arc::new(Self { rung: AtomicBool::new(false), task: task.clone() })
        })
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.task.wake_by_ref();
    }
}

/// Nobody panics with one of these in the hand.
fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts as long as it lives, also when the field is dropped in the middle.
struct Counted<'c>(&'c AtomicUsize);

impl<'c> Counted<'c> {
    fn new(count: &'c AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
