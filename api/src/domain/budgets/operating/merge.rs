//! Two people who each send the whole list of a budget's lines: what each has changed is kept, line by line.

/// What is to be done about one line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Nothing: the caller has not changed it, or wants what it is.
    Stays,
    /// It becomes what the caller wants.
    Changes,
    /// Somebody else has made it something else than the caller saw, and the caller wants a third thing.
    Clashes,
}

/// What is to be done about a line that the caller saw as `seen` and wants as `wanted`, and that is `now`. No line is
/// nothing.
#[must_use]
pub fn settle<T: PartialEq>(seen: &Option<T>, now: &Option<T>, wanted: &Option<T>) -> Settled {
    if wanted == now || wanted == seen {
        Settled::Stays
    } else if now == seen {
        Settled::Changes
    } else {
        Settled::Clashes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_keeps_what_it_changed() {
        use Settled::{Changes, Clashes, Stays};
        for (seen, now, wanted, settled) in [
            (Some(1), Some(1), Some(1), Stays),
            (Some(1), Some(1), Some(2), Changes),
            (Some(1), Some(1), None, Changes),
            (None, None, Some(1), Changes),
            // Somebody else has changed, added or removed it.
            (Some(1), Some(2), Some(1), Stays),
            (None, Some(2), None, Stays),
            (Some(1), None, Some(1), Stays),
            // Both did the same.
            (Some(1), Some(2), Some(2), Stays),
            (None, Some(2), Some(2), Stays),
            // Both did something else.
            (Some(1), Some(2), Some(3), Clashes),
            (Some(1), Some(2), None, Clashes),
            (Some(1), None, Some(2), Clashes),
            (None, Some(1), Some(2), Clashes),
        ] {
            assert_eq!(settle(&seen, &now, &wanted), settled, "{seen:?} {now:?} {wanted:?}");
        }
    }

    proptest! {
        #[test]
        fn who_saw_the_latest_gets_what_is_wanted(now: Option<u8>, wanted: Option<u8>) {
            let becomes = match settle(&now, &now, &wanted) {
                Settled::Changes => wanted,
                Settled::Stays => now,
                Settled::Clashes => return Err(TestCaseError::fail("nobody else changed it")),
            };
            prop_assert_eq!(becomes, wanted);
        }

        #[test]
        fn nothing_that_somebody_else_wrote_is_lost(
            seen in prop::option::of(0_u8..4), now in prop::option::of(0_u8..4), wanted in prop::option::of(0_u8..4),
        ) {
            if settle(&seen, &now, &wanted) == Settled::Changes {
                prop_assert_eq!(now, seen);
            }
        }
    }
}
