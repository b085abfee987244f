//! One indicator of one unit in one period.

use std::sync::Arc;

use entity::{
    fixed::Fixed,
    indicators::{indicator, target},
    vocabulary::{IndicatorStatus, Trend},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::domain::indicators::{
    deviation::deviation,
    figure::{Figure, light},
    trend::trend,
};

/// One indicator of one unit in one period.
#[derive(Clone, Debug)]
pub struct Row {
    /// The indicator.
    pub indicator: Arc<indicator::Model>,
    /// The unit.
    pub unit: Uuid,
    /// What counts as its outcome.
    pub figure: Option<Figure>,
    /// What did, the same period last year.
    pub previous: Option<Figure>,
    /// The year's target.
    pub target: Option<target::Model>,
    /// What last year's was.
    pub previous_target: Option<Fixed>,
}

impl Row {
    /// The light.
    #[must_use]
    pub fn status(&self) -> IndicatorStatus {
        light(&self.indicator, self.figure.as_ref(), self.target.as_ref().map(|row| row.value))
    }

    /// Outcome minus target, exact.
    #[must_use]
    pub fn deviation(&self) -> Option<Decimal> {
        deviation(
            self.value(self.figure.as_ref()),
            aim(self.target.as_ref().map(|target| target.value)),
        )
    }

    /// The direction since the same period last year.
    #[must_use]
    pub fn trend(&self) -> Trend {
        trend(
            self.indicator.direction,
            u32::try_from(self.indicator.decimals).unwrap_or(0),
            self.value(self.figure.as_ref()),
            self.value(self.previous.as_ref()),
            aim(self.target.as_ref().map(|target| target.value)),
            aim(self.previous_target),
        )
    }

    /// The reported forecast for the whole year.
    #[must_use]
    pub fn forecast(&self) -> Option<Fixed> {
        self.figure.as_ref()?.forecast()
    }

    fn value(&self, figure: Option<&Figure>) -> Option<Decimal> {
        let figure = figure.filter(|figure| figure.missing().is_none())?;
        figure.value(self.indicator.aggregation)
    }
}

fn aim(target: Option<Fixed>) -> Option<Decimal> {
    target.map(Fixed::to_decimal)
}
