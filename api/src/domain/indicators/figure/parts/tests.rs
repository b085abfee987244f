//! Sums over places against the rule over a tree.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    fixed::Fixed,
    vocabulary::{IndicatorAggregation, PeriodKind},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    places::{Places, Unit},
    tally::{Answers, Said},
};
use crate::domain::{
    indicators::{
        active::is_active,
        aggregation::{Aggregated, Own, aggregate, total_from_genders},
        sample::{any_missing, any_tree, unit},
        tree::Tree,
    },
    organisation::{cycle::Cycle, period::Period},
};

type Said24 = Vec<Option<Said>>;

prop_compose! {
    fn any_said()(
        number in prop::option::weighted(0.9, -Fixed::MAX..=Fixed::MAX),
        weight in prop::option::weighted(0.9, prop_oneof![Just(0), -Fixed::MAX..=Fixed::MAX, 1..=2_000_000_i64]),
        missing in prop_oneof![3 => Just(None), 1 => any_missing()],
        confirmed in any::<bool>(),
        second in 0_i64..1_000,
    ) -> Said {
        let changed = DateTime::from_timestamp(second, 0).unwrap_or_default();
        Said { number, weight, missing, confirmed, changed }
    }
}

fn any_answers() -> impl Strategy<Value = Said24> {
    prop::collection::vec(prop::option::weighted(0.4, any_said()), 24)
}

/// First and last days around the middle of 2024.
fn any_days() -> impl Strategy<Value = Vec<(Option<NaiveDate>, Option<NaiveDate>)>> {
    let day = |year| NaiveDate::from_ymd_opt(year, 6, 30);
    let days = prop_oneof![
        6 => Just((None, None)),
        1 => Just((day(2024), None)),
        1 => Just((day(2025), None)),
        1 => Just((None, day(2024))),
        1 => Just((day(2020), day(2023))),
    ];
    prop::collection::vec(days, 24)
}

fn own(kind: IndicatorAggregation, said: &Said) -> Own {
    let decimal = |number: Option<i64>| number.map(|number| Fixed(number).to_decimal());
    let ratio = kind == IndicatorAggregation::Ratio;
    Own {
        value: decimal(said.number.filter(|_| !ratio)),
        numerator: decimal(said.number.filter(|_| ratio)),
        denominator: decimal(said.weight.filter(|_| ratio)),
        missing: said.missing,
        confirmed: said.confirmed,
    }
}

/// The units that are there, and the one that is asked; what is below one that is not hangs under the next above it.
fn tree_of(units: &[Unit], asked: Uuid, is_active: impl Fn(&Unit) -> bool) -> Tree {
    let all: HashMap<Uuid, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let counts = |id: &Uuid| *id == asked || all.get(id).is_some_and(|unit| is_active(unit));
    let above = |unit: &Unit| {
        let up = |id: &Uuid| all.get(id).and_then(|unit| unit.parent);
        std::iter::successors(unit.parent, up).find(|id| counts(id))
    };
    let there = units.iter().filter(|unit| counts(&unit.id));
    Tree::new(there.map(|unit| (unit.id, above(unit))))
}

fn answers(places: &Places, said: &[(Uuid, Said)]) -> Answers {
    let mut answers = Answers::none(places.len());
    for (unit, said) in said {
        if let Some(place) = places.of(*unit) {
            answers.note(place, *said);
        }
    }
    answers
}

fn given(pairs: &[(Uuid, Option<Uuid>)], said: Said24) -> Vec<(Uuid, Said)> {
    pairs.iter().zip(said).filter_map(|((id, _), said)| Some((*id, said?))).collect()
}

proptest! {
    #[test]
    fn places_and_the_tree_agree(
        kind in prop::sample::select(IndicatorAggregation::ALL),
        pairs in any_tree(),
        days in any_days(),
        said in any_answers(),
    ) {
        let organisation = unit(0);
        let units: Vec<Unit> = pairs
            .iter()
            .zip(days)
            .map(|((id, parent), (first, last))| Unit { id: *id, parent: *parent, organisation, first, last })
            .collect();
        let said = given(&pairs, said);
        let period = Period::new(2024, PeriodKind::Ar, None).expect("a period");
        let cycle = Cycle::default_of(2024);
        let places = Places::new(&units);
        let active = places.active(period, &HashMap::from([(organisation, cycle.clone())]));
        let answers = answers(&places, &said);
        let by_unit: HashMap<Uuid, Own> = said.iter().map(|(id, said)| (*id, own(kind, said))).collect();
        let changed: HashMap<Uuid, DateTime<Utc>> = said.iter().map(|(id, said)| (*id, said.changed)).collect();
        for (id, _) in pairs {
            let tree = tree_of(&units, id, |unit| is_active(unit.first, unit.last, period, &cycle));
            let expected: Option<Aggregated> = aggregate(kind, &tree, &by_unit, id);
            let nearest = tree.nearest(id, |unit| by_unit.contains_key(&unit));
            let latest = nearest.filter_map(|unit| changed.get(&unit)).max().copied();
            let found = places.of(id).and_then(|place| answers.below(kind, &places, &active, place));
            prop_assert_eq!(found.map(|found| found.0), expected);
            prop_assert_eq!(found.map(|found| found.1), expected.and(latest));
        }
    }

    #[test]
    fn a_total_is_made_of_both_genders(
        pairs in any_tree(), total in any_answers(), women in any_answers(), men in any_answers(),
    ) {
        let kind = IndicatorAggregation::Sum;
        let units: Vec<Unit> = pairs
            .iter()
            .map(|(id, parent)| Unit { id: *id, parent: *parent, organisation: unit(0), first: None, last: None })
            .collect();
        let places = Places::new(&units);
        let [total, women, men] = [total, women, men].map(|said| answers(&places, &given(&pairs, said)));
        let mut together = total.clone();
        together.add_genders(&women, &men);
        for (id, _) in pairs {
            let at = |answers: &Answers| {
                let said = places.of(id).and_then(|place| answers.get(place))?;
                Some((own(kind, said), said.changed))
            };
            let both = at(&women).zip(at(&men)).and_then(|((women, of_women), (men, of_men))| {
                Some((total_from_genders(kind, Some(&women), Some(&men))?, of_women.max(of_men)))
            });
            prop_assert_eq!(at(&together), at(&total).or(both));
        }
    }
}

#[test]
fn units_are_found_in_any_order() {
    let units = [3, 1, 2].map(|number| Unit {
        id: unit(number),
        parent: (number != 1).then(|| unit(1)),
        organisation: unit(1),
        first: None,
        last: None,
    });
    let places = Places::new(&units);
    let mut next = 0;
    let mut found = |number| places.find(unit(number), &mut next);
    assert_eq!(
        [1, 2, 3, 2, 9, 3, 1].map(&mut found),
        [0, 2, 1, 2, 9, 1, 0].map(|at| (at < 9).then_some(at))
    );
}
