//! Batches the question who answers for what.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::planning::responsibility;

use crate::{
    domain::planning::responsibility::{self as domain, Owner},
    error::{Error, Result},
    graphql::loader::Fetch,
};

/// Who answers for an assignment or activity that the viewer has been shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResponsibleFor(pub Owner);

impl Loader<ResponsibleFor> for Fetch {
    type Value = Vec<responsibility::Model>;
    type Error = Error;

    async fn load(&self, keys: &[ResponsibleFor]) -> Result<HashMap<ResponsibleFor, Self::Value>> {
        let owners: Vec<Owner> = keys.iter().map(|key| key.0).collect();
        let found = domain::of_owners(self.db.reader(), &owners).await?;
        Ok(found.into_iter().map(|(owner, rows)| (ResponsibleFor(owner), rows)).collect())
    }
}
