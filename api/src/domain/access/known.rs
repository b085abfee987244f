//! What principals hold, kept for as long as nobody is granted anything or loses it.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use entity::{access::role_grant, vocabulary::NodeType};
use lru::LruCache;

use super::sign_in::{self, Held};
use crate::{
    access::viewer::{Principal, View},
    db::Db,
    error::Result,
    fresh::{Mark, Nodes, Organisations, Proof},
};

/// The most principals that are known at once.
const MOST: NonZeroUsize = NonZeroUsize::new(4_096).expect("more than none");

/// What a principal holds.
#[derive(Debug)]
pub struct Known {
    /// Its grants, by itself and through groups.
    pub grants: Vec<role_grant::Model>,
    /// The organisations in which it sees anything: nothing crosses them, and a unit never changes its own.
    pub organisations: Arc<Organisations>,
    /// Those organisations, when it sees all that is in them; empty otherwise.
    pub whole: Vec<uuid::Uuid>,
    /// What of it decides what is seen.
    pub view: Arc<View>,
}

impl Known {
    /// What an anonymous caller holds.
    #[must_use]
    pub fn anonymous(public_read: bool) -> Self {
        let nothing = Held { grants: Vec::new(), organisations: Vec::new(), whole: false };
        Self::new(None, nothing, public_read)
    }

    fn new(
        principal: Option<&Principal>,
        Held { grants, organisations, whole }: Held,
        public_read: bool,
    ) -> Self {
        let whole = if whole { organisations.clone() } else { Vec::new() };
        let view = Arc::new(View::new(principal, &grants, public_read));
        let organisations =
            if view.is_open() { Organisations::Any } else { Organisations::These(organisations) };
        Self { grants, organisations: Arc::new(organisations), whole, view }
    }
}

/// What the database says that a principal holds.
///
/// # Errors
/// Whatever the database says.
pub async fn read(db: &Db, principal: &Principal, public_read: bool) -> Result<Known> {
    Ok(Known::new(Some(principal), sign_in::held(db.reader(), principal).await?, public_read))
}

/// What a principal held at a place in the log.
type Kept = (Mark, Arc<Known>);

/// What principals hold, with the place in the log at which they did.
pub struct Holders {
    public_read: bool,
    known: Mutex<LruCache<Arc<Principal>, Kept>>,
}

impl Holders {
    /// Knows nobody yet.
    #[must_use]
    pub fn new(public_read: bool) -> Self {
        Self { public_read, known: Mutex::new(LruCache::new(MOST)) }
    }

    /// What a principal holds, at least as new as the proof.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn held(
        &self,
        db: &Db,
        principal: &Arc<Principal>,
        proof: &Proof,
    ) -> Result<Arc<Known>> {
        let known =
            self.known.lock().unwrap_or_else(PoisonError::into_inner).get(principal).cloned();
        // Which grants somebody holds may change in an organisation that it has no part in yet.
        let grants = Nodes::of(&[NodeType::RoleGrant]);
        if let Some((mark, known)) = known
            && proof.seen.holds(mark, &Organisations::Any, grants)
        {
            return Ok(known);
        }
        let known = Arc::new(read(db, principal, self.public_read).await?);
        // What was read may be newer than the proof: then it is read once more than needed.
        let kept = (proof.seen.mark(), Arc::clone(&known));
        self.known.lock().unwrap_or_else(PoisonError::into_inner).put(Arc::clone(principal), kept);
        Ok(known)
    }
}
