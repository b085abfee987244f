//! Batched questions about operating budgets.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::budgets::{budget_line, budget_line_follow_up, operating_budget};
use uuid::Uuid;

use crate::{
    domain::budgets::operating::{
        FollowUpKey, Sums, counted::counted, follow_ups, lines_in, of_years, sums_in,
    },
    error::{Error, Result},
    graphql::loader::Fetch,
};

/// The operating budget of a unit and year.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OperatingBudgetOf(pub Uuid, pub i32);

impl Loader<OperatingBudgetOf> for Fetch {
    type Value = operating_budget::Model;
    type Error = Error;

    async fn load(
        &self,
        keys: &[OperatingBudgetOf],
    ) -> Result<HashMap<OperatingBudgetOf, Self::Value>> {
        let asked: Vec<(Uuid, i32)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = of_years(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(found
            .into_iter()
            .map(|((unit, year), row)| (OperatingBudgetOf(unit, year), row))
            .collect())
    }
}

/// The budgets whose lines count in a budget.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CountedOf(pub Uuid);

impl Loader<CountedOf> for Fetch {
    type Value = Arc<Vec<Uuid>>;
    type Error = Error;

    async fn load(&self, keys: &[CountedOf]) -> Result<HashMap<CountedOf, Self::Value>> {
        let budgets: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = counted(self.db.reader(), self.viewer.sight()?, &budgets).await?;
        Ok(found.into_iter().map(|(id, parts)| (CountedOf(id), Arc::new(parts))).collect())
    }
}

/// The lines in a budget.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinesIn(pub Uuid);

impl Loader<LinesIn> for Fetch {
    type Value = Arc<Vec<budget_line::Model>>;
    type Error = Error;

    async fn load(&self, keys: &[LinesIn]) -> Result<HashMap<LinesIn, Self::Value>> {
        let budgets: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = lines_in(self.db.reader(), self.viewer.sight()?, &budgets).await?;
        Ok(found.into_iter().map(|(id, lines)| (LinesIn(id), Arc::new(lines))).collect())
    }
}

/// What the lines in a budget add up to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SumsIn(pub Uuid);

impl Loader<SumsIn> for Fetch {
    type Value = Sums;
    type Error = Error;

    async fn load(&self, keys: &[SumsIn]) -> Result<HashMap<SumsIn, Sums>> {
        let budgets: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = sums_in(self.db.reader(), self.viewer.sight()?, &budgets).await?;
        Ok(found.into_iter().map(|(id, sums)| (SumsIn(id), sums)).collect())
    }
}

impl Loader<FollowUpKey> for Fetch {
    type Value = budget_line_follow_up::Model;
    type Error = Error;

    async fn load(&self, keys: &[FollowUpKey]) -> Result<HashMap<FollowUpKey, Self::Value>> {
        follow_ups(self.db.reader(), self.viewer.sight()?, keys).await
    }
}
