//! Exact amounts of money as whole hundredths.
//!
//! A whole number compares, sorts and adds exactly on both databases, which a SQLite REAL would not.

use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;

/// An amount in öre or cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// How many decimals are kept.
    pub const DECIMALS: u32 = 2;
    /// The largest magnitude: fifteen digits before the point. Ninety of them can be added in a whole number.
    pub const MAX: i64 = 99_999_999_999_999_999;

    /// The amount in hundredths, when it has no more decimals and digits than can be kept.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        let factor = 10_i128.checked_pow(Self::DECIMALS.checked_sub(value.scale())?)?;
        let hundredths = i64::try_from(value.mantissa().checked_mul(factor)?).ok()?;
        (-Self::MAX..=Self::MAX).contains(&hundredths).then_some(Self(hundredths))
    }

    /// The amount itself, without trailing zeros.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, Self::DECIMALS).normalize()
    }
}
