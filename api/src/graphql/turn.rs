//! Turns of a subscription. Each is an operation of its own, with a session, a viewer and a clock of its own: what a
//! loader has brought is good for one answer. A field of the subscription says what there is to say now, and ends.
//!
//! What lives from turn to turn is the [`Place`] in the log, for fields that tell of each change in turn.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    vec,
};

use async_graphql::{Context, ID};
use entity::{organisation::org_unit, vocabulary::NodeType};
use futures_util::stream::{self, Iter};

use super::{context::session, loader::ById};
use crate::{
    db::Db,
    domain::{history::Span, reference::key_of},
    error::{Error, Result},
    fresh::{Table, Tables},
};

/// What a field of the subscription says in one turn.
pub type Said<T> = Iter<vec::IntoIter<T>>;

/// Says these things, in that order.
pub fn said<T>(things: Vec<T>) -> Said<T> {
    stream::iter(things)
}

/// How far one operation has read the log.
pub struct Place {
    from: Option<i64>,
    until: i64,
    reached: AtomicI64,
    /// Every change of anything is in the log: the tables that matter to who reads it are said beside it.
    tables: OnceLock<Tables>,
    log: Db,
}

impl Place {
    /// Before the first turn of an operation that has read `from`, or nothing; the log is known to be complete `until`
    /// there.
    #[must_use]
    pub fn new(log: Db, from: Option<i64>, until: i64) -> Self {
        Self { from, until, reached: AtomicI64::new(until), tables: OnceLock::new(), log }
    }

    /// The database, to read the log.
    pub fn log(&self) -> &Db {
        &self.log
    }

    /// The part of the log that is to be read in this turn; none in the first, from which on the operation tells. Only
    /// changes that touch these tables can give it something to tell.
    pub fn next(&self, tables: &[Table]) -> Option<Span> {
        // A turn has one field, and asks once.
        let _ = self.tables.set(Tables::of(tables));
        Some(Span { after: self.from?, until: self.until })
    }

    /// Says that the log was read only so far.
    pub fn stop_at(&self, seq: i64) {
        self.reached.store(seq, Ordering::Relaxed);
    }

    /// How far the turn has read, and the tables that mattered; none when it has not looked.
    #[must_use]
    pub fn reached(&self) -> Option<(i64, Tables)> {
        Some((self.reached.load(Ordering::Relaxed), *self.tables.get()?))
    }
}

/// The place in the log of the operation whose turn it is.
///
/// # Panics
/// Never in a schema that [`crate::app::App`] serves: every turn carries its place.
pub fn place<'c>(ctx: &Context<'c>) -> &'c Place {
    ctx.data_unchecked::<Arc<Place>>()
}

/// The unit that a subscription is about. There being none, or none that the viewer sees any more, is one and the same.
///
/// # Errors
/// [`Error::BadInput`] then; a problem for what is no unit's id.
pub async fn unit(ctx: &Context<'_>, id: &ID) -> Result<org_unit::Model> {
    let session = session(ctx);
    // Who may see nothing at all is told that first.
    session.viewer.sight()?;
    let key = key_of(NodeType::OrgUnit, id)?;
    let unit = session.loader.load_one(ById::<org_unit::Entity>::new(key)).await?;
    unit.ok_or_else(|| Error::BadInput("There is no such unit.".to_owned()))
}
