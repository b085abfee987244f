//! Indicators that are worked out from budgets: ordinary figures, which nobody has typed in.

use std::collections::HashMap;

use entity::{
    indicators::indicator,
    sight::Sight,
    vocabulary::{EconomyMeasure, Gender, IndicatorAggregation},
};
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;

use super::load::{EconomyKey, load};
use crate::{
    domain::indicators::figure::{Derived, Figure, FigureKey},
    error::Result,
};

/// What an indicator is worked out as, and in what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Computed {
    /// Which measure.
    pub measure: EconomyMeasure,
    /// Of how many kronor its unit of measure is, as a power of ten.
    pub scale: u32,
}

impl Computed {
    /// What an indicator is worked out as; nothing for one that people report.
    #[must_use]
    pub fn of(indicator: &indicator::Model) -> Option<Self> {
        let measure = indicator.computed?;
        Some(Self { measure, scale: scale(&indicator.unit).unwrap_or(0) })
    }
}

/// Of how many kronor a unit of measure is, as a power of ten.
#[must_use]
pub fn scale(unit: &str) -> Option<u32> {
    match unit.trim().to_lowercase().as_str() {
        "kr" | "kronor" | "sek" => Some(0),
        "tkr" | "tsek" => Some(3),
        "mnkr" | "mkr" | "msek" => Some(6),
        _ => None,
    }
}

/// The figures of indicators that are worked out, by their keys: a few statements however many, none when none is.
///
/// # Errors
/// Whatever the database says.
pub async fn figures(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
) -> Result<HashMap<FigureKey, Figure>> {
    let asked = keys.iter().filter(|key| key.gender == Gender::Total);
    let asked: Vec<(&FigureKey, Computed)> =
        asked.filter_map(|key| Some((key, key.computed?))).collect();
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let of = |key: &FigureKey| EconomyKey { unit: key.unit, period: key.period };
    let wanted: Vec<EconomyKey> = asked.iter().map(|(key, _)| of(key)).collect();
    let economies = load(connection, sight, &wanted).await?;
    let figure = |(key, computed): (&FigureKey, Computed)| {
        let only_own = key.aggregation == IndicatorAggregation::None;
        let economy = economies.measure(of(key), computed.measure, only_own)?.in_kronor();
        let derived = Derived {
            key: *key,
            value: economy.value.and_then(|value| scaled(value, computed.scale)),
            numerator: None,
            denominator: None,
            missing: economy.missing,
            coverage: economy.coverage,
            origin: economy.origin,
            preliminary: economy.preliminary,
            at: economy.at,
        };
        Some((*key, Figure::Derived(derived)))
    };
    Ok(asked.into_iter().filter_map(figure).collect())
}

fn scaled(value: Decimal, scale: u32) -> Option<Decimal> {
    value.checked_div(Decimal::from(10_u64.checked_pow(scale)?))
}
