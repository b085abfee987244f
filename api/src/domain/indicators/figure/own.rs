//! What units themselves have answered.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    fixed::Fixed,
    indicators::outcome,
    sight::Sight,
    vocabulary::{Gender, MissingReason, OutcomeOrigin, OutcomeState, PeriodKind},
};
use foldhash::quality::RandomState;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    domain::{
        columns::Columns,
        indicators::{
            at_unit::{outcome_is_seen, units},
            outcome::{
                RowKey,
                answer::Answer,
                stored::{month_of, period},
            },
        },
        organisation::period::Period,
        sql::Sql,
    },
    error::Result,
};

/// A stored outcome, as much of it as lights, trends and charts need and as far as the viewer may know it.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// The key of its row.
    pub id: Uuid,
    /// What it is about.
    pub about: RowKey,
    /// What it says to the viewer.
    pub answer: Answer,
    /// The forecast for the whole year, when the viewer may know it.
    pub forecast: Option<Fixed>,
    /// Reported, imported or computed.
    pub origin: OutcomeOrigin,
    /// Preliminary or confirmed.
    pub state: OutcomeState,
    /// Whether its value is kept from the viewer.
    pub hidden: bool,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// The columns of an outcome under the name `$table` that [`Own::read`] reads.
macro_rules! own_columns {
    ($table:literal) => {
        concat!(
            $table,
            ".id, ",
            $table,
            ".guarded, ",
            $table,
            ".missing_reason, ",
            $table,
            ".value, ",
            $table,
            ".numerator, ",
            $table,
            ".denominator, ",
            $table,
            ".hidden_value, ",
            $table,
            ".hidden_numerator, ",
            $table,
            ".hidden_denominator, ",
            $table,
            ".forecast, ",
            $table,
            ".origin, ",
            $table,
            ".state, ",
            $table,
            ".updated_at"
        )
    };
}
pub(in crate::domain::indicators) use own_columns;

impl Own {
    /// How many columns it is read from.
    pub(in crate::domain::indicators) const COLUMNS: usize = 13;

    /// A row, to somebody who is not (`hidden`) kept from its value.
    ///
    /// # Errors
    /// For a period that cannot be.
    pub fn of(row: &outcome::Model, hidden: bool) -> Result<Self> {
        let confidential =
            Answer { missing: Some(MissingReason::Confidential), ..Answer::default() };
        Ok(Self {
            id: row.id,
            about: RowKey::of(row)?,
            answer: if hidden { confidential } else { Answer::of(row) },
            forecast: row.forecast.filter(|_| !hidden),
            origin: row.origin,
            state: row.state,
            hidden,
            updated_at: row.updated_at,
        })
    }

    /// Reads [`own_columns`]; none where an outer join found none. `about` says what it is about, `known` whether the
    /// viewer may know what is secret there.
    pub(in crate::domain::indicators) fn read(
        columns: &mut Columns<'_>,
        about: RowKey,
        known: bool,
    ) -> Result<Option<Self>> {
        let Some(id) = columns.take::<Option<Uuid>>()? else {
            columns.skip(Self::COLUMNS - 1);
            return Ok(None);
        };
        let guarded: bool = columns.take()?;
        let missing = columns.word_or_null(MissingReason::parse)?;
        let secret = guarded || missing == Some(MissingReason::Confidential);
        let hidden = secret && !known;
        let mut answer = Answer { missing, ..Answer::default() };
        if secret {
            columns.skip(3);
            if known {
                answer.value = columns.fixed()?;
                answer.numerator = columns.fixed()?;
                answer.denominator = columns.fixed()?;
            } else {
                answer.missing = Some(MissingReason::Confidential);
                columns.skip(3);
            }
        } else {
            answer.value = columns.fixed()?;
            answer.numerator = columns.fixed()?;
            answer.denominator = columns.fixed()?;
            columns.skip(3);
        }
        Ok(Some(Self {
            id,
            about,
            answer,
            forecast: columns.fixed()?.filter(|_| !hidden),
            origin: columns.word(OutcomeOrigin::parse)?,
            state: columns.word(OutcomeState::parse)?,
            hidden,
            updated_at: columns.take()?,
        }))
    }
}

/// Which outcomes are asked for: all of these indicators, at all of these units, in all of these periods.
pub(super) struct Asked {
    pub indicators: HashSet<Uuid>,
    pub units: HashSet<Uuid>,
    pub periods: HashSet<Period>,
    pub genders: HashSet<Gender>,
}

/// Outcomes by what they are about. There are thousands on a dashboard, and the keys come from the database.
pub(super) type Found = HashMap<RowKey, Own, RandomState>;

/// The outcomes that the viewer sees: one statement.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &Asked,
) -> Result<Found> {
    let keys = |keys: &HashSet<Uuid>| keys.iter().copied().collect::<Vec<_>>();
    let mut sql = Sql::new(connection.get_database_backend());
    units(sql.add("WITH "), sight, &keys(&asked.units), &[]);
    sql.add(concat!(
        " SELECT o.indicator_id, o.org_unit_id, o.year, o.kind, o.month, o.gender, unit.drafts, ",
        own_columns!("o"),
        " FROM unit JOIN outcome o ON o.org_unit_id = unit.id AND ",
        outcome_is_seen!("o"),
        " WHERE o.indicator_id"
    ));
    sql.among(&keys(&asked.indicators));
    in_periods(&mut sql, &asked.periods);
    sql.add(" AND o.gender IN (");
    for (nth, gender) in asked.genders.iter().enumerate() {
        sql.add(if nth > 0 { "," } else { "" }).value(gender.as_str());
    }
    sql.add(")");
    let rows = connection.query_all_raw(sql.statement()).await?;
    let mut found = Found::with_capacity_and_hasher(rows.len(), RandomState::default());
    for row in &rows {
        let mut columns = Columns::of(row)?;
        let (indicator, unit) = (columns.take()?, columns.take()?);
        let (year, kind) = (columns.take()?, columns.word(PeriodKind::parse)?);
        let period = period(year, kind, columns.take()?)?;
        let gender = columns.word(Gender::parse)?;
        let known = columns.take::<bool>()? && !sight.discreet;
        let about = RowKey { indicator, unit, period, gender };
        if let Some(own) = Own::read(&mut columns, about, known)? {
            found.insert(about, own);
        }
    }
    Ok(found)
}

/// Adds "in one of these periods": for each kind, the years and months that there are of it.
fn in_periods(sql: &mut Sql, periods: &HashSet<Period>) {
    sql.add(" AND (");
    let mut first = true;
    for kind in PeriodKind::ALL {
        let of_kind = || periods.iter().filter(|period| period.kind() == *kind);
        let years: HashSet<i32> = of_kind().map(|period| period.year()).collect();
        if years.is_empty() {
            continue;
        }
        let months: HashSet<i32> = of_kind().map(|period| month_of(*period)).collect();
        sql.add(if first { "" } else { " OR " }).add("(o.kind = ").value(kind.as_str());
        sql.add(" AND o.year").among_numbers(&years.into_iter().collect::<Vec<_>>());
        sql.add(" AND o.month").among_numbers(&months.into_iter().collect::<Vec<_>>()).add(")");
        first = false;
    }
    sql.add(if first { "FALSE)" } else { ")" });
}
