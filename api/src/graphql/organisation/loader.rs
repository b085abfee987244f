//! Batched questions about the unit tree and the calendar.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::{
    domain::organisation::{cycle::CycleSetting, cycle_store},
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
