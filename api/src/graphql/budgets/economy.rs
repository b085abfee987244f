//! The economy of a unit in a period.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, dataloader::Loader};
use entity::vocabulary::EconomyMeasure;
use macros::object;

use super::money::Money;
use crate::{
    domain::budgets::economy::{EconomyKey, Summary, summaries},
    error::{Error, Result},
    graphql::{
        context::session, indicators::outcome::Coverage, loader::Fetch, scalar::Decimal,
        vocabulary::OutcomeOrigin,
    },
};

impl Loader<EconomyKey> for Fetch {
    type Value = Arc<Summary>;
    type Error = Error;

    async fn load(&self, keys: &[EconomyKey]) -> Result<HashMap<EconomyKey, Arc<Summary>>> {
        let found = summaries(self.db.reader(), self.viewer.sight()?, keys).await?;
        Ok(found.into_iter().map(|(key, summary)| (key, Arc::new(summary))).collect())
    }
}

/// The economy of a unit in a period.
pub struct EconomySummary(Arc<Summary>);

/// The economy of a unit in a period.
///
/// # Errors
/// Whatever the database says.
pub async fn of(ctx: &Context<'_>, key: EconomyKey) -> Result<EconomySummary> {
    Ok(EconomySummary(session(ctx).loader.load_one(key).await?.unwrap_or_default()))
}

impl EconomySummary {
    fn amount(&self, measure: EconomyMeasure) -> Option<Money> {
        self.0.amount(measure).map(Money)
    }

    fn share(&self, measure: EconomyMeasure) -> Option<Decimal> {
        self.0.share(measure).map(Decimal)
    }
}

/// The economy of a unit in a period (ekonomi): worked out from the follow-ups of its budgets, never typed in. A unit that has
/// followed up a budget itself speaks for itself; otherwise the nearest units below that have are added up, those in
/// kronor. Null is what cannot be said: nobody has followed it up, or not all lines of the budget are. What was approved
/// with the period's report stays as it was then. The same six stand on the scorecard, where the organisation's indicators
/// are worked out as them.
#[object]
impl EconomySummary {
    /// Revenue minus cost of the period (periodresultat).
    fn period_result(&self) -> Option<Money> {
        self.amount(EconomyMeasure::PeriodResult)
    }

    /// The period's result minus the period's share of the year's budgeted result, months by twelve (ackumulerad
    /// budgetavvikelse). Positive is better than the budget.
    fn accumulated_budget_deviation(&self) -> Option<Money> {
        self.amount(EconomyMeasure::AccumulatedBudgetDeviation)
    }

    /// The year's forecast result minus the budgeted one (prognos budgetavvikelse).
    fn forecast_budget_deviation(&self) -> Option<Money> {
        self.amount(EconomyMeasure::ForecastBudgetDeviation)
    }

    /// The investment frame minus the year's forecast of investments (prognos investeringsbudgetavvikelse). Positive is
    /// what is not expected to be used.
    fn forecast_investment_deviation(&self) -> Option<Money> {
        self.amount(EconomyMeasure::ForecastInvestmentDeviation)
    }

    /// The change of the cost against the same period last year (kostnadsutveckling), in per cent with at most 6
    /// decimals; null without one, or when that was not above zero.
    fn cost_development(&self) -> Option<Decimal> {
        self.share(EconomyMeasure::CostDevelopment)
    }

    /// The change of the revenue against the same period last year (intäktsutveckling), in per cent with at most 6
    /// decimals; null without one, or when that was not above zero.
    fn revenue_development(&self) -> Option<Decimal> {
        self.share(EconomyMeasure::RevenueDevelopment)
    }

    /// Whether the period's result is of the unit's own budget (COMPUTED) or of those below (AGGREGATED); null when nobody
    /// has followed up anything.
    fn origin(&self) -> Option<OutcomeOrigin> {
        Some(self.0.measure(EconomyMeasure::PeriodResult)?.origin.into())
    }

    /// How many units below are in the period's result, of how many with a budget (täckningsgrad); null when it is of
    /// the unit's own.
    fn coverage(&self) -> Option<Coverage> {
        let (contributing, expected) = self.0.measure(EconomyMeasure::PeriodResult)?.coverage?;
        Some(Coverage { contributing, expected })
    }
}
