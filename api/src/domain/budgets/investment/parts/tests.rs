//! What counts where, in trees that people draw and in trees that nobody would.

use proptest::prelude::*;

use super::*;

fn key(nth: usize) -> Uuid {
    Uuid::from_u128(nth as u128 + 1)
}

/// A tree by the parent of each unit, which comes before it; the root is its own.
struct Tree(Vec<usize>);

impl Tree {
    /// A unit and all above it, the nearest first.
    fn above(&self, unit: usize) -> Vec<usize> {
        let mut found = vec![unit];
        let mut at = unit;
        while self.0[at] != at {
            at = self.0[at];
            found.push(at);
        }
        found
    }

    fn is_below(&self, unit: usize, other: usize) -> bool {
        unit != other && self.above(unit).contains(&other)
    }

    fn is_at_or_below(&self, unit: usize, other: usize) -> bool {
        self.above(unit).contains(&other)
    }
}

/// A budget of a unit: whether in euro, and the units of its items.
type Budget = (usize, bool, Vec<usize>);

/// Pairs of units: the budget of the second counts in that of the first.
fn found(tree: &Tree, budgets: &[Budget]) -> BTreeSet<(usize, usize)> {
    let with_budget: HashSet<usize> = budgets.iter().map(|(unit, ..)| *unit).collect();
    let above = (0..tree.0.len())
        .map(|unit| {
            let above = tree.above(unit).into_iter().filter(|unit| with_budget.contains(unit));
            (key(unit), above.map(key).collect())
        })
        .collect();
    let placed: Vec<Placed> = budgets
        .iter()
        .map(|(unit, euro, items)| Placed {
            id: key(*unit + 1_000),
            unit: key(*unit),
            currency: if *euro { Currency::Eur } else { Currency::Sek },
            items: items.iter().copied().map(key).collect(),
        })
        .collect();
    let back = |id: Uuid| usize::try_from(id.as_u128()).expect("a small key") - 1_001;
    counted(&placed, &above).into_iter().map(|(budget, part)| (back(budget), back(part))).collect()
}

/// The rule as it is written down.
fn by_the_rule(tree: &Tree, budgets: &[Budget]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for (b, b_euro, _) in budgets {
        for (s, s_euro, _) in budgets.iter().filter(|(_, euro, _)| euro == b_euro) {
            let between = budgets.iter().filter(|(t, euro, _)| {
                euro == s_euro && tree.is_below(*t, *b) && tree.is_at_or_below(*s, *t)
            });
            let covered = |t: usize| {
                budgets.iter().any(|(a, euro, items)| {
                    euro == s_euro
                        && tree.is_below(t, *a)
                        && tree.is_at_or_below(*a, *b)
                        && items.iter().any(|item| tree.is_at_or_below(*item, t))
                })
            };
            let counts = tree.is_below(*s, *b) && !between.into_iter().any(|(t, ..)| covered(*t));
            if s == b || counts {
                pairs.insert((*b, *s));
            }
        }
    }
    pairs
}

#[test]
fn what_a_budget_has_placed_wins_over_the_budgets_below() {
    // 0 region; 1 board; 2 and 3 areas of the board; 4 a unit of area 2.
    let tree = Tree(vec![0, 0, 1, 1, 2]);
    for (what, budgets, in_board, in_region) in [
        ("alone", vec![(1, false, vec![1])], vec![1], vec![]),
        (
            "areas have budgets and the board has placed nothing in them",
            vec![(1, false, vec![1]), (2, false, vec![2]), (3, false, vec![])],
            vec![1, 2, 3],
            vec![],
        ),
        (
            "the board has placed something in one area",
            vec![(1, false, vec![1, 2]), (2, false, vec![2]), (3, false, vec![3])],
            vec![1, 3],
            vec![],
        ),
        (
            "deep in an area is in the area",
            vec![(1, false, vec![4]), (2, false, vec![2]), (3, false, vec![])],
            vec![1, 3],
            vec![],
        ),
        (
            "what is below a covered area is covered too",
            vec![(1, false, vec![2]), (2, false, vec![2]), (4, false, vec![4])],
            vec![1],
            vec![],
        ),
        (
            "an area that has placed something in its unit",
            vec![(0, false, vec![]), (1, false, vec![]), (2, false, vec![4]), (4, false, vec![4])],
            vec![1, 2],
            vec![0, 1, 2],
        ),
        (
            "the region has placed something in the unit: its whole way up is covered there",
            vec![(0, false, vec![4]), (1, false, vec![]), (2, false, vec![]), (3, false, vec![3])],
            vec![1, 2, 3],
            vec![0],
        ),
        (
            "euro is not added to kronor, and covers none",
            vec![(1, false, vec![]), (2, true, vec![4]), (4, false, vec![4])],
            vec![1, 4],
            vec![],
        ),
        (
            "an item that was moved away is its budget's own",
            vec![(2, false, vec![3]), (1, false, vec![]), (3, false, vec![3])],
            vec![1, 2, 3],
            vec![],
        ),
    ] {
        let found = found(&tree, &budgets);
        let of = |unit: usize| -> Vec<usize> {
            found.iter().filter(|(budget, _)| *budget == unit).map(|(_, part)| *part).collect()
        };
        assert_eq!((of(1), of(0)), (in_board, in_region), "{what}");
    }
}

fn worlds() -> impl Strategy<Value = (Vec<usize>, Vec<Budget>)> {
    (2_usize..9).prop_flat_map(|units| {
        let parents = (0..units).map(|nth| 0..nth.max(1)).collect::<Vec<_>>();
        let budget =
            (any::<bool>(), prop::bool::weighted(0.2), prop::collection::vec(0..units, 0..3));
        (parents, prop::collection::vec(budget, units)).prop_map(|(parents, budgets)| {
            let there = budgets.into_iter().enumerate().filter(|(_, (there, ..))| *there);
            (parents, there.map(|(unit, (_, euro, items))| (unit, euro, items)).collect())
        })
    })
}

proptest! {
    #[test]
    fn it_is_the_rule((parents, budgets) in worlds()) {
        let tree = Tree(parents);
        prop_assert_eq!(found(&tree, &budgets), by_the_rule(&tree, &budgets));
    }

    #[test]
    fn no_krona_is_added_twice((parents, budgets) in worlds()) {
        let tree = Tree(parents);
        let found = found(&tree, &budgets);
        for (unit, ..) in &budgets {
            prop_assert!(found.contains(&(*unit, *unit)), "each is counted in itself");
        }
        let of = |unit: usize| budgets.iter().find(|(at, ..)| *at == unit).expect("a budget");
        for (budget, upper) in &found {
            for (_, lower) in found.iter().filter(|(at, lower)| at == budget && lower != upper) {
                prop_assert_eq!(of(*lower).1, of(*budget).1, "of one currency");
                // Neither has placed anything where the other is.
                let overlap = tree.is_below(*lower, *upper)
                    && of(*upper).2.iter().any(|item| tree.is_at_or_below(*item, *lower));
                prop_assert!(!overlap, "{} and {} in {}", upper, lower, budget);
            }
        }
    }
}
