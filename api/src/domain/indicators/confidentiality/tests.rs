//! What could be worked out is hidden.

use IndicatorAggregation::{Ratio, Sum};
use MissingReason::{Confidential, NotApplicable, NotYetAvailable};
use proptest::prelude::*;

use super::super::sample::{any_tree, blank, dec, reported, share, unit};
use super::*;

/// 0 over 1 and 2; 1 over 3 and 4; 2 over 5.
fn small() -> Tree {
    let above = [(0, None), (1, Some(0)), (2, Some(0)), (3, Some(1)), (4, Some(1)), (5, Some(2))];
    Tree::new(above.map(|(id, parent)| (unit(id), parent.map(unit))))
}

fn answers<const N: usize>(own: [(usize, Own); N]) -> HashMap<Uuid, Own> {
    own.into_iter().map(|(id, answer)| (unit(id), answer)).collect()
}

fn known() -> Own {
    reported(dec("10"))
}

fn secret() -> Own {
    blank(Confidential)
}

#[test]
fn the_only_hidden_part_is_given_away() {
    let found = |own: &[(usize, Own)]| {
        let own = own.iter().map(|(id, answer)| (unit(*id), *answer)).collect();
        reveals(Sum, &small(), &own, unit(1))
    };
    assert_eq!(found(&[(1, known()), (3, known()), (4, secret())]), Some(unit(4)));
    assert_eq!(found(&[(1, known()), (3, blank(NotApplicable)), (4, secret())]), Some(unit(4)));
    assert_eq!(found(&[(1, known()), (3, blank(NotYetAvailable)), (4, secret())]), Some(unit(4)));
    assert_eq!(found(&[(1, known()), (4, secret())]), Some(unit(4)));
    assert_eq!(found(&[(1, known()), (3, secret()), (4, secret())]), None);
    assert_eq!(found(&[(3, known()), (4, secret())]), None);
    assert_eq!(found(&[(1, blank(NotYetAvailable)), (3, known()), (4, secret())]), None);
    assert_eq!(found(&[(1, known()), (3, known()), (4, known())]), None);
}

#[test]
fn only_where_figures_are_put_together() {
    let own =
        answers([(1, share(dec("1"), dec("2"))), (3, share(dec("1"), dec("1"))), (4, secret())]);
    assert_eq!(reveals(Ratio, &small(), &own, unit(1)), Some(unit(4)));
    assert_eq!(reveals(IndicatorAggregation::None, &small(), &own, unit(1)), None);
    let none = IndicatorAggregation::None;
    assert!(!reveals_gender(none, Some(&known()), Some(&secret()), Some(&known())));
}

#[test]
fn one_gender_beside_the_total() {
    let (known, secret, open) = (known(), secret(), blank(NotYetAvailable));
    assert!(reveals_gender(Sum, Some(&known), Some(&secret), Some(&known)));
    assert!(reveals_gender(Sum, Some(&known), Some(&known), Some(&secret)));
    assert!(reveals_gender(Sum, Some(&secret), Some(&known), Some(&known)));
    assert!(!reveals_gender(Sum, Some(&known), Some(&secret), Some(&secret)));
    assert!(!reveals_gender(Sum, Some(&known), Some(&secret), Some(&open)));
    assert!(!reveals_gender(Sum, Some(&known), Some(&secret), None));
    assert!(!reveals_gender(Sum, Some(&known), Some(&known), Some(&known)));
}

#[test]
fn hiding_goes_on_up_the_tree() {
    let mut own = answers([(0, known()), (1, known()), (2, known()), (3, known()), (4, secret())]);
    assert!(protect_upwards(Sum, &small(), &mut own));
    assert_eq!(
        own,
        answers([(0, secret()), (1, secret()), (2, known()), (3, known()), (4, secret())])
    );
    assert!(!protect_upwards(Sum, &small(), &mut own));
}

#[test]
fn hiding_goes_on_between_the_genders() {
    let all = || answers([(1, known()), (3, known()), (4, known())]);
    let mut found = ByGender { total: all(), women: all(), men: all() };
    found.women.insert(unit(4), secret());
    protect(Sum, &small(), &mut found);
    let but_the_upper = answers([(1, secret()), (3, known()), (4, secret())]);
    assert_eq!(found, ByGender { total: but_the_upper.clone(), women: but_the_upper, men: all() });

    let mut found = ByGender {
        total: answers([(3, secret())]),
        women: answers([(3, known())]),
        men: answers([(3, known())]),
    };
    protect(Sum, &small(), &mut found);
    let hidden = answers([(3, secret())]);
    assert_eq!(found, ByGender { total: hidden.clone(), women: hidden.clone(), men: hidden });
}

fn some_answers() -> impl Strategy<Value = Vec<Option<Own>>> {
    let answer = prop_oneof![6 => Just(Some(known())), 2 => Just(Some(secret())), 1 => Just(None), 1 => Just(Some(blank(NotApplicable)))];
    prop::collection::vec(answer, 24)
}

proptest! {
    #[test]
    fn nothing_is_given_away_and_only_hiding_is_done(
        pairs in any_tree(), total in some_answers(), women in some_answers(), men in some_answers(),
    ) {
        let by_unit = |own: Vec<Option<Own>>| -> HashMap<Uuid, Own> {
            pairs.iter().zip(own).filter_map(|((id, _), answer)| Some((*id, answer?))).collect()
        };
        let before = ByGender { total: by_unit(total), women: by_unit(women), men: by_unit(men) };
        let tree = Tree::new(pairs.iter().copied());
        let mut after = before.clone();
        protect(Sum, &tree, &mut after);
        for (id, _) in &pairs {
            for own in [&after.total, &after.women, &after.men] {
                prop_assert_eq!(reveals(Sum, &tree, own, *id), None);
            }
            prop_assert!(!reveals_gender(Sum, after.total.get(id), after.women.get(id), after.men.get(id)));
            for (old, new) in [(&before.total, &after.total), (&before.women, &after.women), (&before.men, &after.men)] {
                prop_assert!(new.get(id) == old.get(id) || new.get(id).is_some_and(is_hidden));
            }
        }
    }
}
