//! Money in and out.

use async_graphql::InputObject;
use macros::object;

use crate::{
    domain::budgets::money as domain,
    graphql::{
        scalar::Decimal,
        vocabulary::{Currency, MoneyUnit},
    },
};

/// An amount of money (belopp).
#[derive(InputObject, Clone, Copy, Debug)]
pub struct MoneyInput {
    /// How much, in `unit`. It is kept in whole öre or cents: at most 2 decimals of a krona, and 15 digits before them.
    pub amount: Decimal,
    /// In which currency. Unless said it is the budget's own, and of a new budget SEK.
    pub currency: Option<Currency>,
    /// In what the amount is written: kronor unless said.
    #[graphql(default_with = "MoneyUnit::Kr")]
    pub unit: MoneyUnit,
}

impl From<MoneyInput> for domain::GivenMoney {
    fn from(input: MoneyInput) -> Self {
        let MoneyInput { amount, currency, unit } = input;
        Self { amount: amount.0, currency: currency.map(Into::into), unit: unit.into() }
    }
}

/// An amount of money (belopp).
#[derive(Clone, Copy, Debug)]
pub struct Money(pub domain::Money);

impl From<domain::Money> for Money {
    fn from(money: domain::Money) -> Self {
        Self(money)
    }
}

/// An amount of money (belopp), exact.
#[object]
impl Money {
    /// How much, in whole kronor or euro and hundredths of them, exact: "16980000", "0.5". Up to 15 digits before the point;
    /// sums may have more.
    fn amount(&self) -> Decimal {
        Decimal(self.0.amount)
    }

    /// In which currency (valuta).
    fn currency(&self) -> Currency {
        self.0.currency.into()
    }
}
