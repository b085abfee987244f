//! Batched questions about who may.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::vocabulary::NodeType;
use uuid::Uuid;

use crate::{
    domain::access::whose,
    error::{Error, Result},
    graphql::loader::Fetch,
};

/// The unit whose roles count for a node; nothing for what the caller does not see.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnitOf(pub NodeType, pub Uuid);

impl Loader<UnitOf> for Fetch {
    type Value = Uuid;
    type Error = Error;

    async fn load(&self, keys: &[UnitOf]) -> Result<HashMap<UnitOf, Uuid>> {
        let nodes = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = whose::units(self.db.reader(), self.viewer.sight()?, &nodes).await?;
        Ok(found.into_iter().map(|((node, id), unit)| (UnitOf(node, id), unit)).collect())
    }
}
