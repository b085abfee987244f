//! Scorecards, with all that stands on them, in one statement.

use std::{collections::HashMap, sync::Arc};

use entity::{
    indicators::{indicator, target},
    period_kinds::PeriodKinds,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{
        DecisionLevel, EconomyMeasure, Gender, IndicatorAggregation, IndicatorCategory,
        IndicatorDirection,
    },
};
use sea_orm::{ConnectionTrait, QueryFilter as _, QueryTrait as _};
use uuid::Uuid;

use super::{Row, sql};
use crate::{
    domain::{
        columns::Columns,
        indicators::{
            figure::{self, Figure, FigureKey, own::Own},
            indicator::{IndicatorFilter, is_measured_for},
            outcome::RowKey,
        },
        organisation::period::Period,
    },
    error::Result,
};

/// Which scorecards are asked for, but for the unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The period.
    pub period: Period,
    /// Which of the indicators.
    pub filter: IndicatorFilter,
}

/// The scorecards of these units: the indicators measured for that kind of period that have a target or an outcome at or
/// below the unit that year, or that belong to its plan of the year. Staff first, then economy, then the specific ones,
/// each by name. One statement, and those of [`figure::load`] for what only the units below have answered.
///
/// # Errors
/// A problem for what is no id.
pub async fn load(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &[Uuid],
    asked: &Asked,
) -> Result<HashMap<Uuid, Arc<Vec<Row>>>> {
    let indicators = indicator::Entity::find_visible(sight)
        .filter(is_measured_for(asked.period.kind()))
        .filter(asked.filter.condition(sight)?)
        .into_query();
    let backend = connection.get_database_backend();
    let statement =
        sql::scorecards(backend, backend.build(&indicators), sight, units, asked.period);
    let mut found: HashMap<Uuid, Vec<Row>> = units.iter().map(|unit| (*unit, Vec::new())).collect();
    let mut same: HashMap<Uuid, Arc<indicator::Model>> = HashMap::new();
    for row in connection.query_all_raw(statement).await? {
        let row = read(&mut Columns::of(&row)?, &mut same, asked.period, sight)?;
        found.entry(row.unit).or_default().push(row);
    }
    add_silent(connection, sight, &mut found, asked.period).await?;
    Ok(found.into_iter().map(|(unit, rows)| (unit, Arc::new(rows))).collect())
}

/// Adds what the units below say where the unit itself has not answered, and what is worked out.
async fn add_silent(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    found: &mut HashMap<Uuid, Vec<Row>>,
    period: Period,
) -> Result<()> {
    let mut silent = Vec::new();
    for row in found.values().flatten() {
        let is_own = row.indicator.aggregation == IndicatorAggregation::None;
        if is_own && row.indicator.computed.is_none() {
            continue;
        }
        let now = FigureKey::total(&row.indicator, row.unit, period);
        silent.extend(row.figure.is_none().then_some(now));
        silent.extend(now.previous().filter(|_| row.previous.is_none()));
    }
    if silent.is_empty() {
        return Ok(());
    }
    let mut figures = figure::load(connection, sight, &silent).await?;
    for row in found.values_mut().flatten() {
        let now = FigureKey::total(&row.indicator, row.unit, period);
        row.figure = row.figure.take().or_else(|| figures.remove(&now));
        let before = now.previous();
        row.previous = row.previous.take().or_else(|| figures.remove(&before?));
    }
    Ok(())
}

fn read(
    columns: &mut Columns<'_>,
    same: &mut HashMap<Uuid, Arc<indicator::Model>>,
    period: Period,
    sight: &Sight,
) -> Result<Row> {
    let (unit, known) = (columns.take()?, columns.take::<bool>()? && !sight.discreet);
    let id: Uuid = columns.take()?;
    let indicator = match same.get(&id) {
        Some(indicator) => {
            columns.skip(sql::INDICATOR - 1);
            Arc::clone(indicator)
        }
        None => {
            let indicator = Arc::new(read_indicator(columns, id)?);
            same.insert(id, Arc::clone(&indicator));
            indicator
        }
    };
    let about = RowKey { indicator: id, unit, period, gender: Gender::Total };
    let figure = Own::read(columns, about, known)?.map(Figure::Own);
    let previous = match period.previous() {
        Some(period) => Own::read(columns, RowKey { period, ..about }, known)?.map(Figure::Own),
        None => {
            columns.skip(Own::COLUMNS);
            None
        }
    };
    let target = read_target(columns, &about, period.year())?;
    let previous_target = columns.fixed()?;
    Ok(Row { indicator, unit, figure, previous, target, previous_target })
}

fn read_indicator(columns: &mut Columns<'_>, id: Uuid) -> Result<indicator::Model> {
    Ok(indicator::Model {
        id,
        organisation_id: columns.take()?,
        code: columns.take()?,
        name: columns.take()?,
        definition: columns.take()?,
        category: columns.word(IndicatorCategory::parse)?,
        unit: columns.take()?,
        decimals: columns.take()?,
        direction: columns.word(IndicatorDirection::parse)?,
        aggregation: columns.word(IndicatorAggregation::parse)?,
        frequency: PeriodKinds(columns.take()?),
        tolerance: columns.fixed()?,
        computed: columns.word_or_null(EconomyMeasure::parse)?,
        version: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        updated_by: columns.take()?,
    })
}

fn read_target(
    columns: &mut Columns<'_>,
    about: &RowKey,
    year: i32,
) -> Result<Option<target::Model>> {
    let Some(id) = columns.take::<Option<Uuid>>()? else {
        columns.skip(sql::TARGET - 1);
        return Ok(None);
    };
    Ok(Some(target::Model {
        id,
        indicator_id: about.indicator,
        org_unit_id: about.unit,
        year,
        value: entity::fixed::Fixed(columns.take()?),
        decided_at: columns.word(DecisionLevel::parse)?,
        version: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        updated_by: columns.take()?,
    }))
}
