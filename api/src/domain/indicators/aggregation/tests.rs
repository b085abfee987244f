//! Sums up trees: tables and properties.

use IndicatorAggregation::{Average, Ratio, Sum};
use MissingReason::{Confidential, NotApplicable, NotMeasured, NotYetAvailable, Withdrawn};
use proptest::prelude::*;

use super::super::sample::{
    amount, any_missing, any_own, any_tree, blank, dec, reported, share, unit,
};
use super::*;

type Pairs = Vec<(Uuid, Option<Uuid>)>;

/// 0 over 1 and 2; 1 over 3 and 4; 2 over 5.
fn small() -> Tree {
    let above = [(0, None), (1, Some(0)), (2, Some(0)), (3, Some(1)), (4, Some(1)), (5, Some(2))];
    Tree::new(above.map(|(id, parent)| (unit(id), parent.map(unit))))
}

fn answers<const N: usize>(own: [(usize, Own); N]) -> HashMap<Uuid, Own> {
    own.into_iter().map(|(id, answer)| (unit(id), answer)).collect()
}

fn whole<const N: usize>(kind: IndicatorAggregation, own: [(usize, Own); N]) -> Option<Aggregated> {
    aggregate(kind, &small(), &answers(own), unit(0))
}

fn summary(
    found: Option<Aggregated>,
) -> Option<(Option<Decimal>, Option<MissingReason>, u32, u32)> {
    found.map(|found| (found.value, found.missing, found.contributing, found.expected))
}

fn value(text: &str) -> Own {
    reported(dec(text))
}

#[test]
fn sums_means_and_ratios() {
    let leaves = [(3, value("1")), (4, value("2")), (5, value("6.3"))];
    assert_eq!(summary(whole(Sum, leaves)), Some((Some(dec("9.3")), None, 3, 3)));
    assert_eq!(summary(whole(Average, leaves)), Some((Some(dec("3.1")), None, 3, 3)));
    assert_eq!(summary(whole(Ratio, leaves)), Some((None, Some(NotYetAvailable), 0, 3)));
    assert_eq!(whole(IndicatorAggregation::None, leaves), None);

    let shares =
        [(3, share(dec("1"), dec("2"))), (4, share(dec("1"), dec("8"))), (5, value("0.9"))];
    let found = whole(Ratio, shares);
    assert_eq!(summary(found), Some((Some(dec("0.2")), None, 2, 3)));
    assert_eq!(
        found.and_then(|found| found.numerator.zip(found.denominator)),
        Some((dec("2"), dec("10")))
    );
}

#[test]
fn the_nearest_answer_stands_for_all_below_it() {
    let own = [(1, value("10")), (3, value("99")), (5, value("1"))];
    assert_eq!(summary(whole(Sum, own)), Some((Some(dec("11")), None, 2, 2)));
    let own = [(1, blank(Withdrawn)), (3, value("99")), (5, value("1"))];
    assert_eq!(summary(whole(Sum, own)), Some((Some(dec("1")), None, 1, 2)));
}

#[test]
fn who_is_expected() {
    for (own, found) in [
        ([(3, value("1")), (4, blank(NotApplicable))], (Some(Decimal::ONE), None, 1, 2)),
        ([(3, value("1")), (4, blank(Confidential))], (Some(Decimal::ONE), None, 1, 3)),
        ([(3, value("1")), (2, blank(NotApplicable))], (Some(Decimal::ONE), None, 1, 2)),
        ([(1, blank(NotApplicable)), (2, blank(NotApplicable))], (None, Some(NotApplicable), 0, 0)),
        ([(1, blank(NotApplicable)), (2, blank(Confidential))], (None, Some(Confidential), 0, 1)),
        ([(1, blank(NotMeasured)), (3, value("1"))], (None, Some(NotYetAvailable), 0, 2)),
        (
            [(3, blank(NotApplicable)), (4, blank(NotApplicable))],
            (None, Some(NotYetAvailable), 0, 1),
        ),
    ] {
        assert_eq!(summary(whole(Sum, own)), Some(found), "{own:?}");
    }
    assert_eq!(whole(Sum, []), None);
    assert_eq!(whole(Sum, [(0, value("7"))]), None);
}

#[test]
fn a_reason_outweighs_a_number() {
    let odd = Own { missing: Some(NotMeasured), ..value("5") };
    assert_eq!(
        summary(whole(Sum, [(3, odd), (4, value("1"))])),
        Some((Some(Decimal::ONE), None, 1, 3))
    );
}

#[test]
fn a_zero_denominator_is_missing() {
    let none = share(Decimal::ZERO, Decimal::ZERO);
    assert_eq!(
        summary(whole(Ratio, [(1, none), (2, none)])),
        Some((None, Some(NotMeasured), 2, 2))
    );
    let some = share(Decimal::ONE, Decimal::TWO);
    assert_eq!(summary(whole(Ratio, [(1, none), (2, some)])), Some((Some(dec("0.5")), None, 2, 2)));
    assert_eq!(none.counted(Ratio), None);
    assert_eq!(some.counted(Ratio), Some(dec("0.5")));
    assert_eq!(some.counted(Sum), None);
}

#[test]
fn sums_are_exact_and_stop_at_the_edge() {
    let tree = Tree::new((0..=10_000).map(|id| (unit(id), (id > 0).then(|| unit(0)))));
    let own = (1..=10_000).map(|id| (unit(id), value("0.1"))).collect();
    assert_eq!(
        summary(aggregate(Sum, &tree, &own, unit(0))),
        Some((Some(dec("1000")), None, 10_000, 10_000))
    );
    assert_eq!(
        aggregate(Average, &tree, &own, unit(0)).and_then(|found| found.value),
        Some(dec("0.1"))
    );

    let huge = [(1, reported(Decimal::MAX)), (2, reported(Decimal::MAX))];
    assert_eq!(summary(whole(Sum, huge)), Some((None, Some(NotMeasured), 2, 2)));
}

#[test]
fn own_wins_even_when_it_is_missing() {
    let own = answers([(0, blank(NotMeasured)), (3, value("1"))]);
    let tree = small();
    assert_eq!(own.get(&unit(0)).map(Effective::Own), Some(effective(Sum, &tree, &own, unit(0))));
    assert!(matches!(effective(Sum, &tree, &own, unit(1)), Effective::Aggregated(_)));
    assert_eq!(effective(Sum, &tree, &own, unit(2)), Effective::None);
    assert_eq!(effective(IndicatorAggregation::None, &tree, &own, unit(1)), Effective::None);
}

#[test]
fn a_total_only_of_a_sum_with_both() {
    let (women, men) = (value("3"), Own { confirmed: false, ..value("4") });
    let total = total_from_genders(Sum, Some(&women), Some(&men));
    assert_eq!(total, Some(Own { confirmed: false, ..value("7") }));
    assert_eq!(total_from_genders(Average, Some(&women), Some(&men)), None);
    assert_eq!(total_from_genders(Sum, Some(&women), None), None);
    assert_eq!(total_from_genders(Sum, Some(&women), Some(&blank(Confidential))), None);
    let huge = reported(Decimal::MAX);
    assert_eq!(total_from_genders(Sum, Some(&huge), Some(&huge)), None);
}

fn is_leaf(pairs: &Pairs, id: Uuid) -> bool {
    pairs.iter().all(|(_, parent)| *parent != Some(id))
}

/// Every leaf with its answer, or without.
fn at_leaves(pairs: &Pairs, own: &[Option<Own>]) -> HashMap<Uuid, Own> {
    let leaves = pairs.iter().filter(|(id, _)| is_leaf(pairs, *id));
    leaves.zip(own).filter_map(|((id, _), answer)| answer.map(|answer| (*id, answer))).collect()
}

prop_compose! {
    fn any_answer()(value in amount(), denominator in amount(), missing in any_missing(), confirmed in any::<bool>()) -> Own {
        Own { value: Some(value), numerator: Some(value), denominator: Some(denominator), missing, confirmed }
    }
}

fn some_answers() -> impl Strategy<Value = Vec<Option<Own>>> {
    prop::collection::vec(prop::option::weighted(0.8, any_answer()), 24)
}

fn any_kind() -> impl Strategy<Value = IndicatorAggregation> {
    prop::sample::select(IndicatorAggregation::ALL)
}

proptest! {
    #[test]
    fn the_root_is_the_sum_of_the_leaves(pairs in any_tree(), values in prop::collection::vec(amount(), 24)) {
        let own: Vec<_> = values.into_iter().map(|value| Some(reported(value))).collect();
        let own = at_leaves(&pairs, &own);
        let sum: Decimal = own.values().filter_map(|answer| answer.value).sum();
        let found = aggregate(Sum, &Tree::new(pairs), &own, unit(0));
        prop_assert_eq!(found.map(|found| (found.value, found.contributing as usize)), Some((Some(sum), own.len())));
    }

    #[test]
    fn neither_another_level_nor_another_order_matters(kind in any_kind(), pairs in any_tree(), own in some_answers()) {
        let own = at_leaves(&pairs, &own);
        let between = |id: Uuid| Uuid::from_u128(id.as_u128() + 1000);
        let deeper = pairs.iter().flat_map(|&(id, parent)| match parent {
            Some(parent) => vec![(between(id), Some(parent)), (id, Some(between(id)))],
            None => vec![(id, None)],
        });
        let found = aggregate(kind, &Tree::new(pairs.iter().copied()), &own, unit(0));
        prop_assert_eq!(aggregate(kind, &Tree::new(deeper), &own, unit(0)), found);
        prop_assert_eq!(aggregate(kind, &Tree::new(pairs.into_iter().rev()), &own, unit(0)), found);
    }

    #[test]
    fn coverage_state_and_reason_hold_together(kind in any_kind(), pairs in any_tree(), own in some_answers()) {
        let own: HashMap<_, _> = pairs.iter().zip(own).skip(1).filter_map(|((id, _), answer)| Some((*id, answer?))).collect();
        let tree = Tree::new(pairs);
        let Some(found) = aggregate(kind, &tree, &own, unit(0)) else {
            prop_assert!(own.is_empty() || kind == IndicatorAggregation::None);
            return Ok(());
        };
        prop_assert!(found.contributing <= found.expected);
        prop_assert_eq!(found.value.is_none(), found.missing.is_some());
        let parts: Vec<_> = tree.nearest(unit(0), |id| own.contains_key(&id)).filter_map(|id| own.get(&id)).collect();
        prop_assert_eq!(found.preliminary, parts.iter().any(|answer| !answer.confirmed));
        let open = parts.iter().filter(|answer| answer.missing.is_none()).count();
        prop_assert_eq!(found.contributing as usize, open);
    }

    #[test]
    fn a_ratio_lies_between_its_parts(shares in prop::collection::vec((0_i64..1_000_000, 1_i64..1_000_000), 1..20)) {
        let tree = Tree::new((0..=shares.len()).map(|id| (unit(id), (id > 0).then(|| unit(0)))));
        let parts: Vec<_> = shares.iter().map(|&(above, below)| share(above.into(), below.into())).collect();
        let own = parts.iter().enumerate().map(|(at, part)| (unit(at + 1), *part)).collect();
        let ratios: Vec<_> = parts.iter().filter_map(|part| part.counted(Ratio)).collect();
        let found = aggregate(Ratio, &tree, &own, unit(0)).and_then(|found| found.value);
        prop_assert!(found >= ratios.iter().min().copied() && found <= ratios.iter().max().copied());
    }

    #[test]
    fn no_figure_panics(kind in any_kind(), pairs in any_tree(), own in prop::collection::vec(any_own(), 24)) {
        let own: HashMap<_, _> = pairs.iter().zip(own).map(|((id, _), answer)| (*id, answer)).collect();
        let tree = Tree::new(pairs.iter().copied());
        for (id, _) in pairs {
            let _ = aggregate(kind, &tree, &own, id);
            let answer = own.get(&id);
            prop_assert_eq!(answer.map(Effective::Own), Some(effective(kind, &tree, &own, id)));
            let _ = (answer.and_then(|answer| answer.counted(kind)), total_from_genders(kind, answer, answer));
        }
    }
}
