//! What a unit itself has said, put together from what the statements have found.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use entity::vocabulary::Currency;
use uuid::Uuid;

use super::{
    decided::Decided,
    holding::{Budget, Held},
    own::{Own, Said},
    rule::{Flows, Invested, Operated},
    sums::{Budgeted, Followed},
};
use crate::domain::{
    budgets::investment::FollowUp,
    organisation::{
        cycle::{Cycle, CycleSetting},
        period::Period,
    },
};

/// What the statements have found.
pub(super) struct Material<'h> {
    pub budgeted: HashMap<Uuid, Budgeted>,
    pub followed: HashMap<(Uuid, Period), Followed>,
    pub invested: HashMap<(Uuid, Period), FollowUp>,
    pub decided: HashMap<(Uuid, Period), Decided>,
    pub cycles: HashMap<Uuid, Arc<Vec<CycleSetting>>>,
    pub operating: &'h Held,
    pub investment: &'h Held,
}

impl Material<'_> {
    /// What a unit itself has said of its economy in a period.
    pub fn own(&self, unit: Uuid, period: Period) -> Own {
        let decided = self.decided.get(&(unit, period));
        let operated = match decided {
            Some(decided) => decided.operated,
            None => self.operated(unit, period),
        };
        let invested = self.investment(unit, period);
        let at = [
            decided.map(|decided| decided.at),
            self.followed_at(unit, period),
            invested.and_then(|invested| invested.at),
        ];
        Own {
            operated,
            invested: invested.map_or(Said::Nothing, said),
            approved: decided.is_some(),
            at: at.into_iter().flatten().max(),
        }
    }

    fn operated(&self, unit: Uuid, period: Period) -> Said<Operated> {
        let Some((budget, budgeted)) = self.operating(unit, period) else { return Said::Nothing };
        let followed = self.followed.get(&(budget.id, period)).copied().unwrap_or_default();
        if followed.lines == 0 {
            return Said::Nothing;
        }
        if followed.lines < budgeted.lines {
            return Said::Partly;
        }
        let settings = self.cycles.get(&unit).map_or(&[][..], |settings| settings.as_slice());
        Said::All(Operated {
            currency: budget.currency,
            months: period.months(&Cycle::of(period.year(), settings)),
            budget: budgeted.year,
            outcome: followed.outcome,
            forecast: followed.forecast,
            previous: period
                .previous()
                .and_then(|previous| self.previous(unit, previous, budget.currency)),
        })
    }

    /// What an earlier period came to, if all of it is known.
    fn previous(&self, unit: Uuid, period: Period, currency: Currency) -> Option<Flows> {
        if let Some(decided) = self.decided.get(&(unit, period)) {
            let Said::All(operated) = decided.operated else { return None };
            return (operated.currency == currency).then_some(operated.outcome);
        }
        let (budget, budgeted) = self.operating(unit, period)?;
        let followed = self.followed.get(&(budget.id, period))?;
        let whole = followed.lines == budgeted.lines && budget.currency == currency;
        whole.then_some(followed.outcome)
    }

    fn operating(&self, unit: Uuid, period: Period) -> Option<(Budget, Budgeted)> {
        let budget = *self.operating.budgets.get(&(unit, period.year()))?;
        Some((budget, self.budgeted.get(&budget.id).copied().unwrap_or_default()))
    }

    fn followed_at(&self, unit: Uuid, period: Period) -> Option<DateTime<Utc>> {
        let (budget, _) = self.operating(unit, period)?;
        self.followed.get(&(budget.id, period))?.at
    }

    fn investment(&self, unit: Uuid, period: Period) -> Option<FollowUp> {
        let budget = self.investment.budgets.get(&(unit, period.year()))?;
        self.invested.get(&(budget.id, period)).copied()
    }
}

fn said(of: FollowUp) -> Said<Invested> {
    let FollowUp { currency, frame, spent, forecast, items, reported, .. } = of;
    match (reported, items) {
        (0, _) => Said::Nothing,
        (reported, items) if reported < items => Said::Partly,
        _ => Said::All(Invested { currency, frame, spent, forecast }),
    }
}
