//! The rows of the statement, read back: the tree, and what has been answered.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use entity::vocabulary::{MissingReason, OutcomeState};
use sea_orm::{
    QueryResult,
    sqlx::{Decode, Postgres, Row as _, Type, postgres::PgRow},
};
use uuid::Uuid;

use super::{
    places::{Places, Unit},
    tally::{Answers, Said},
};
use crate::error::{Error, Result};

/// The units of the row that carries the tree.
pub(super) fn units(row: &QueryResult) -> Result<Vec<Unit>> {
    let Some(row) = row.try_as_pg_row() else {
        return text(row)?.split(';').filter(|unit| !unit.is_empty()).map(unit).collect();
    };
    let mut parents = list::<Option<Uuid>>(row, "parent_id")?.into_iter();
    let mut organisations = list::<Uuid>(row, "organisation_id")?.into_iter();
    let mut firsts = list::<Option<NaiveDate>>(row, "active_from")?.into_iter();
    let mut lasts = list::<Option<NaiveDate>>(row, "active_to")?.into_iter();
    let unit = |id| {
        let (parent, organisation) = (parents.next()?, organisations.next()?);
        Some(Unit { id, parent, organisation, first: firsts.next()?, last: lasts.next()? })
    };
    list::<Uuid>(row, "id")?.into_iter().map(unit).collect::<Option<_>>().ok_or_else(uneven)
}

/// Notes what is answered to the question of a row.
pub(super) fn note(row: &QueryResult, places: &Places, answers: &mut Answers) -> Result<()> {
    let mut next = 0;
    let Some(row) = row.try_as_pg_row() else {
        let mut time = Time::default();
        for line in text(row)?.split(';').filter(|line| !line.is_empty()) {
            let [unit, number, weight, why, state, changed] = fields(line)?;
            let confirmed = state == OutcomeState::Confirmed.as_str();
            let changed = time.of(changed)?;
            let mut said = Said { number: None, weight: None, missing: None, confirmed, changed };
            says(&mut said, [number, weight, why])?;
            if let Some(place) = places.find(parse(unit)?, &mut next) {
                answers.note(place, said);
            }
        }
        return Ok(());
    };
    let units: Vec<Uuid> = list(row, "id")?;
    let mut changed = list::<DateTime<Utc>>(row, "changed")?.into_iter();
    // Of the two there is one, by what is asked.
    let values = list::<Option<i64>>(row, "value")?.into_iter();
    let mut numbers = values.chain(list::<Option<i64>>(row, "numerator")?);
    let mut weights = list::<Option<i64>>(row, "denominator")?.into_iter();
    answers.reserve(units.len());
    for unit in units {
        let (Some(number), Some(changed)) = (numbers.next(), changed.next()) else {
            return Err(uneven());
        };
        let weight = weights.next().flatten();
        if let Some(place) = places.find(unit, &mut next) {
            answers.note(place, Said { number, weight, missing: None, confirmed: true, changed });
        }
    }
    next = 0;
    for unit in list::<Uuid>(row, "preliminary")? {
        let place = places.find(unit, &mut next);
        if let Some(said) = place.and_then(|place| answers.get_mut(place)) {
            said.confirmed = false;
        }
    }
    next = 0;
    for line in list::<String>(row, "odd")? {
        let [unit, number, weight, why] = fields(&line)?;
        let place = places.find(parse(unit)?, &mut next);
        if let Some(said) = place.and_then(|place| answers.get_mut(place)) {
            says(said, [number, weight, why])?;
        }
    }
    Ok(())
}

fn says(said: &mut Said, [number, weight, why]: [&str; 3]) -> Result<()> {
    said.number = some(number)?;
    said.weight = some(weight)?;
    said.missing = Some(why).filter(|why| !why.is_empty()).map(reason).transpose()?;
    Ok(())
}

fn unit(text: &str) -> Result<Unit> {
    let [id, parent, organisation, first, last] = fields(text)?;
    Ok(Unit {
        id: parse(id)?,
        parent: some(parent)?,
        organisation: parse(organisation)?,
        first: some(first)?,
        last: some(last)?,
    })
}

/// The time that was read last: outcomes that were sent together have the same.
#[derive(Default)]
struct Time {
    text: String,
    time: DateTime<Utc>,
}

impl Time {
    fn of(&mut self, text: &str) -> Result<DateTime<Utc>> {
        if self.text != text {
            self.time = parse(text)?;
            text.clone_into(&mut self.text);
        }
        Ok(self.time)
    }
}

fn list<T>(row: &PgRow, column: &str) -> Result<Vec<T>>
where
    T: for<'row> Decode<'row, Postgres> + Type<Postgres>,
    Vec<T>: for<'row> Decode<'row, Postgres> + Type<Postgres>,
{
    let list: Option<Vec<T>> = row.try_get(column).map_err(Error::internal)?;
    Ok(list.unwrap_or_default())
}

fn text(row: &QueryResult) -> Result<String> {
    Ok(row.try_get::<Option<String>>("", "list")?.unwrap_or_default())
}

fn fields<const N: usize>(text: &str) -> Result<[&str; N]> {
    let mut parts = text.split(',');
    let mut fields = [""; N];
    for field in &mut fields {
        *field = parts.next().ok_or_else(uneven)?;
    }
    Ok(fields)
}

fn parse<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(text: &str) -> Result<T> {
    text.parse().map_err(Error::internal)
}

fn some<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    text: &str,
) -> Result<Option<T>> {
    Some(text).filter(|text| !text.is_empty()).map(parse).transpose()
}

fn reason(text: &str) -> Result<MissingReason> {
    MissingReason::parse(text).ok_or_else(|| Error::internal("There is no such reason."))
}

fn uneven() -> Error {
    Error::internal("The lists of a statement do not match.")
}
