//! What counts as a unit's outcome: its own answer, or what the units below say together.

mod load;
pub mod own;
mod parts;

use chrono::{DateTime, Utc};
use entity::{
    fixed::Fixed,
    indicators::indicator,
    vocabulary::{
        Gender, IndicatorAggregation, IndicatorStatus, MissingReason, OutcomeOrigin, OutcomeState,
    },
};
use rust_decimal::Decimal;
use uuid::Uuid;

pub use load::{load, load_each};
pub use own::Own;

use super::{
    display::display_value,
    outcome::{RowKey, answer::Answer},
    status::status,
};
use crate::domain::{budgets::economy::Computed, organisation::period::Period};

/// Which figure is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FigureKey {
    /// The indicator.
    pub indicator: Uuid,
    /// How that is put together.
    pub aggregation: IndicatorAggregation,
    /// The unit.
    pub unit: Uuid,
    /// The period.
    pub period: Period,
    /// About whom.
    pub gender: Gender,
    /// What it is worked out from budgets as, if it is.
    pub computed: Option<Computed>,
}

impl FigureKey {
    /// The figure of an indicator for everybody.
    #[must_use]
    pub fn total(indicator: &indicator::Model, unit: Uuid, period: Period) -> Self {
        Self {
            indicator: indicator.id,
            aggregation: indicator.aggregation,
            unit,
            period,
            gender: Gender::Total,
            computed: Computed::of(indicator),
        }
    }

    /// The same, the same period last year.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Some(Self { period: self.period.previous()?, ..self })
    }
}

/// What counts as a unit's outcome, as far as the viewer may know it.
#[derive(Clone, Debug)]
pub enum Figure {
    /// The unit's own.
    Own(Own),
    /// Worked out from others.
    Derived(Derived),
}

/// An outcome that nobody reported.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Which figure.
    pub key: FigureKey,
    /// The unrounded value.
    pub value: Option<Decimal>,
    /// The sum of the numerators, of a RATIO.
    pub numerator: Option<Decimal>,
    /// The sum of the denominators, of a RATIO.
    pub denominator: Option<Decimal>,
    /// Why there is no value.
    pub missing: Option<MissingReason>,
    /// How many parts are in it, and how many ought to be.
    pub coverage: Option<(u32, u32)>,
    /// From the units below, or from the two genders.
    pub origin: OutcomeOrigin,
    /// Whether any part of it is.
    pub preliminary: bool,
    /// When a part of it changed last.
    pub at: DateTime<Utc>,
}

impl Figure {
    /// The exact value that counts; none when it is missing or the viewer may not know it.
    #[must_use]
    pub fn value(&self, kind: IndicatorAggregation) -> Option<Decimal> {
        match self {
            Self::Own(own) => own.answer.own(kind, own.state).counted(kind),
            Self::Derived(derived) => derived.value,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> RowKey {
        match self {
            Self::Own(own) => own.about,
            Self::Derived(Derived { key, .. }) => RowKey {
                indicator: key.indicator,
                unit: key.unit,
                period: key.period,
                gender: key.gender,
            },
        }
    }

    /// What it says, its numbers as the API gives them.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let shown = |number: Option<Decimal>| number.and_then(Fixed::nearest);
        match self {
            Self::Own(own) => own.answer,
            Self::Derived(derived) => Answer {
                value: shown(derived.value),
                numerator: shown(derived.numerator),
                denominator: shown(derived.denominator),
                missing: derived.missing,
            },
        }
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(&self) -> OutcomeOrigin {
        match self {
            Self::Own(own) => own.origin,
            Self::Derived(derived) => derived.origin,
        }
    }

    /// Preliminary or confirmed; one that is put together, while any part of it is.
    #[must_use]
    pub fn state(&self) -> OutcomeState {
        match self {
            Self::Own(own) => own.state,
            Self::Derived(derived) if derived.preliminary => OutcomeState::Preliminary,
            Self::Derived(_) => OutcomeState::Confirmed,
        }
    }

    /// When it, or a part of it, last changed.
    #[must_use]
    pub fn changed_at(&self) -> DateTime<Utc> {
        match self {
            Self::Own(own) => own.updated_at,
            Self::Derived(derived) => derived.at,
        }
    }

    /// Why there is none.
    #[must_use]
    pub fn missing(&self) -> Option<MissingReason> {
        match self {
            Self::Own(own) => own.answer.missing,
            Self::Derived(derived) => derived.missing,
        }
    }

    /// The forecast for the whole year, when the viewer may know it.
    #[must_use]
    pub fn forecast(&self) -> Option<Fixed> {
        match self {
            Self::Own(own) => own.forecast,
            Self::Derived(_) => None,
        }
    }
}

/// The light of a figure; that of no figure at all is MISSING.
#[must_use]
pub fn light(
    indicator: &indicator::Model,
    figure: Option<&Figure>,
    target: Option<Fixed>,
) -> IndicatorStatus {
    status(
        indicator.direction,
        target.map(Fixed::to_decimal),
        indicator.tolerance.map(Fixed::to_decimal),
        figure.and_then(|figure| figure.value(indicator.aggregation)),
        figure.and_then(Figure::missing),
    )
}

/// A figure as Swedish readers write it.
#[must_use]
pub fn display(indicator: &indicator::Model, figure: &Figure) -> String {
    let decimals = u32::try_from(indicator.decimals).unwrap_or(0);
    let value = figure.value(indicator.aggregation);
    display_value(value, figure.missing(), decimals, &indicator.unit)
}
