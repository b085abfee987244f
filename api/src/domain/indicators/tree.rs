//! The unit tree, laid out so that everything below a unit is one run of places.

use std::collections::HashMap;

use uuid::Uuid;

/// Units in the order in which one meets them going down: a unit, then all that is below it, then its
/// next sibling. Going through what is below a unit takes time in proportion to it, and nothing recurses.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    places: Vec<Place>,
    at: HashMap<Uuid, usize>,
}

#[derive(Clone, Debug)]
struct Place {
    unit: Uuid,
    parent: Option<Uuid>,
    /// The place after the last unit below.
    end: usize,
}

enum Step {
    Down(Uuid, Option<Uuid>),
    Up(usize),
}

impl Tree {
    /// The tree (or trees) of units with their parents; siblings keep the order in which they come.
    ///
    /// A unit whose parent is not among them is a root, so that a caller can hand over a part of a
    /// tree. Of a unit that comes twice the first counts. Units in a circle hang nowhere and are left out.
    #[must_use]
    pub fn new(units: impl IntoIterator<Item = (Uuid, Option<Uuid>)>) -> Self {
        let mut parents = HashMap::new();
        let mut order = Vec::new();
        for (unit, parent) in units {
            parents.entry(unit).or_insert_with(|| {
                order.push(unit);
                parent
            });
        }
        let mut below: HashMap<Option<Uuid>, Vec<Uuid>> = HashMap::new();
        for unit in order.into_iter().rev() {
            let parent =
                parents.get(&unit).copied().flatten().filter(|parent| parents.contains_key(parent));
            below.entry(parent).or_default().push(unit);
        }

        let mut tree = Self::default();
        let roots = below.remove(&None).unwrap_or_default();
        let mut steps: Vec<_> = roots.into_iter().map(|root| Step::Down(root, None)).collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Down(unit, parent) => {
                    let place = tree.places.len();
                    tree.places.push(Place { unit, parent, end: place + 1 });
                    tree.at.insert(unit, place);
                    steps.push(Step::Up(place));
                    let children = below.remove(&Some(unit)).unwrap_or_default();
                    steps.extend(children.into_iter().map(|child| Step::Down(child, Some(unit))));
                }
                Step::Up(place) => {
                    let end = tree.places.len();
                    if let Some(place) = tree.places.get_mut(place) {
                        place.end = end;
                    }
                }
            }
        }
        tree
    }

    /// Whether the unit is in the tree.
    #[must_use]
    pub fn contains(&self, unit: Uuid) -> bool {
        self.at.contains_key(&unit)
    }

    /// Everything below the unit, each before what is below it; nothing for an unknown unit.
    pub fn descendants(&self, unit: Uuid) -> impl Iterator<Item = Uuid> {
        self.descend(unit, |_| false).map(|place| place.unit)
    }

    /// The units right below the unit.
    pub fn children(&self, unit: Uuid) -> impl Iterator<Item = Uuid> {
        self.descend(unit, |_| true).map(|place| place.unit)
    }

    /// The units above the unit, the nearest first.
    pub fn ancestors(&self, unit: Uuid) -> impl Iterator<Item = Uuid> {
        std::iter::successors(self.parent(unit), |above| self.parent(*above))
    }

    /// Every unit, each after all that is below it.
    pub fn bottom_up(&self) -> impl Iterator<Item = Uuid> {
        self.places.iter().rev().map(|place| place.unit)
    }

    /// Every unit in the order of its place, with the place after the last below it.
    pub fn ends(&self) -> impl Iterator<Item = (Uuid, usize)> {
        self.places.iter().map(|place| (place.unit, place.end))
    }

    /// The nearest units below that have answered, and those units below with neither an answer nor
    /// anybody below them to give one. Nothing below an answer is looked at.
    pub fn nearest(
        &self,
        unit: Uuid,
        answered: impl Fn(Uuid) -> bool,
    ) -> impl Iterator<Item = Uuid> {
        self.descend(unit, answered)
            .filter(move |place| place.stopped || place.is_leaf)
            .map(|place| place.unit)
    }

    /// Goes down from the unit, past nothing that lies below a place where `stop` says so.
    fn descend(&self, unit: Uuid, stop: impl Fn(Uuid) -> bool) -> impl Iterator<Item = Met> {
        let own = self.place(unit);
        let end = own.map_or(0, |(_, place)| place.end);
        let mut next = own.map_or(0, |(at, _)| at + 1);
        std::iter::from_fn(move || {
            let at = next;
            let place = self.places.get(at..end)?.first()?;
            let is_leaf = place.end == at + 1;
            let stopped = stop(place.unit);
            next = if stopped { place.end } else { at + 1 };
            Some(Met { unit: place.unit, is_leaf, stopped })
        })
    }

    fn place(&self, unit: Uuid) -> Option<(usize, &Place)> {
        let at = *self.at.get(&unit)?;
        Some((at, self.places.get(at)?))
    }

    fn parent(&self, unit: Uuid) -> Option<Uuid> {
        self.place(unit)?.1.parent
    }
}

/// A unit met on the way down.
struct Met {
    unit: Uuid,
    is_leaf: bool,
    stopped: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{any_tree, unit};
    use super::*;

    /// 0 over 1 and 4, 1 over 2 and 3, 4 over 5; 6 a root of its own.
    fn small() -> Tree {
        let above = [
            (5, Some(4)),
            (0, None),
            (1, Some(0)),
            (2, Some(1)),
            (4, Some(0)),
            (3, Some(1)),
            (6, Some(99)),
        ];
        Tree::new(above.map(|(id, parent)| (unit(id), parent.map(unit))))
    }

    fn units<const N: usize>(numbers: [usize; N]) -> Vec<Uuid> {
        numbers.map(unit).to_vec()
    }

    #[test]
    fn ways_through_the_tree() {
        let tree = small();
        assert_eq!(tree.children(unit(0)).collect::<Vec<_>>(), units([1, 4]));
        assert_eq!(tree.descendants(unit(0)).collect::<Vec<_>>(), units([1, 2, 3, 4, 5]));
        assert_eq!(tree.descendants(unit(3)).count(), 0);
        assert_eq!(tree.ancestors(unit(5)).collect::<Vec<_>>(), units([4, 0]));
        assert_eq!(tree.ancestors(unit(6)).count(), 0);
        assert_eq!(tree.descendants(unit(77)).count() + tree.children(unit(77)).count(), 0);
        assert!(tree.contains(unit(6)) && !tree.contains(unit(99)));
    }

    #[test]
    fn nearest_stops_at_an_answer_and_at_the_leaves() {
        let tree = small();
        let nearest = |answers: &[usize]| {
            let answered = |id| answers.iter().any(|answer| unit(*answer) == id);
            tree.nearest(unit(0), answered).collect::<Vec<_>>()
        };
        assert_eq!(nearest(&[]), units([2, 3, 5]));
        assert_eq!(nearest(&[1, 2]), units([1, 5]));
        assert_eq!(nearest(&[0, 4]), units([2, 3, 4]));
    }

    #[test]
    fn a_circle_and_a_repeated_unit_do_no_harm() {
        let pairs =
            [(1, Some(2)), (2, Some(1)), (3, None), (3, Some(1)), (4, Some(3)), (5, Some(5))];
        let tree = Tree::new(pairs.map(|(id, parent)| (unit(id), parent.map(unit))));
        assert_eq!(tree.bottom_up().collect::<Vec<_>>(), units([4, 3]));
    }

    #[test]
    fn a_very_deep_tree_is_no_trouble() {
        let depth = 100_000;
        let tree = Tree::new((0..depth).map(|at| (unit(at), at.checked_sub(1).map(unit))));
        assert_eq!(tree.descendants(unit(0)).count(), depth - 1);
        assert_eq!(tree.ancestors(unit(depth - 1)).count(), depth - 1);
    }

    proptest! {
        #[test]
        fn below_and_above_are_two_sides_of_one_thing(pairs in any_tree()) {
            let tree = Tree::new(pairs.iter().copied());
            for (id, parent) in &pairs {
                prop_assert_eq!(tree.ancestors(*id).next(), *parent);
                for below in tree.descendants(*id) {
                    prop_assert!(tree.ancestors(below).any(|above| above == *id));
                }
                let above = tree.ancestors(*id).filter(|above| tree.descendants(*above).any(|below| below == *id));
                prop_assert_eq!(above.count(), tree.ancestors(*id).count());
            }
            prop_assert_eq!(tree.bottom_up().count(), pairs.len());
        }
    }
}
