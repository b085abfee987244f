//! Many figures in a few statements, however many indicators, units and periods they are of.

use std::collections::{HashMap, HashSet};

use entity::{
    sight::Sight,
    vocabulary::{Gender, IndicatorAggregation, OutcomeOrigin},
};
use sea_orm::ConnectionTrait;

use super::{
    Derived, Figure, FigureKey, Own,
    own::{self, Found},
    parts::Parts,
};
use crate::{
    domain::{
        budgets::economy,
        indicators::{aggregation::total_from_genders, outcome::RowKey},
    },
    error::Result,
};

/// The figures that there are, by their keys.
///
/// # Errors
/// Whatever the database says.
pub async fn load(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
) -> Result<HashMap<FigureKey, Figure>> {
    let figures = load_each(connection, sight, keys).await?;
    Ok(keys.iter().zip(figures).filter_map(|(key, figure)| Some((*key, figure?))).collect())
}

/// The figure of each key, if there is one: a statement for what the units themselves have answered, and a few more for
/// what the units below say where they have not, however many keys.
///
/// # Errors
/// Whatever the database says.
pub async fn load_each(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
) -> Result<Vec<Option<Figure>>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    if keys.iter().any(|key| key.computed.is_some()) {
        return load_both(connection, sight, keys).await;
    }
    let asked = own::Asked {
        indicators: keys.iter().map(|key| key.indicator).collect(),
        units: keys.iter().map(|key| key.unit).collect(),
        periods: keys.iter().map(|key| key.period).collect(),
        genders: genders(keys),
    };
    let own = own::load(connection, sight, &asked).await?;
    let mut found: Vec<Option<Figure>> = keys
        .iter()
        .map(|key| match own.get(&row_key(key, key.gender)) {
            Some(own) => Some(Figure::Own(*own)),
            None => of_genders(&own, key).map(Figure::Derived),
        })
        .collect();
    let is_silent = |(key, figure): &(&FigureKey, &mut Option<Figure>)| {
        figure.is_none() && key.aggregation != IndicatorAggregation::None
    };
    let silent: Vec<_> = keys.iter().zip(&mut found).filter(is_silent).collect();
    if !silent.is_empty() {
        let asked: Vec<FigureKey> = silent.iter().map(|(key, _)| **key).collect();
        let parts = Parts::below(connection, sight, &asked).await?;
        for (key, figure) in silent {
            *figure = parts.figure(key).map(Figure::Derived);
        }
    }
    Ok(found)
}

/// The same where some are worked out from budgets.
async fn load_both(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
) -> Result<Vec<Option<Figure>>> {
    let computed = economy::figures(connection, sight, keys).await?;
    let reported: Vec<FigureKey> =
        keys.iter().copied().filter(|key| key.computed.is_none()).collect();
    let mut reported = Box::pin(load_each(connection, sight, &reported)).await?.into_iter();
    let figure = |key: &FigureKey| match key.computed {
        Some(_) => computed.get(key).cloned(),
        None => reported.next().flatten(),
    };
    Ok(keys.iter().map(figure).collect())
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
fn of_genders(own: &Found, key: &FigureKey) -> Option<Derived> {
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
