//! Budgets, and what is worked out from them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// In what an amount is.
    Currency {
        /// Kronor.
        Sek = "SEK",
        /// Euro.
        Eur = "EUR",
    }
}

vocabulary! {
    /// Whether an investment is new.
    InvestmentKind {
        /// Nyinvestering.
        New = "NEW",
        /// Återinvestering.
        Reinvestment = "REINVESTMENT",
    }
}

vocabulary! {
    /// What the amount of a year rests on.
    AmountBasis {
        /// Prognos of last year.
        Forecast = "FORECAST",
        /// Budget.
        Budget = "BUDGET",
        /// Plan for a year to come.
        Plan = "PLAN",
    }
}

vocabulary! {
    /// Which way the money of a budget line goes.
    BudgetLineKind {
        /// Intäkt.
        Revenue = "REVENUE",
        /// Kostnad.
        Cost = "COST",
    }
}

vocabulary! {
    /// What an indicator is worked out from budgets as.
    EconomyMeasure {
        /// Periodresultat.
        PeriodResult = "PERIOD_RESULT",
        /// Ackumulerad budgetavvikelse.
        AccumulatedBudgetDeviation = "ACCUMULATED_BUDGET_DEVIATION",
        /// Prognos budgetavvikelse.
        ForecastBudgetDeviation = "FORECAST_BUDGET_DEVIATION",
        /// Prognos investeringsbudgetavvikelse.
        ForecastInvestmentDeviation = "FORECAST_INVESTMENT_DEVIATION",
        /// Kostnadsutveckling.
        CostDevelopment = "COST_DEVELOPMENT",
        /// Intäktsutveckling.
        RevenueDevelopment = "REVENUE_DEVELOPMENT",
    }
}
