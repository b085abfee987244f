//! What every resolver may use: the database, who asks, and the loaders of this one operation.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use async_graphql::Context;
use chrono::{DateTime, NaiveDate, Utc};

use super::{batch::Batches, loader::Fetch};
use crate::{
    access::viewer::Viewer,
    db::Db,
    error::{Error, Result},
};

/// Tells the time: one clock for the whole server, which tests can set.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// One operation's surroundings.
pub struct Session {
    /// The database.
    pub db: Db,
    /// Who asks.
    pub viewer: Arc<Viewer>,
    now: DateTime<Utc>,
    exact: AtomicBool,
    /// Loads many rows at once, each only once in an operation.
    pub loader: Batches<Fetch>,
    rows: AtomicUsize,
}

/// The most rows of lists that one operation answers with. What a document costs is known before it runs, but
/// lists inside lists that lead back to where they came from multiply what little is there.
const MOST_ROWS: usize = 100_000;

impl Session {
    /// The surroundings of one operation.
    #[must_use]
    pub fn new(db: Db, viewer: Viewer, now: DateTime<Utc>) -> Self {
        let viewer = Arc::new(viewer);
        let loader = Batches::new(Fetch { db: db.clone(), viewer: Arc::clone(&viewer) });
        let (exact, rows) = (AtomicBool::new(false), AtomicUsize::new(0));
        Self { db, viewer, now, exact, loader, rows }
    }

    /// The time at which the operation began. An answer that shows it, or follows from it, is true only once: what
    /// depends on the day asks for [`today`](Self::today).
    pub fn now(&self) -> DateTime<Utc> {
        self.exact.store(true, Ordering::Relaxed);
        self.now
    }

    /// The day on which the operation began.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Whether somebody has asked for the exact time.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.exact.load(Ordering::Relaxed)
    }

    /// Counts rows of a list that is about to be answered.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the operation has answered with too many.
    pub fn spend(&self, rows: usize) -> Result<()> {
        if self.rows.fetch_add(rows, Ordering::Relaxed) + rows > MOST_ROWS {
            return Err(Error::TooLarge(format!(
                "The answer has more than {MOST_ROWS} rows; ask for smaller pages or fewer lists inside lists."
            )));
        }
        Ok(())
    }
}

/// The session of the operation that is being answered.
///
/// # Panics
/// Never in a schema that [`crate::app::App`] serves: every request carries its session.
pub fn session<'c>(ctx: &Context<'c>) -> &'c Session {
    ctx.data_unchecked::<Arc<Session>>()
}
