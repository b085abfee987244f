//! All measures of a unit's economy in a period, side by side.

use std::collections::HashMap;

use entity::{
    money::Hundredths,
    sight::Sight,
    vocabulary::{Currency, EconomyMeasure},
};
use rust_decimal::{Decimal, RoundingStrategy};
use sea_orm::ConnectionTrait;

use super::load::{Economy, EconomyKey, load};
use crate::{domain::budgets::money::Money, error::Result};

/// All measures of a unit's economy in a period.
#[derive(Clone, Debug, Default)]
pub struct Summary(HashMap<EconomyMeasure, Economy>);

impl Summary {
    /// A measure, if anybody has said anything of what it is of.
    #[must_use]
    pub fn measure(&self, measure: EconomyMeasure) -> Option<&Economy> {
        self.0.get(&measure)
    }

    /// A measure that is an amount, rounded to hundredths.
    #[must_use]
    pub fn amount(&self, measure: EconomyMeasure) -> Option<Money> {
        let economy = self.measure(measure)?;
        let amount = rounded(economy.value?, Hundredths::DECIMALS);
        Some(Money { amount, currency: economy.currency.unwrap_or(Currency::Sek) })
    }

    /// A measure that is a share, in per cent with at most 6 decimals.
    #[must_use]
    pub fn share(&self, measure: EconomyMeasure) -> Option<Decimal> {
        Some(rounded(self.measure(measure)?.value?, 6))
    }
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// The economies of these units and periods, as far as the viewer sees: a few statements however many.
///
/// # Errors
/// Whatever the database says.
pub async fn summaries(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[EconomyKey],
) -> Result<HashMap<EconomyKey, Summary>> {
    let economies = load(connection, sight, keys).await?;
    let summary = |key: EconomyKey| {
        let measure = |measure| Some((measure, economies.measure(key, measure, false)?));
        Summary(EconomyMeasure::ALL.iter().copied().filter_map(measure).collect())
    };
    Ok(keys.iter().map(|key| (*key, summary(*key))).collect())
}
