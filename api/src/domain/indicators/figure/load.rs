//! Many figures in a few statements, however many indicators, units and periods they are of.

use std::collections::{HashMap, HashSet};

use entity::{
    sight::Sight,
    vocabulary::{Gender, IndicatorAggregation, OutcomeOrigin},
};
use sea_orm::ConnectionTrait;

use super::{Derived, Figure, FigureKey, Own, own, parts::Parts};
use crate::{
    domain::indicators::{aggregation::total_from_genders, outcome::RowKey},
    error::Result,
};

/// The figures that there are: one statement for what the units themselves have answered, and up to three
/// for what the units below say where they have not.
///
/// # Errors
/// Whatever the database says.
pub async fn load(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
) -> Result<HashMap<FigureKey, Figure>> {
    let asked = own::Asked {
        indicators: keys.iter().map(|key| key.indicator).collect(),
        units: keys.iter().map(|key| key.unit).collect(),
        periods: keys.iter().map(|key| key.period).collect(),
        genders: genders(keys),
    };
    let own = own::load(connection, sight, &asked).await?;
    let mut found = HashMap::with_capacity(keys.len());
    let mut silent = Vec::new();
    for key in keys {
        let figure = match own.get(&row_key(key, key.gender)) {
            Some(own) => Some(Figure::Own(*own)),
            None => of_genders(&own, key).map(Figure::Derived),
        };
        match figure {
            Some(figure) => {
                found.insert(*key, figure);
            }
            None if key.aggregation != IndicatorAggregation::None => silent.push(*key),
            None => {}
        }
    }
    if !silent.is_empty() {
        let parts = Parts::below(connection, sight, &silent).await?;
        found.extend(
            silent.into_iter().filter_map(|key| Some((key, Figure::Derived(parts.figure(&key)?)))),
        );
    }
    Ok(found)
}

fn row_key(key: &FigureKey, gender: Gender) -> RowKey {
    RowKey { indicator: key.indicator, unit: key.unit, period: key.period, gender }
}

/// The genders that have to be known for those that are asked for.
pub(super) fn genders(keys: &[FigureKey]) -> HashSet<Gender> {
    let mut genders: HashSet<Gender> = keys.iter().map(|key| key.gender).collect();
    let adds_up = |key: &FigureKey| {
        key.gender == Gender::Total && key.aggregation == IndicatorAggregation::Sum
    };
    if keys.iter().any(adds_up) {
        genders.extend([Gender::Women, Gender::Men]);
    }
    genders
}

/// The total of a unit that has answered for women and for men only.
fn of_genders(own: &HashMap<RowKey, Own>, key: &FigureKey) -> Option<Derived> {
    if key.gender != Gender::Total {
        return None;
    }
    let women = own.get(&row_key(key, Gender::Women))?;
    let men = own.get(&row_key(key, Gender::Men))?;
    let answer = |own: &Own| own.answer.own(key.aggregation, own.state);
    let total = total_from_genders(key.aggregation, Some(&answer(women)), Some(&answer(men)))?;
    Some(Derived {
        key: *key,
        value: total.value,
        numerator: None,
        denominator: None,
        missing: None,
        coverage: None,
        origin: OutcomeOrigin::Computed,
        preliminary: !total.confirmed,
        at: women.updated_at.max(men.updated_at),
    })
}
