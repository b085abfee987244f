//! What the units below units have answered, and how it is put together.

mod dialect;
mod elements;
mod places;
mod received;
mod record;
mod statement;
mod tally;

use std::collections::{HashMap, HashSet};

use entity::{
    sight::Sight,
    vocabulary::{Gender, IndicatorAggregation, OutcomeOrigin},
};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use self::{
    places::{Active, Places},
    tally::Answers,
};
use super::{Derived, FigureKey};
use crate::{
    domain::organisation::{cycle::Cycle, cycle_store, period::Period},
    error::{Error, Result},
};

/// What has been answered below some units.
pub(super) struct Parts {
    places: Places,
    active: HashMap<Period, Active>,
    answers: HashMap<(Uuid, Period, Gender), Answers>,
}

/// One question to all the units below.
#[derive(Clone, Copy, Debug)]
struct Asked {
    indicator: Uuid,
    period: Period,
    gender: Gender,
    /// Whether it is a RATIO, of which numerator and denominator are added up.
    ratio: bool,
    /// Whose answer from a unit makes what is below that unit not count; none where more than one has to be known.
    closed_by: Option<Gender>,
}

impl Parts {
    /// What the viewer sees of what has been answered below the units of these figures: one statement however many,
    /// and another for the cycles where units have a first or a last day.
    pub(super) async fn below(
        connection: &impl ConnectionTrait,
        sight: &Sight,
        keys: &[FigureKey],
    ) -> Result<Self> {
        let units: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
        let units: Vec<Uuid> = units.into_iter().collect();
        let asked = asked(keys);
        let backend = connection.get_database_backend();
        let mut parts = Self::none();
        for row in
            connection.query_all(&statement::statement(backend, sight, &units, &asked)).await?
        {
            parts.take(&asked, &row)?;
        }
        parts.active = active(connection, sight, keys, &parts.places).await?;
        parts.add_genders(keys);
        Ok(parts)
    }

    fn none() -> Self {
        Self { places: Places::default(), active: HashMap::new(), answers: HashMap::new() }
    }

    /// Notes a row: the first is the tree, the others what is answered to one question each.
    fn take(&mut self, asked: &[Asked], row: &QueryResult) -> Result<()> {
        let number: i32 = row.try_get("", "number")?;
        if number == 0 {
            self.places = Places::new(&received::units(row)?);
            return Ok(());
        }
        let asked =
            usize::try_from(number).ok().and_then(|number| asked.get(number.checked_sub(1)?));
        let asked = asked.ok_or_else(|| Error::internal("An answer without a question."))?;
        let key = (asked.indicator, asked.period, asked.gender);
        let places = self.places.len();
        let answers = self.answers.entry(key).or_insert_with(|| Answers::none(places));
        received::note(row, &self.places, answers)
    }

    /// Gives units that have answered for women and for men only the total of the two.
    fn add_genders(&mut self, keys: &[FigureKey]) {
        let totals: HashSet<(Uuid, Period)> =
            keys.iter().filter(|key| adds_up(key)).map(|key| (key.indicator, key.period)).collect();
        for (indicator, period) in totals {
            let at = |gender| (indicator, period, gender);
            let mut total = self
                .answers
                .remove(&at(Gender::Total))
                .unwrap_or_else(|| Answers::none(self.places.len()));
            if let (Some(women), Some(men)) =
                (self.answers.get(&at(Gender::Women)), self.answers.get(&at(Gender::Men)))
            {
                total.add_genders(women, men);
            }
            self.answers.insert(at(Gender::Total), total);
        }
    }

    /// What the units below say together.
    pub(super) fn figure(&self, key: &FigureKey) -> Option<Derived> {
        let active = self.active.get(&key.period)?;
        let answers = self.answers.get(&(key.indicator, key.period, key.gender))?;
        let place = self.places.of(key.unit)?;
        let (found, at) = answers.below(key.aggregation, &self.places, active, place)?;
        Some(Derived {
            key: *key,
            value: found.value,
            numerator: found.numerator,
            denominator: found.denominator,
            missing: found.missing,
            coverage: Some((found.contributing, found.expected)),
            origin: OutcomeOrigin::Aggregated,
            preliminary: found.preliminary,
            at,
        })
    }
}

fn adds_up(key: &FigureKey) -> bool {
    key.gender == Gender::Total && key.aggregation == IndicatorAggregation::Sum
}

/// The questions to ask, each once: the genders too that a total may be made of. Of a unit that has answered for a
/// gender the total may still be missing, so that only its total says that nothing below it counts.
fn asked(keys: &[FigureKey]) -> Vec<Asked> {
    let mut asked: HashMap<(Uuid, Period, Gender), Asked> = HashMap::new();
    for key in keys {
        let both: &[Gender] = if adds_up(key) { &[Gender::Women, Gender::Men] } else { &[] };
        for gender in both.iter().copied().chain([key.gender]) {
            let (indicator, period) = (key.indicator, key.period);
            let ratio = key.aggregation == IndicatorAggregation::Ratio;
            let closed_by = Some(key.gender);
            asked
                .entry((indicator, period, gender))
                .and_modify(|asked| {
                    asked.closed_by = asked.closed_by.filter(|by| *by == key.gender)
                })
                .or_insert(Asked { indicator, period, gender, ratio, closed_by });
        }
    }
    asked.into_values().collect()
}

/// Which units are there in each period.
async fn active(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
    places: &Places,
) -> Result<HashMap<Period, Active>> {
    let dated: HashSet<Uuid> =
        places.units().filter(|unit| unit.is_dated()).map(|unit| unit.organisation).collect();
    let settings = if dated.is_empty() {
        HashMap::new()
    } else {
        let organisations: Vec<Uuid> = dated.into_iter().collect();
        cycle_store::settings(connection, sight, &organisations).await?
    };
    let mut found = HashMap::new();
    for period in keys.iter().map(|key| key.period) {
        found.entry(period).or_insert_with(|| {
            let of = |settings: &_| Cycle::of(period.year(), settings);
            let cycles =
                settings.iter().map(|(organisation, settings)| (*organisation, of(settings)));
            places.active(period, &cycles.collect())
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
