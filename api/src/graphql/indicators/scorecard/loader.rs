//! Batched questions about what is on scorecards and beside each other.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::organisation::org_unit;
use uuid::Uuid;

use crate::{
    domain::{
        indicators::scorecard::{self, Asked, Row},
        organisation::org_unit as units,
    },
    error::{Error, Result},
    graphql::loader::Fetch,
};

/// The rows of a unit's scorecard.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ScorecardOf(pub Uuid, pub Arc<Asked>);

impl Loader<ScorecardOf> for Fetch {
    type Value = Arc<Vec<Row>>;
    type Error = Error;

    async fn load(&self, keys: &[ScorecardOf]) -> Result<HashMap<ScorecardOf, Self::Value>> {
        let mut same: HashMap<&Arc<Asked>, Vec<Uuid>> = HashMap::new();
        for key in keys {
            same.entry(&key.1).or_default().push(key.0);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for (asked, units) in same {
            let found =
                scorecard::load(self.db.reader(), self.viewer.sight()?, &units, asked).await?;
            answers.extend(
                found.into_iter().map(|(unit, rows)| (ScorecardOf(unit, Arc::clone(asked)), rows)),
            );
        }
        Ok(answers)
    }
}

/// The units right below a unit, by name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChildrenOf(pub Uuid);

impl Loader<ChildrenOf> for Fetch {
    type Value = Vec<org_unit::Model>;
    type Error = Error;

    async fn load(&self, keys: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Self::Value>> {
        let parents: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = units::children(self.db.reader(), self.viewer.sight()?, &parents).await?;
        Ok(found.into_iter().map(|(parent, rows)| (ChildrenOf(parent), rows)).collect())
    }
}
