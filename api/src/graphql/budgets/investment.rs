//! Batched questions about investment budgets.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::budgets::{investment_budget, investment_follow_up};
use uuid::Uuid;

use crate::{
    domain::{
        budgets::investment::{
            self as domain, Area, FollowUp, Sum, YearSum, budget,
            item::{self, PlannedYear},
        },
        organisation::period::Period,
    },
    error::{Error, Result},
    graphql::loader::Fetch,
};

/// A unit's investment budget of a year.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvestmentBudgetOf(pub Uuid, pub i32);

/// What the items that count in a budget come to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SumOf(pub Uuid);

/// The same by area.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AreasOf(pub Uuid);

/// What the items that count in a budget are to come to in other years.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearSumsOf(pub Uuid);

/// By how much decisions have changed the frame of a budget.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FrameChangedOf(pub Uuid);

/// By how much transfers have changed the amount of an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TransferredOf(pub Uuid);

/// What has been spent on an item over all years.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpentOf(pub Uuid);

/// The other years of an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearsOf(pub Uuid);

/// The unit at which an item is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnitOf(pub Uuid);

/// How the investments of a budget stand in a period.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StandingOf(pub Uuid, pub Period);

/// What is said in a period of the items that count in a budget.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SaidOf(pub Uuid, pub Period);

/// What is said of an item in a period.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SaidAt(pub Uuid, pub Period);

/// The answers by the keys that asked for them.
fn keyed<A, K: Eq + Hash, V>(found: HashMap<A, V>, key: fn(A) -> K) -> HashMap<K, V> {
    found.into_iter().map(|(about, value)| (key(about), value)).collect()
}

/// The same, of answers that are long and go to several.
fn shared<A, K: Eq + Hash, V>(found: HashMap<A, V>, key: fn(A) -> K) -> HashMap<K, Arc<V>> {
    found.into_iter().map(|(about, value)| (key(about), Arc::new(value))).collect()
}

impl Loader<InvestmentBudgetOf> for Fetch {
    type Value = investment_budget::Model;
    type Error = Error;

    async fn load(
        &self,
        keys: &[InvestmentBudgetOf],
    ) -> Result<HashMap<InvestmentBudgetOf, Self::Value>> {
        let asked: Vec<(Uuid, i32)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = budget::of_years(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(keyed(found, |(unit, year)| InvestmentBudgetOf(unit, year)))
    }
}

impl Loader<SumOf> for Fetch {
    type Value = Sum;
    type Error = Error;

    async fn load(&self, keys: &[SumOf]) -> Result<HashMap<SumOf, Sum>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = domain::sums(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(keyed(found, SumOf))
    }
}

impl Loader<AreasOf> for Fetch {
    type Value = Arc<Vec<Area>>;
    type Error = Error;

    async fn load(&self, keys: &[AreasOf]) -> Result<HashMap<AreasOf, Self::Value>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = domain::by_area(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(shared(found, AreasOf))
    }
}

impl Loader<YearSumsOf> for Fetch {
    type Value = Arc<Vec<YearSum>>;
    type Error = Error;

    async fn load(&self, keys: &[YearSumsOf]) -> Result<HashMap<YearSumsOf, Self::Value>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = domain::by_year(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(shared(found, YearSumsOf))
    }
}

impl Loader<FrameChangedOf> for Fetch {
    type Value = i128;
    type Error = Error;

    async fn load(&self, keys: &[FrameChangedOf]) -> Result<HashMap<FrameChangedOf, i128>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(domain::frame_changed(self.db.reader(), &asked).await?, FrameChangedOf))
    }
}

impl Loader<TransferredOf> for Fetch {
    type Value = i128;
    type Error = Error;

    async fn load(&self, keys: &[TransferredOf]) -> Result<HashMap<TransferredOf, i128>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(domain::transferred(self.db.reader(), &asked).await?, TransferredOf))
    }
}

impl Loader<SpentOf> for Fetch {
    type Value = i128;
    type Error = Error;

    async fn load(&self, keys: &[SpentOf]) -> Result<HashMap<SpentOf, i128>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = domain::spent_totals(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(keyed(found, SpentOf))
    }
}

impl Loader<YearsOf> for Fetch {
    type Value = Arc<Vec<PlannedYear>>;
    type Error = Error;

    async fn load(&self, keys: &[YearsOf]) -> Result<HashMap<YearsOf, Self::Value>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        Ok(shared(item::of_items(self.db.reader(), &asked).await?, YearsOf))
    }
}

impl Loader<UnitOf> for Fetch {
    type Value = Uuid;
    type Error = Error;

    async fn load(&self, keys: &[UnitOf]) -> Result<HashMap<UnitOf, Uuid>> {
        let asked: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(item::units(self.db.reader(), &asked).await?, UnitOf))
    }
}

impl Loader<StandingOf> for Fetch {
    type Value = FollowUp;
    type Error = Error;

    async fn load(&self, keys: &[StandingOf]) -> Result<HashMap<StandingOf, FollowUp>> {
        let asked: Vec<(Uuid, Period)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = domain::follow_ups(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(keyed(found, |(budget, period)| StandingOf(budget, period)))
    }
}

impl Loader<SaidOf> for Fetch {
    type Value = Arc<Vec<investment_follow_up::Model>>;
    type Error = Error;

    async fn load(&self, keys: &[SaidOf]) -> Result<HashMap<SaidOf, Self::Value>> {
        let asked: Vec<(Uuid, Period)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = domain::of_budgets(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(shared(found, |(budget, period)| SaidOf(budget, period)))
    }
}

impl Loader<SaidAt> for Fetch {
    type Value = investment_follow_up::Model;
    type Error = Error;

    async fn load(&self, keys: &[SaidAt]) -> Result<HashMap<SaidAt, Self::Value>> {
        let asked: Vec<(Uuid, Period)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = domain::at_period(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(keyed(found, |(item, period)| SaidAt(item, period)))
    }
}
