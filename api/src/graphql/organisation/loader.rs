//! Batched questions about the unit tree and the calendar.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{organisation::org_unit, planning::plan};
use uuid::Uuid;

use crate::{
    domain::organisation::{cycle::CycleSetting, cycle_store, org_unit as domain},
    error::{Error, Result},
    graphql::loader::Fetch,
};

/// What an organisation has set of its reporting cycles, for [`Cycle::of`](crate::domain::organisation::cycle::Cycle::of).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CycleOf(pub Uuid);

impl Loader<CycleOf> for Fetch {
    type Value = Arc<Vec<CycleSetting>>;
    type Error = Error;

    async fn load(&self, keys: &[CycleOf]) -> Result<HashMap<CycleOf, Self::Value>> {
        let organisations: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found =
            cycle_store::settings(self.db.reader(), self.viewer.sight()?, &organisations).await?;
        Ok(found.into_iter().map(|(id, settings)| (CycleOf(id), settings)).collect())
    }
}

/// What is above a unit, the root first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AncestorsOf(pub Uuid);

impl Loader<AncestorsOf> for Fetch {
    type Value = Vec<org_unit::Model>;
    type Error = Error;

    async fn load(&self, keys: &[AncestorsOf]) -> Result<HashMap<AncestorsOf, Self::Value>> {
        let units: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = domain::ancestors(self.db.reader(), self.viewer.sight()?, &units).await?;
        Ok(found.into_iter().map(|(unit, above)| (AncestorsOf(unit), above)).collect())
    }
}

/// A unit's plan of a year.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanOf(pub Uuid, pub i32);

impl Loader<PlanOf> for Fetch {
    type Value = plan::Model;
    type Error = Error;

    async fn load(&self, keys: &[PlanOf]) -> Result<HashMap<PlanOf, Self::Value>> {
        let asked: Vec<(Uuid, i32)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = domain::plans_of_years(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(found.into_iter().map(|((unit, year), row)| (PlanOf(unit, year), row)).collect())
    }
}
