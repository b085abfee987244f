//! The vocabularies of budgets.

use async_graphql::Enum;

use crate::graphql::direct::written_by_name;

/// In what an amount is (valuta). Amounts of different currencies are never added.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::Currency")]
pub enum Currency {
    /// Svenska kronor.
    Sek,
    /// Euro.
    Eur,
}

/// In what an amount is written (enhet): whole kronor (or euro), thousands or millions of them.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "crate::domain::budgets::money::MoneyUnit")]
pub enum MoneyUnit {
    /// Kronor, or euro (kr).
    Kr,
    /// Thousands (tusental kronor, tkr).
    Tkr,
    /// Millions (miljoner kronor, mnkr or mkr).
    Mnkr,
}

/// Whether an investment is new.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::InvestmentKind")]
pub enum InvestmentKind {
    /// Nyinvestering.
    New,
    /// Återinvestering (reinvestering, ersättningsinvestering).
    Reinvestment,
}

/// What the amount of a year rests on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::AmountBasis")]
pub enum AmountBasis {
    /// What the year before the budget's is expected to come to (prognos).
    Forecast,
    /// The budget's own year (budget).
    Budget,
    /// A year after the budget's (plan).
    Plan,
}

/// Which way the money of a budget line goes.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::BudgetLineKind")]
pub enum BudgetLineKind {
    /// Intäkt.
    Revenue,
    /// Kostnad.
    Cost,
}

/// What an indicator is worked out from budgets and their follow-ups as.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::EconomyMeasure")]
pub enum EconomyMeasure {
    /// Revenue minus cost of the period (periodresultat).
    PeriodResult,
    /// The period's result minus the period's share of the year's budgeted result, months by twelve (ackumulerad
    /// budgetavvikelse).
    AccumulatedBudgetDeviation,
    /// The year's forecast result minus the budgeted one (prognos budgetavvikelse).
    ForecastBudgetDeviation,
    /// The investment frame minus the year's forecast of investments (prognos investeringsbudgetavvikelse).
    ForecastInvestmentDeviation,
    /// Change of the cost in per cent against the same period last year (kostnadsutveckling).
    CostDevelopment,
    /// Change of the revenue in per cent against the same period last year (intäktsutveckling).
    RevenueDevelopment,
}

written_by_name! { Currency, InvestmentKind, AmountBasis, BudgetLineKind, EconomyMeasure }
