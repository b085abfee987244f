//! One value a period, for a chart.

use entity::{fixed::Fixed, indicators::target, vocabulary::IndicatorStatus as Status};
use macros::object;
use uuid::Uuid;

use crate::{
    domain::{indicators::figure::Figure, organisation::period::Period as DomainPeriod},
    graphql::{
        indicators::outcome::Outcome, organisation::period::Period, scalar::Decimal,
        vocabulary::IndicatorStatus,
    },
};

/// One period of a chart (punkt i en serie).
pub struct SeriesPoint {
    /// The indicator's organisation.
    pub organisation_id: Uuid,
    /// The period.
    pub period: DomainPeriod,
    /// What counts as the outcome, and its exact value rounded as the API gives it.
    pub figure: Option<(Figure, Option<Fixed>)>,
    /// The year's target.
    pub target: Option<target::Model>,
    /// The light.
    pub status: Status,
}

/// One period of a chart (punkt i en serie).
#[object]
impl SeriesPoint {
    /// The period (period).
    fn period(&self) -> Period {
        Period::new(self.organisation_id, self.period)
    }

    /// The value (värde), in the indicator's unit of measure and with at most 6 decimals; null when it is missing.
    fn value(&self) -> Option<Decimal> {
        let value = self.figure.as_ref()?.1?;
        Some(Decimal(value.to_decimal()))
    }

    /// The year's target (målvärde); null when there is none that the caller sees.
    fn target(&self) -> Option<Decimal> {
        self.target.as_ref().map(|target| Decimal(target.value.to_decimal()))
    }

    /// The light (trafikljus).
    fn status(&self) -> IndicatorStatus {
        self.status.into()
    }

    /// The outcome itself (utfall): reported, or put together from the units below; null when nobody has answered.
    fn outcome(&self) -> Option<Outcome> {
        self.figure.clone().map(|(figure, _)| figure.into())
    }
}
