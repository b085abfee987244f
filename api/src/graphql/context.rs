//! What every resolver may use: the database, who asks, and the loaders of this one operation.

use std::sync::Arc;

use async_graphql::{
    Context,
    dataloader::{DataLoader, HashMapCache},
};
use chrono::{DateTime, Utc};

use super::loader::Fetch;
use crate::{access::viewer::Viewer, db::Db};

/// Tells the time: one clock for the whole server, which tests can set.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// One operation's surroundings.
pub struct Session {
    /// The database.
    pub db: Db,
    /// Who asks.
    pub viewer: Arc<Viewer>,
    /// The time at which the operation began.
    pub now: DateTime<Utc>,
    /// Loads many rows at once, each only once in an operation.
    pub loader: DataLoader<Fetch, HashMapCache>,
}

impl Session {
    /// The surroundings of one operation.
    #[must_use]
    pub fn new(db: Db, viewer: Viewer, now: DateTime<Utc>) -> Self {
        let viewer = Arc::new(viewer);
        let loader =
            super::loader::loader(Fetch { db: db.clone(), viewer: Arc::clone(&viewer), now });
        Self { db, viewer, now, loader }
    }
}

/// The session of the operation that is being answered.
///
/// # Panics
/// Never in a schema that [`crate::app::App`] serves: every request carries its session.
pub fn session<'c>(ctx: &Context<'c>) -> &'c Session {
    ctx.data_unchecked::<Arc<Session>>()
}
