//! What an answer that was sent rested on, and whether it still holds.

use chrono::{DateTime, Days, NaiveTime, Utc};
use entity::vocabulary::NodeType;

use crate::{
    answers::Caller,
    fresh::{Mark, Nodes, Organisations, Proof},
};

/// What an answer rested on.
pub(super) struct Rests {
    pub since: Mark,
    pub nodes: Nodes,
}

impl Rests {
    /// Whether nothing of it has changed.
    pub(super) fn hold(&self, proof: &Proof, organisations: &Organisations) -> bool {
        proof.seen.holds(self.since, organisations, self.nodes)
    }

    /// Whether nobody was granted anything or lost it.
    pub(super) fn roles_hold(&self, proof: &Proof) -> bool {
        proof.seen.holds(self.since, &Organisations::Any, Nodes::of(&[NodeType::RoleGrant]))
    }

    /// Nothing that matters lies before that: neither the next proof nor the next turn need look at it again.
    pub(super) fn read_on(&mut self, proof: &Proof, place: &mut Option<i64>) {
        if proof.seen.last() > self.since.last() {
            self.since = proof.seen.mark();
            if let Some(place) = place {
                *place = self.since.last().max(*place);
            }
        }
    }
}

/// Where in the log a caller asks.
pub(super) fn mark(caller: &Caller) -> Option<Mark> {
    caller.proof.as_ref().map(|proof| proof.seen.mark())
}

/// When the day is over on which somebody asked.
pub(super) fn tomorrow(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let next = now.date_naive().checked_add_days(Days::new(1))?;
    let left = next.and_time(NaiveTime::MIN).and_utc() - now;
    Utc::now().checked_add_signed(left)
}
