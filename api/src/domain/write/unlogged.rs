//! Whether a write changes more than its rows in the log tell.

use entity::vocabulary::NodeType;

use crate::fresh::{Table, Tables, touched};

/// Whether a table was written of which the logged nodes do not tell. What is kept between requests cannot rely on the
/// log then, and a count beside its head says so.
pub(super) fn is_more(written: Tables, logged: impl Iterator<Item = NodeType>) -> bool {
    let told = logged.fold(LOG, |told, node| told.and(touched(node)));
    let more = !told.covers(written);
    if more {
        tracing::debug!(?told, ?written, "a write changed more than the log tells");
    }
    more
}

const LOG: Tables = Tables::of(&[Table::Change, Table::ChangeHead]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_no_logged_node_touches_is_more() {
        use {NodeType as N, Table as T};
        for (written, logged, more) in [
            (&[][..], &[][..], false),
            (&[T::Goal, T::GoalIndicator, T::ExternalRef, T::Change], &[N::Goal], false),
            (&[T::Goal, T::Target], &[N::Goal], true),
            (&[T::Goal, T::Target], &[N::Goal, N::Target], false),
            (&[T::Actor], &[N::Goal], true),
            (&[T::Goal], &[], true),
        ] {
            assert_eq!(is_more(Tables::of(written), logged.iter().copied()), more, "{written:?}");
        }
    }
}
