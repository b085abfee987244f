//! The rules of a frame: what may share it, and what may move within it. Pure, in hundredths.

use entity::money::Hundredths;

/// Why an amount cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// So much is missing.
    Missing(i128),
    /// More than can be kept.
    TooLarge,
}

/// Whether items that come to `allocated` share a frame.
///
/// # Errors
/// By how much they exceed it.
pub fn fits(allocated: i128, frame: Hundredths) -> Result<(), Refusal> {
    let missing = allocated - i128::from(frame.0);
    if missing > 0 { Err(Refusal::Missing(missing)) } else { Ok(()) }
}

/// A frame after a change of it, shared by items that come to `allocated`.
///
/// # Errors
/// How much would be missing for them, or that nothing so large can be kept.
pub fn reframed(
    frame: Hundredths,
    change: Hundredths,
    allocated: i128,
) -> Result<Hundredths, Refusal> {
    // Neither is larger than can be kept, so that their sum is a whole number of the same size.
    let after = Hundredths(frame.0 + change.0);
    fits(allocated.max(0), after)?;
    if after.0 > Hundredths::MAX { Err(Refusal::TooLarge) } else { Ok(after) }
}

/// Two items after an amount has moved from the first to the second.
///
/// # Errors
/// How much the first lacks.
pub fn moved(
    from: Hundredths,
    to: Hundredths,
    amount: Hundredths,
) -> Result<(Hundredths, Hundredths), Refusal> {
    fits(amount.0.into(), from)?;
    Ok((Hundredths(from.0 - amount.0), Hundredths(to.0 + amount.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_says_how_much_is_missing() {
        for (allocated, frame, refused) in [
            (0, 0, None),
            (100, 100, None),
            (101, 100, Some(Refusal::Missing(1))),
            (i128::from(Hundredths::MAX) * 3, 0, Some(Refusal::Missing(299_999_999_999_999_997))),
        ] {
            assert_eq!(fits(allocated, Hundredths(frame)).err(), refused);
        }
        let reframed = |frame, change| reframed(Hundredths(frame), Hundredths(change), 50);
        assert_eq!(reframed(100, -50), Ok(Hundredths(50)));
        assert_eq!(reframed(100, -51), Err(Refusal::Missing(1)));
        assert_eq!(reframed(100, -200), Err(Refusal::Missing(150)));
        assert_eq!(reframed(Hundredths::MAX, 1), Err(Refusal::TooLarge));
        let moved = |from, amount| moved(Hundredths(from), Hundredths(7), Hundredths(amount));
        assert_eq!(moved(5, 5), Ok((Hundredths(0), Hundredths(12))));
        assert_eq!(moved(5, 6), Err(Refusal::Missing(1)));
    }

    /// What people do to a budget.
    #[derive(Clone, Debug)]
    enum Step {
        Add(i64),
        Set(usize, i64),
        Remove(usize),
        Move(usize, usize, i64),
        SetFrame(i64),
        Change(i64),
        Spend(usize, i64),
    }

    /// A budget as the rules leave it.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    struct Ledger {
        frame: i64,
        items: Vec<i64>,
        spent: Vec<i64>,
    }

    impl Ledger {
        fn allocated(&self) -> i128 {
            self.items.iter().copied().map(i128::from).sum()
        }

        fn step(&mut self, step: &Step) -> Result<(), Refusal> {
            let frame = Hundredths(self.frame);
            let nth = |nth: usize| nth.checked_rem(self.items.len());
            match *step {
                Step::Add(amount) => {
                    fits(self.allocated() + i128::from(amount), frame)?;
                    self.items.push(amount);
                    self.spent.push(0);
                }
                Step::Set(at, amount) => {
                    let Some(at) = nth(at) else { return Ok(()) };
                    fits(self.allocated() + i128::from(amount - self.items[at]), frame)?;
                    self.items[at] = amount;
                }
                Step::Remove(at) => {
                    let Some(at) = nth(at) else { return Ok(()) };
                    self.items.remove(at);
                    self.spent.remove(at);
                }
                Step::Move(from, to, amount) => {
                    let (Some(from), Some(to)) = (nth(from), nth(to)) else { return Ok(()) };
                    if from != to {
                        let (less, more) = moved(
                            Hundredths(self.items[from]),
                            Hundredths(self.items[to]),
                            Hundredths(amount),
                        )?;
                        (self.items[from], self.items[to]) = (less.0, more.0);
                    }
                }
                Step::SetFrame(after) => {
                    fits(self.allocated(), Hundredths(after))?;
                    self.frame = after;
                }
                Step::Change(change) => {
                    self.frame = reframed(frame, Hundredths(change), self.allocated())?.0;
                }
                Step::Spend(at, spent) => {
                    let Some(at) = nth(at) else { return Ok(()) };
                    self.spent[at] = spent;
                }
            }
            Ok(())
        }
    }

    fn steps() -> impl Strategy<Value = Step> {
        let amount = || prop_oneof![0_i64..2_000, 0..=Hundredths::MAX];
        let change = || prop_oneof![-2_000_i64..2_000, -Hundredths::MAX..=Hundredths::MAX];
        prop_oneof![
            amount().prop_map(Step::Add),
            (0_usize..9, amount()).prop_map(|(at, amount)| Step::Set(at, amount)),
            (0_usize..9).prop_map(Step::Remove),
            (0_usize..9, 0_usize..9, amount()).prop_map(|(from, to, by)| Step::Move(from, to, by)),
            amount().prop_map(Step::SetFrame),
            change().prop_map(Step::Change),
            (0_usize..9, change()).prop_map(|(at, spent)| Step::Spend(at, spent)),
        ]
    }

    proptest! {
        #[test]
        fn whatever_people_do_the_frame_holds(steps in prop::collection::vec(steps(), 0..60)) {
            let mut ledger = Ledger { frame: 3_000, ..Ledger::default() };
            for step in &steps {
                let before = ledger.clone();
                let done = ledger.step(step);
                prop_assert!(ledger.allocated() <= i128::from(ledger.frame));
                prop_assert!(ledger.items.iter().all(|amount| (0..=Hundredths::MAX).contains(amount)));
                prop_assert!((0..=Hundredths::MAX).contains(&ledger.frame));
                match (step, done) {
                    (_, Err(refusal)) => {
                        prop_assert_eq!(&ledger, &before, "nothing has changed");
                        if let Refusal::Missing(missing) = refusal {
                            prop_assert!(missing > 0);
                        }
                    }
                    (Step::Move(..) | Step::Spend(..), Ok(())) => {
                        prop_assert_eq!(ledger.allocated(), before.allocated());
                        prop_assert_eq!(ledger.frame, before.frame);
                    }
                    (_, Ok(())) => {}
                }
            }
        }

        #[test]
        fn what_is_missing_is_exactly_enough(
            allocated in 0..=i128::from(Hundredths::MAX),
            frame in 0..=Hundredths::MAX,
        ) {
            if let Err(Refusal::Missing(missing)) = fits(allocated, Hundredths(frame)) {
                let enough = i64::try_from(i128::from(frame) + missing).expect("at most allocated");
                prop_assert_eq!(fits(allocated, Hundredths(enough)), Ok(()));
                prop_assert!(fits(allocated, Hundredths(enough - 1)).is_err());
            }
        }
    }
}
