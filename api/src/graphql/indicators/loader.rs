//! Batched questions about targets and outcomes.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use entity::{
    indicators::target,
    vocabulary::{Gender, IndicatorAggregation, PlanStatus},
};
use uuid::Uuid;

use crate::{
    domain::{
        budgets::economy::Computed,
        indicators::{
            figure::{self, Figure, FigureKey},
            target::{TargetKey, by_keys},
        },
        organisation::period::Period,
        permission,
        planning::governing::governing,
    },
    error::{Error, Result},
    graphql::loader::Fetch,
};

impl Loader<TargetKey> for Fetch {
    type Value = target::Model;
    type Error = Error;

    async fn load(&self, keys: &[TargetKey]) -> Result<HashMap<TargetKey, target::Model>> {
        by_keys(self.db.reader(), self.viewer.sight()?, keys).await
    }
}

impl Loader<FigureKey> for Fetch {
    type Value = Figure;
    type Error = Error;

    async fn load(&self, keys: &[FigureKey]) -> Result<HashMap<FigureKey, Figure>> {
        figure::load(self.db.reader(), self.viewer.sight()?, keys).await
    }
}

/// The figures of an indicator and unit in these periods, in their order.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SeriesOf {
    /// The indicator.
    pub indicator: Uuid,
    /// How that is put together.
    pub aggregation: IndicatorAggregation,
    /// What it is worked out from budgets as, if it is.
    pub computed: Option<Computed>,
    /// The unit.
    pub unit: Uuid,
    /// The periods.
    pub periods: Arc<Vec<Period>>,
}

impl SeriesOf {
    fn keys(&self) -> impl Iterator<Item = FigureKey> {
        let Self { indicator, aggregation, computed, unit, .. } = *self;
        let gender = Gender::Total;
        let key = move |period: &Period| FigureKey {
            indicator,
            aggregation,
            unit,
            period: *period,
            gender,
            computed,
        };
        self.periods.iter().map(key)
    }
}

impl Loader<SeriesOf> for Fetch {
    type Value = Arc<Vec<Option<Figure>>>;
    type Error = Error;

    async fn load(&self, keys: &[SeriesOf]) -> Result<HashMap<SeriesOf, Self::Value>> {
        let asked: Vec<FigureKey> = keys.iter().flat_map(SeriesOf::keys).collect();
        let sight = self.viewer.sight()?;
        let mut found = figure::load_each(self.db.reader(), sight, &asked).await?.into_iter();
        let mut figures = |key: &SeriesOf| found.by_ref().take(key.periods.len()).collect();
        Ok(keys.iter().map(|key| (key.clone(), Arc::new(figures(key)))).collect())
    }
}

/// Whether the viewer sees drafts, and what is confidential, of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SeesDrafts(pub Uuid);

impl Loader<SeesDrafts> for Fetch {
    type Value = bool;
    type Error = Error;

    async fn load(&self, keys: &[SeesDrafts]) -> Result<HashMap<SeesDrafts, bool>> {
        let units: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let drafts = self.viewer.sight()?.drafts.clone();
        let reached = permission::reached(self.db.reader(), drafts, &units).await?;
        Ok(keys.iter().map(|key| (*key, reached.contains(&key.0))).collect())
    }
}

/// The state of the plan that sets the targets of a unit and year.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct GoverningPlan(pub Uuid, pub i32);

impl Loader<GoverningPlan> for Fetch {
    type Value = PlanStatus;
    type Error = Error;

    async fn load(&self, keys: &[GoverningPlan]) -> Result<HashMap<GoverningPlan, PlanStatus>> {
        let units: HashSet<Uuid> = keys.iter().map(|key| key.0).collect();
        let years: HashSet<i32> = keys.iter().map(|key| key.1).collect();
        let (units, years): (Vec<_>, Vec<_>) =
            (units.into_iter().collect(), years.into_iter().collect());
        let plans = governing(self.db.reader(), &units, &years).await?;
        Ok(keys.iter().filter_map(|key| Some((*key, plans.of(key.0, key.1)?))).collect())
    }
}
