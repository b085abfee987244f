//! One value a period, for a chart.

use std::sync::Arc;

use entity::{fixed::Fixed, indicators::indicator, vocabulary::IndicatorStatus as Status};
use macros::object;

use crate::{
    domain::{indicators::figure::Figure, organisation::period::Period as DomainPeriod},
    graphql::{
        indicators::outcome::Outcome, organisation::period::Period, scalar::Decimal,
        vocabulary::IndicatorStatus,
    },
};

/// One period of a chart (punkt i en serie).
pub struct SeriesPoint {
    /// The indicator.
    pub indicator: Arc<indicator::Model>,
    /// The period.
    pub period: DomainPeriod,
    /// What counts as the outcome.
    pub figure: Option<Figure>,
    /// The year's target.
    pub aim: Option<Fixed>,
    /// The light.
    pub status: Status,
}

/// One period of a chart (punkt i en serie).
#[object]
impl SeriesPoint {
    /// The period (period).
    fn period(&self) -> Period {
        Period::new(self.indicator.organisation_id, self.period)
    }

    /// The value (värde), in the indicator's unit of measure and with at most 6 decimals; null when it is missing.
    fn value(&self) -> Option<Decimal> {
        let value = self.figure.as_ref()?.value(self.indicator.aggregation)?;
        Some(Decimal(Fixed::nearest(value)?.to_decimal()))
    }

    /// The year's target (målvärde); null when there is none that the caller sees.
    fn target(&self) -> Option<Decimal> {
        self.aim.map(|aim| Decimal(aim.to_decimal()))
    }

    /// The light (trafikljus).
    fn status(&self) -> IndicatorStatus {
        self.status.into()
    }

    /// The outcome itself (utfall): reported, or put together from the units below; null when nobody has answered.
    fn outcome(&self) -> Option<Outcome> {
        Some(Outcome::from(self.figure.clone()?).of(&self.indicator))
    }
}
