//! Outcomes by what they are about, as they are stored.

use std::collections::{HashMap, HashSet};

use entity::{
    indicators::outcome,
    vocabulary::{Gender, PeriodKind},
};
use sea_orm::{
    ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult as _, Iden, QueryTrait as _,
    sea_query::{Alias, Condition, Expr, JoinType, Query},
};
use uuid::Uuid;

use crate::{
    domain::organisation::period::Period,
    error::{Error, Result},
};

/// Keys that one statement carries: six parameters each, under the 32,766 that SQLite takes.
const KEYS: usize = 5_000;

/// What an outcome is about. There is one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The indicator.
    pub indicator: Uuid,
    /// The unit.
    pub unit: Uuid,
    /// The period.
    pub period: Period,
    /// About whom.
    pub gender: Gender,
}

impl RowKey {
    /// What a row is about.
    ///
    /// # Errors
    /// [`Error::Internal`] for a period that cannot be.
    pub fn of(row: &outcome::Model) -> Result<Self> {
        Ok(Self {
            indicator: row.indicator_id,
            unit: row.org_unit_id,
            period: period_of(row)?,
            gender: row.gender,
        })
    }
}

/// The period of a stored outcome.
///
/// # Errors
/// [`Error::Internal`] for one that cannot be.
pub fn period_of(row: &outcome::Model) -> Result<Period> {
    period(row.year, row.kind, row.month)
}

/// A period from its columns.
///
/// # Errors
/// [`Error::Internal`] for one that cannot be.
pub fn period(year: i32, kind: PeriodKind, month: i32) -> Result<Period> {
    let month = u32::try_from(month).map_err(Error::internal)?;
    Period::new(year, kind, (month > 0).then_some(month)).map_err(Error::internal)
}

/// The month's column of a period: 0 for all but months.
#[must_use]
pub fn month_of(period: Period) -> i32 {
    period.month().and_then(|month| i32::try_from(month).ok()).unwrap_or(0)
}

/// The outcomes that there are about these, for whoever may report on all of their units.
///
/// # Errors
/// Whatever the database says.
pub async fn by_keys(
    connection: &impl ConnectionTrait,
    keys: &[RowKey],
) -> Result<HashMap<RowKey, outcome::Model>> {
    use outcome::Column;
    let wanted = Alias::new("wanted");
    let matched = [
        (Column::IndicatorId, "column1"),
        (Column::OrgUnitId, "column2"),
        (Column::Year, "column3"),
        (Column::Kind, "column4"),
        (Column::Month, "column5"),
        (Column::Gender, "column6"),
    ];
    let mut found = HashMap::with_capacity(keys.len());
    for chunk in keys.chunks(KEYS) {
        let tuples = chunk.iter().map(|key| {
            (
                key.indicator,
                key.unit,
                key.period.year(),
                key.period.kind().as_str(),
                month_of(key.period),
                key.gender.as_str(),
            )
        });
        let values = Query::select()
            .expr(Expr::cust("*"))
            .from_values(tuples, Alias::new("given"))
            .to_owned();
        let on = matched.iter().fold(Condition::all(), |on, (column, given)| {
            on.add(
                Expr::col((outcome::Entity, *column)).equals((wanted.clone(), Alias::new(*given))),
            )
        });
        let mut select = outcome::Entity::find().into_query();
        select.join_subquery(JoinType::InnerJoin, values, wanted.clone(), on);
        for row in connection.query_all(&select).await? {
            let row = outcome::Model::from_query_result(&row, "")?;
            found.insert(RowKey::of(&row)?, row);
        }
    }
    Ok(found)
}

/// Which rows are of these periods, and perhaps of some between them: years and months each by themselves, since
/// that is what an index can follow. Whoever asks picks by the period of each row.
pub fn in_periods(periods: impl IntoIterator<Item = Period>) -> Condition {
    let mut kinds: HashMap<PeriodKind, (HashSet<i32>, HashSet<i32>)> = HashMap::new();
    for period in periods {
        let (years, months) = kinds.entry(period.kind()).or_default();
        years.insert(period.year());
        months.insert(month_of(period));
    }
    let years: HashSet<i32> = kinds.values().flat_map(|(years, _)| years).copied().collect();
    let of_kind = kinds.into_iter().fold(Condition::any(), |any, (kind, (years, months))| {
        any.add(
            Condition::all()
                .add(column(outcome::Column::Kind).eq(kind.as_str()))
                .add(column(outcome::Column::Year).is_in(years))
                .add(column(outcome::Column::Month).is_in(months)),
        )
    });
    Condition::all().add(column(outcome::Column::Year).is_in(years)).add(of_kind)
}

fn column(column: impl Iden + 'static) -> Expr {
    Expr::col((outcome::Entity, column))
}
