//! Exact numbers as whole millionths.
//!
//! SQLite has no exact decimal type, and a REAL would round; a whole number compares, sorts and adds
//! exactly on both databases. Six decimals and twelve digits before them hold every figure of a plan.

use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;

/// A decimal with at most [`Fixed::DECIMALS`] decimals, stored as millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
pub struct Fixed(pub i64);

impl Fixed {
    /// How many decimals are kept.
    pub const DECIMALS: u32 = 6;
    /// The largest magnitude: twelve digits before the point and six after it.
    pub const MAX: i64 = 999_999_999_999_999_999;

    /// The number in millionths, when it has no more decimals and digits than can be kept.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        if value.scale() > Self::DECIMALS {
            return None;
        }
        let factor = 10_i128.checked_pow(Self::DECIMALS - value.scale())?;
        let millionths = i64::try_from(value.mantissa().checked_mul(factor)?).ok()?;
        (-Self::MAX..=Self::MAX).contains(&millionths).then_some(Self(millionths))
    }

    /// The nearest number that can be kept, half away from zero.
    #[must_use]
    pub fn nearest(value: Decimal) -> Option<Self> {
        Self::from_decimal(value.round_dp_with_strategy(
            Self::DECIMALS,
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        ))
    }

    /// The number itself, without trailing zeros.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, Self::DECIMALS).normalize()
    }
}
