//! What has changed, and when, as far as this process has seen.

use std::collections::HashMap;

use entity::vocabulary::NodeType;
use uuid::Uuid;

use super::tables::Nodes;

/// How far a database has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The last change in the log.
    pub last: i64,
    /// How many commits changed what the log does not show.
    pub unlogged: i64,
}

/// A place in the log at which something was true. It belongs to the process that saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Marks of different epochs have nothing to do with each other.
    epoch: u64,
    last: i64,
}

impl Mark {
    /// The last change in the log then.
    #[must_use]
    pub fn last(self) -> i64 {
        self.last
    }
}

/// Organisations, in any of which a change may matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organisations {
    /// All of them, also those that are yet to be.
    Any,
    /// These.
    These(Vec<Uuid>),
}

/// What this process has seen of the log.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    epoch: u64,
    place: Option<Place>,
    /// Up to here all has changed.
    all: i64,
    /// The last change of each type of node.
    any: Latest,
    /// The same in each organisation.
    each: HashMap<Uuid, Latest>,
}

/// The last change of each type of node, in the order of [`NodeType::ALL`].
type Latest = [i64; NodeType::ALL.len()];

impl Seen {
    /// Where this is, to be asked later whether it still [holds](Self::holds).
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { epoch: self.epoch, last: self.place.unwrap_or_default().last }
    }

    /// The last change in the log.
    #[must_use]
    pub fn last(&self) -> i64 {
        self.place.unwrap_or_default().last
    }

    /// Whether nodes of these types in these organisations are as they were then.
    #[must_use]
    pub fn holds(&self, since: Mark, organisations: &Organisations, nodes: Nodes) -> bool {
        let unchanged = |latest: &Latest| {
            latest
                .iter()
                .zip(NodeType::ALL)
                .all(|(seq, node)| *seq <= since.last || !nodes.has(*node))
        };
        self.epoch == since.epoch
            && self.all <= since.last
            && match organisations {
                Organisations::Any => unchanged(&self.any),
                Organisations::These(these) => these
                    .iter()
                    .filter_map(|organisation| self.each.get(organisation))
                    .all(unchanged),
            }
    }

    /// From where on the log has to be read to come to that place; nothing when this is it.
    pub(super) fn behind(&self, place: Place) -> Option<i64> {
        match self.place {
            Some(here) if here == place => None,
            Some(here) => Some(here.last.min(place.last)),
            None => Some(place.last),
        }
    }

    /// Comes to a place, with what has changed on the way; nothing when that is not known.
    pub(super) fn advance(&mut self, place: Place, changes: Option<Vec<(Uuid, NodeType, i64)>>) {
        let gone_on = self
            .place
            .is_some_and(|here| here.last <= place.last && here.unlogged == place.unlogged);
        // A head that goes back is another database than it was.
        if self.place.is_some() && !gone_on {
            self.forget();
        }
        self.place = Some(place);
        let Some(changes) = changes else {
            self.all = place.last;
            self.each.clear();
            return;
        };
        for (organisation, node, seq) in changes {
            let each = self.each.entry(organisation).or_default();
            for latest in [&mut self.any, each] {
                for (last, _) in latest.iter_mut().zip(NodeType::ALL).filter(|(_, of)| **of == node)
                {
                    *last = seq.max(*last);
                }
            }
        }
    }

    /// Takes back everything that was said before.
    pub(super) fn forget(&mut self) {
        *self = Self { epoch: self.epoch + 1, ..Self::default() };
    }
}

#[cfg(test)]
impl Seen {
    /// What has seen this much.
    pub(crate) fn at(last: i64, changes: Vec<(Uuid, NodeType, i64)>) -> Self {
        let mut seen = Self::default();
        seen.come_to(last, changes);
        seen
    }

    /// Sees more.
    pub(crate) fn come_to(&mut self, last: i64, changes: Vec<(Uuid, NodeType, i64)>) {
        self.advance(Place { last, unlogged: 0 }, Some(changes));
    }
}

#[cfg(test)]
mod tests {
    use NodeType::{Goal, Outcome};

    use super::*;

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);

    fn at(last: i64, unlogged: i64) -> Place {
        Place { last, unlogged }
    }

    fn begun() -> Seen {
        let mut seen = Seen::default();
        assert_eq!(seen.behind(at(7, 0)), Some(7));
        seen.advance(at(7, 0), Some(Vec::new()));
        assert_eq!(seen.behind(at(7, 0)), None);
        seen
    }

    fn these(organisations: &[Uuid]) -> Organisations {
        Organisations::These(organisations.to_vec())
    }

    #[test]
    fn only_a_change_that_matters_ends_what_was_true() {
        let mut seen = begun();
        let mark = seen.mark();
        assert_eq!(seen.behind(at(9, 0)), Some(7));
        seen.advance(at(9, 0), Some(vec![(A, Outcome, 8), (B, Goal, 9)]));
        for (organisations, nodes, holds) in [
            (these(&[A]), Nodes::of(&[Outcome]), false),
            (these(&[A]), Nodes::of(&[Goal]), true),
            (these(&[B]), Nodes::of(&[Outcome]), true),
            (these(&[A, B]), Nodes::of(&[Goal]), false),
            (these(&[]), Nodes::of(&[Goal]), true),
            (Organisations::Any, Nodes::of(&[Goal]), false),
            (Organisations::Any, Nodes::of(&[NodeType::Plan]), true),
            (Organisations::Any, Nodes::of(&[]), true),
        ] {
            assert_eq!(
                seen.holds(mark, &organisations, nodes),
                holds,
                "{organisations:?} {nodes:?}"
            );
            assert!(seen.holds(seen.mark(), &organisations, nodes));
        }
    }

    #[test]
    fn what_is_not_known_has_changed() {
        let none = Nodes::of(&[]);
        for (place, changes, holds) in [
            (at(8, 0), Some(Vec::new()), true),
            (at(7, 1), Some(Vec::new()), false),
            (at(6, 0), Some(Vec::new()), false),
            (at(8, 1), Some(Vec::new()), false),
            (at(90_000, 0), None, false),
        ] {
            let mut seen = begun();
            let mark = seen.mark();
            seen.advance(place, changes);
            assert_eq!(seen.holds(mark, &these(&[A]), none), holds, "{place:?}");
        }
        let mut seen = begun();
        let mark = seen.mark();
        seen.forget();
        assert!(!seen.holds(mark, &these(&[]), none));
        seen.advance(at(7, 0), Some(Vec::new()));
        assert!(!seen.holds(mark, &these(&[]), none), "a mark from before the connection was lost");
    }
}
