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
    elements::Elements,
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
    let mut units = Elements::of(row, "id")?;
    let mut changed = Elements::of(row, "changed")?;
    // One for all of them.
    let same = if changed.len() == 1 { changed.next() } else { None };
    // Of the two there is one, by what is asked.
    let mut numbers = Elements::of(row, "value")?.chain(Elements::of(row, "numerator")?);
    let mut weights = Elements::of(row, "denominator")?;
    answers.reserve(units.len());
    let mut instant = Instant::default();
    for _ in 0..units.len() {
        let (Some(Some(unit)), Some(number), Some(Some(changed))) =
            (units.next(), numbers.next(), same.or_else(|| changed.next()))
        else {
            return Err(uneven());
        };
        let number = number.map(i64::from_be_bytes);
        let weight = weights.next().flatten().map(i64::from_be_bytes);
        let changed = instant.of(i64::from_be_bytes(changed))?;
        if let Some(place) = places.find(Uuid::from_bytes(unit), &mut next) {
            answers.note(place, Said { number, weight, missing: None, confirmed: true, changed });
        }
    }
    next = 0;
    let mut preliminary = Elements::of(row, "preliminary")?;
    for _ in 0..preliminary.len() {
        let unit = preliminary.next().flatten().ok_or_else(uneven)?;
        let place = places.find(Uuid::from_bytes(unit), &mut next);
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

/// PostgreSQL's instant that was read last, in microseconds since the year 2000.
#[derive(Default)]
struct Instant {
    told: i64,
    time: Option<DateTime<Utc>>,
}

impl Instant {
    fn of(&mut self, told: i64) -> Result<DateTime<Utc>> {
        const START: i64 = 946_684_800_000_000;
        match self.time {
            Some(time) if self.told == told => Ok(time),
            _ => {
                let time = told.checked_add(START).and_then(DateTime::from_timestamp_micros);
                self.told = told;
                self.time = time;
                time.ok_or_else(|| Error::internal("an instant out of all time"))
            }
        }
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
