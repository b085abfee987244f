//! One indicator of one unit in one period.

use std::sync::Arc;

use async_graphql::Context;
use entity::{fixed::Fixed, indicators::indicator, organisation::org_unit};
use macros::object;
use uuid::Uuid;

use crate::{
    domain::{
        indicators::{
            figure::{Figure, FigureKey},
            scorecard::Row,
            target::TargetKey,
        },
        organisation::period::Period,
    },
    error::{Error, Result},
    graphql::{
        context::session,
        indicators::{indicator::Indicator, outcome::Outcome, target::Target},
        loader::ById,
        organisation::org_unit::OrgUnit,
        scalar::Decimal,
        vocabulary::{IndicatorStatus, Trend},
    },
};

/// One indicator of one unit in one period.
pub struct ScorecardRow(pub Row);

/// Rows of indicators and units in a period, in the order in which they are asked for. This year's and last year's
/// figures and targets come out of the same batches.
///
/// # Errors
/// Whatever the database says, or too many rows.
pub async fn load(
    ctx: &Context<'_>,
    period: Period,
    asked: Vec<(Arc<indicator::Model>, Uuid)>,
) -> Result<Vec<ScorecardRow>> {
    let session = session(ctx);
    session.spend(asked.len())?;
    let year = period.year();
    let figure = |row: &(Arc<indicator::Model>, Uuid)| FigureKey::total(&row.0, row.1, period);
    let target = |row: &(Arc<indicator::Model>, Uuid), year: i32| TargetKey {
        indicator: row.0.id,
        unit: row.1,
        year,
    };
    let figures = asked.iter().flat_map(|row| {
        let now = figure(row);
        [Some(now), now.previous()].into_iter().flatten()
    });
    let targets = asked.iter().flat_map(|row| [target(row, year), target(row, year - 1)]);
    let (figures, targets) = futures_util::future::try_join(
        session.loader.load_many(figures),
        session.loader.load_many(targets),
    )
    .await?;
    Ok(asked
        .into_iter()
        .map(|row| {
            let now = figure(&row);
            ScorecardRow(Row {
                figure: figures.get(&now).cloned(),
                previous: now.previous().and_then(|before| figures.get(&before).cloned()),
                target: targets.get(&target(&row, year)).cloned(),
                previous_target: targets.get(&target(&row, year - 1)).map(|target| target.value),
                unit: row.1,
                indicator: row.0,
            })
        })
        .collect())
}

impl ScorecardRow {
    fn outcome_of(&self, figure: Option<&Figure>) -> Option<Outcome> {
        Some(Outcome::from(figure?.clone()).of(&self.0.indicator))
    }
}

/// One indicator of one unit in one period, against its target and the same period last year.
#[object]
impl ScorecardRow {
    /// The indicator (indikator).
    fn indicator(&self) -> Indicator {
        Indicator(Arc::clone(&self.0.indicator))
    }

    /// The unit (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let id = ById::<org_unit::Entity>::new(self.0.unit);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a row without unit"))
    }

    /// The year's target (målvärde); null when there is none that the caller sees.
    fn target(&self) -> Option<Target> {
        self.0.target.clone().map(Target)
    }

    /// What counts as the outcome (utfall): reported, or put together from the units below; null when nobody has
    /// answered.
    fn outcome(&self) -> Option<Outcome> {
        self.outcome_of(self.0.figure.as_ref())
    }

    /// The same period last year (föregående utfall): the same kind, whatever month it ended.
    fn previous(&self) -> Option<Outcome> {
        self.outcome_of(self.0.previous.as_ref())
    }

    /// Outcome minus target (avvikelse), in the indicator's unit of measure and with at most 6 decimals; null when one of
    /// them is missing.
    fn deviation(&self) -> Option<Decimal> {
        let deviation = Fixed::nearest(self.0.deviation()?)?;
        Some(Decimal(deviation.to_decimal()))
    }

    /// The light (trafikljus).
    fn status(&self) -> IndicatorStatus {
        self.0.status().into()
    }

    /// The direction since the same period last year (trend).
    fn trend(&self) -> Trend {
        self.0.trend().into()
    }

    /// The reported forecast for the whole year (prognos), in the indicator's unit of measure; null without one.
    fn forecast(&self) -> Option<Decimal> {
        self.0.forecast().map(|forecast| Decimal(forecast.to_decimal()))
    }
}
