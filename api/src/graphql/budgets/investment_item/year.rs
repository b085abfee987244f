//! What an investment is to cost in a year.

use async_graphql::InputObject;
use entity::vocabulary::AmountBasis as StoredBasis;
use macros::object;

use crate::{
    domain::budgets::{
        investment::item::{GivenYear, basis},
        money as domain,
    },
    graphql::{
        budgets::money::{Money, MoneyInput},
        vocabulary::AmountBasis,
    },
};

/// What investments are to cost in a year (belopp per år).
pub struct InvestmentYear {
    year: i32,
    basis: StoredBasis,
    amount: Money,
}

impl InvestmentYear {
    /// A year in a budget of another; nothing so far back that no budget has it.
    #[must_use]
    pub fn new(year: i32, budget: i32, amount: domain::Money) -> Option<Self> {
        Some(Self { year, basis: basis(year, budget)?, amount: Money(amount) })
    }
}

/// What investments are to cost in a year (belopp per år).
#[object]
impl InvestmentYear {
    /// The year (år).
    fn year(&self) -> i32 {
        self.year
    }

    /// What the amount rests on (prognos, budget eller plan).
    fn basis(&self) -> AmountBasis {
        self.basis.into()
    }

    /// How much (belopp).
    fn amount(&self) -> Money {
        self.amount
    }
}

/// What an item is to cost in a year (belopp per år).
#[derive(InputObject, Clone, Copy, Debug)]
pub struct InvestmentYearInput {
    /// The year: that before the budget's, the budget's own or a later one, at most 2200.
    pub year: i32,
    /// How much: zero or more.
    pub amount: MoneyInput,
    /// What the amount rests on. The year says it; when it is sent it has to agree: FORECAST for the year before the budget's,
    /// BUDGET for the budget's own, PLAN for later ones.
    pub basis: Option<AmountBasis>,
}

impl From<InvestmentYearInput> for GivenYear {
    fn from(input: InvestmentYearInput) -> Self {
        let InvestmentYearInput { year, amount, basis } = input;
        Self { year, amount: amount.into(), basis: basis.map(Into::into) }
    }
}

/// Years as the domain reads them.
#[must_use]
pub fn given_years(years: Vec<InvestmentYearInput>) -> Vec<GivenYear> {
    years.into_iter().map(Into::into).collect()
}
