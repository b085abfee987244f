//! The indicators that tell about goals and assignments, and their lights.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{
    indicators::{indicator, target as target_row},
    sight::Sight,
    vocabulary::{IndicatorStatus, NodeType},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::About;
use crate::{
    domain::{
        fetch,
        indicators::{
            figure::{self, Figure, FigureKey, light},
            indicator as indicators,
            target::{self, TargetKey},
        },
        listing::{Link, List},
    },
    error::Result,
};

/// The indicators of things, and what is known of them.
#[derive(Default)]
pub(super) struct Measured {
    linked: HashMap<Uuid, Vec<Arc<indicator::Model>>>,
    figures: HashMap<FigureKey, Figure>,
    targets: HashMap<TargetKey, target_row::Model>,
}

impl Measured {
    /// The indicators that tell about those goals and assignments, and those asked for themselves, with what is known of
    /// them where they are asked for. `sources` says from which goals or assignments something is suggested.
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        sight: &Sight,
        asked: &[About],
        goals: &HashSet<Uuid>,
        assignments: &HashSet<Uuid>,
        sources: impl Fn(&About) -> Vec<Uuid>,
    ) -> Result<Self> {
        let mut found = Self::default();
        for (link, ids) in [(indicators::OF_GOAL, goals), (indicators::OF_ASSIGNMENT, assignments)]
        {
            found.link(connection, sight, link, ids).await?;
        }
        let themselves: HashSet<Uuid> = (asked.iter())
            .filter(|about| about.node == NodeType::Indicator)
            .map(|about| about.id)
            .collect();
        let themselves: Vec<Uuid> = themselves.into_iter().collect();
        let rows = fetch::by_id::<indicator::Entity>(connection, sight, &themselves).await?;
        found.linked.extend(rows.into_iter().map(|(id, row)| (id, vec![Arc::new(row)])));
        let (mut figures, mut targets) = (Vec::new(), Vec::new());
        for about in asked {
            for row in sources(about).iter().flat_map(|id| found.indicators(*id)) {
                figures.push(FigureKey::total(row, about.unit, about.period));
                targets.push(target_of(row, about));
            }
        }
        found.figures = figure::load(connection, sight, &figures).await?;
        found.targets = target::by_keys(connection, sight, &targets).await?;
        Ok(found)
    }

    async fn link(
        &mut self,
        connection: &impl ConnectionTrait,
        sight: &Sight,
        link: Link,
        parents: &HashSet<Uuid>,
    ) -> Result<()> {
        if parents.is_empty() {
            return Ok(());
        }
        let parents: Vec<Uuid> = parents.iter().copied().collect();
        let list = List::<indicator::Entity>::whole();
        for (parent, part) in list.under(connection, sight, link, &parents).await? {
            let rows = part.rows.iter().map(|(_, row)| Arc::new(row.clone()));
            self.linked.insert(parent, rows.collect());
        }
        Ok(())
    }

    fn indicators(&self, of: Uuid) -> impl Iterator<Item = &Arc<indicator::Model>> {
        self.linked.get(&of).into_iter().flatten()
    }

    /// The lights of the indicators of a goal or an assignment, or of an indicator itself.
    pub(super) fn statuses(
        &self,
        of: Uuid,
        about: &About,
    ) -> impl Iterator<Item = IndicatorStatus> {
        self.indicators(of).map(|row| {
            let figure = self.figures.get(&FigureKey::total(row, about.unit, about.period));
            let target = self.targets.get(&target_of(row, about)).map(|target| target.value);
            light(row, figure, target)
        })
    }
}

fn target_of(indicator: &indicator::Model, about: &About) -> TargetKey {
    TargetKey { indicator: indicator.id, unit: about.unit, year: about.period.year() }
}
