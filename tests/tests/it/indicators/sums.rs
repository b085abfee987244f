//! Sums read from the database against the rule that says what they are, over trees and answers of every kind.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    organisation::org_unit,
    sight::{Reach, Sight},
    vocabulary::{Gender, MissingReason, OutcomeOrigin, OutcomeState},
};
use rodtrad::{
    db::Db,
    domain::{
        indicators::{
            active::is_active,
            aggregation::{Own, aggregate, total_from_genders},
            figure::{self, Derived, Figure, FigureKey},
            outcome::answer::Answer,
            tree::Tree,
        },
        organisation::cycle::Cycle,
    },
};
use tests::{Database, scenario};
use uuid::Uuid;

use super::made_up::{Made, SHAPES};

scenario!(what_is_read_is_what_the_rule_says, async |database: &Database| {
    let db = database.open().await;
    let mut all = Vec::new();
    for shape in SHAPES {
        all.push(Made::new(&db, shape).await);
    }
    for made in &all {
        let root = made.units[0].id;
        let board = made.units[1].id;
        let under = |unit| Reach::Under(vec![unit]);
        let nowhere = Reach::Under(Vec::new());
        for (published, drafts) in [
            (Reach::Everything, Reach::Everything),
            (under(root), nowhere.clone()),
            (under(root), under(root)),
            (under(root), under(board)),
            (under(board), under(board)),
            (under(board), nowhere),
        ] {
            let (held, whole) = (Vec::new(), Vec::new());
            let sight = Sight {
                published,
                drafts,
                administers: Reach::Everything,
                held,
                whole,
                discreet: false,
            };
            let viewer = Viewer::new(made, sight);
            for unit in [0, 1, made.units.len() - 1] {
                viewer.check(&db, &[made.units[unit].id], &[Gender::Total]).await;
            }
            let some: Vec<Uuid> = made.units.iter().step_by(4).map(|unit| unit.id).collect();
            viewer.check(&db, &some, &[Gender::Women, Gender::Total]).await;
            viewer.check(&db, &some[..1], Gender::ALL).await;
        }
    }
});

struct Viewer<'a> {
    made: &'a Made,
    sight: Sight,
    published: HashSet<Uuid>,
    drafts: HashSet<Uuid>,
}

type Answered = HashMap<Uuid, (Own, DateTime<Utc>)>;

impl<'a> Viewer<'a> {
    fn new(made: &'a Made, sight: Sight) -> Self {
        let units = |reach: &Reach| match reach {
            Reach::Everything => made.units.iter().map(|unit| unit.id).collect(),
            Reach::Under(tops) | Reach::Each(tops) => {
                let reached = |unit: &Uuid| made.line(*unit).any(|unit| tops.contains(&unit));
                made.units.iter().map(|unit| unit.id).filter(reached).collect()
            }
        };
        Self { made, published: units(&sight.published), drafts: units(&sight.drafts), sight }
    }

    /// Compares all the figures of these units, asked for at once.
    async fn check(&self, db: &Db, units: &[Uuid], genders: &[Gender]) {
        let questions = self.made.questions().filter(|(.., gender)| genders.contains(gender));
        let keys: Vec<FigureKey> = questions
            .flat_map(|(indicator, aggregation, period, gender)| {
                let of = move |unit: &Uuid| FigureKey {
                    indicator,
                    aggregation,
                    unit: *unit,
                    period,
                    gender,
                    computed: None,
                };
                units.iter().map(of)
            })
            .collect();
        let before = db.statements();
        let found = figure::load(db.reader(), &self.sight, &keys).await.expect("the figures");
        let statements = db.statements() - before;
        assert!(statements <= 3, "{statements} statements for {} figures", keys.len());
        for of_question in keys.chunks(units.len()) {
            let answered = self.answered(&of_question[0]);
            for key in of_question {
                let aggregated = match found.get(key) {
                    Some(Figure::Derived(derived)) => derived.coverage.map(|_| said(derived)),
                    _ => None,
                };
                let expected = self.expected(key, &answered);
                let shape = self.made.shape;
                assert_eq!(aggregated, expected, "{shape:?} {key:?} {:?}", self.sight);
            }
        }
    }

    /// What the rule makes of the rows that the viewer may see.
    fn expected(&self, key: &FigureKey, answered: &Answered) -> Option<String> {
        if answered.contains_key(&key.unit) || !self.published.contains(&key.unit) {
            return None;
        }
        let own = answered.iter().map(|(unit, (own, _))| (*unit, *own)).collect();
        let tree = self.tree(key);
        let found = aggregate(key.aggregation, &tree, &own, key.unit)?;
        let parts = tree.nearest(key.unit, |unit| own.contains_key(&unit));
        let at = parts.filter_map(|unit| answered.get(&unit)).map(|(_, at)| *at).max()?;
        let derived = Derived {
            key: *key,
            value: found.value,
            numerator: found.numerator,
            denominator: found.denominator,
            missing: found.missing,
            coverage: Some((found.contributing, found.expected)),
            origin: OutcomeOrigin::Aggregated,
            preliminary: found.preliminary,
            at,
        };
        Some(said(&derived))
    }

    fn answered(&self, key: &FigureKey) -> Answered {
        let [own, women, men] =
            [key.gender, Gender::Women, Gender::Men].map(|gender| self.rows(key, gender));
        let mut answered = own;
        if key.gender == Gender::Total {
            for (unit, (of_women, at)) in women {
                let Some((of_men, other)) = men.get(&unit) else { continue };
                let both = total_from_genders(key.aggregation, Some(&of_women), Some(of_men));
                if let Some(both) = both {
                    answered.entry(unit).or_insert((both, at.max(*other)));
                }
            }
        }
        answered
    }

    fn rows(&self, key: &FigureKey, gender: Gender) -> Answered {
        let of = self.made.outcomes.iter().filter(|row| {
            row.indicator_id == key.indicator
                && (row.year, row.kind) == (key.period.year(), key.period.kind())
                && row.gender == gender
        });
        of.filter_map(|row| {
            let drafts = self.drafts.contains(&row.org_unit_id);
            let seen =
                row.state == OutcomeState::Confirmed && self.published.contains(&row.org_unit_id);
            let hidden = Answer { missing: Some(MissingReason::Confidential), ..Answer::default() };
            let answer = if row.is_secret() && !drafts { hidden } else { Answer::of(row) };
            let own = answer.own(key.aggregation, row.state);
            (drafts || seen).then_some((row.org_unit_id, (own, row.updated_at)))
        })
        .collect()
    }

    /// The visible units that are there in the period, and the one that is asked.
    fn tree(&self, key: &FigureKey) -> Tree {
        let cycle = Cycle::default_of(key.period.year());
        let is_there = |unit: &&org_unit::Model| {
            let (first, last) = (unit.active_from, unit.active_to);
            self.published.contains(&unit.id)
                && (unit.id == key.unit || is_active(first, last, key.period, &cycle))
        };
        let there: HashSet<Uuid> =
            self.made.units.iter().filter(is_there).map(|unit| unit.id).collect();
        let above = |unit: Uuid| self.made.line(unit).skip(1).find(|unit| there.contains(unit));
        Tree::new(there.iter().map(|unit| (*unit, above(*unit))))
    }
}

/// All of it that anybody can see, numbers by what they are worth.
fn said(derived: &Derived) -> String {
    let Derived {
        key: _,
        value,
        numerator,
        denominator,
        missing,
        coverage,
        origin,
        preliminary,
        at,
    } = derived;
    let [value, numerator, denominator] =
        [value, numerator, denominator].map(|number| number.map(|number| number.normalize()));
    format!(
        "{value:?} {numerator:?} {denominator:?} {missing:?} {coverage:?} {origin:?} {preliminary} {at}"
    )
}
