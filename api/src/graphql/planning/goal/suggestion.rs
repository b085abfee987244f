//! What the figures suggest for a goal.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, dataloader::Loader};
use chrono::NaiveDate;
use entity::{
    organisation::org_unit,
    planning::{goal, plan},
    vocabulary::{PeriodKind, StatusLight},
};
use uuid::Uuid;

use crate::{
    domain::{
        indicators::{
            figure::{FigureKey, light},
            target::TargetKey,
        },
        organisation::{cycle::Cycle, period::Period},
        planning::{
            suggested::suggested_status,
            suggestion::{self, Facts},
        },
    },
    error::{Error, Result},
    graphql::{
        context::{Session, session},
        loader::{ById, Fetch},
        organisation::loader::CycleOf,
    },
};

/// The indicators of a goal, and the assignments below it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FactsOf(pub Uuid);

impl Loader<FactsOf> for Fetch {
    type Value = Arc<Facts>;
    type Error = Error;

    async fn load(&self, keys: &[FactsOf]) -> Result<HashMap<FactsOf, Self::Value>> {
        let goals: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = suggestion::facts(self.db.reader(), self.viewer.sight()?, &goals).await?;
        Ok(found.into_iter().map(|(goal, facts)| (FactsOf(goal), Arc::new(facts))).collect())
    }
}

/// The light that a goal's indicators and assignments suggest.
///
/// # Errors
/// Whatever the database says.
pub async fn suggested(
    ctx: &Context<'_>,
    goal: &goal::Model,
    period: Option<Period>,
) -> Result<StatusLight> {
    let session = session(ctx);
    let today = session.today();
    let (facts, plan) = futures_util::future::try_join(
        session.loader.load_one(FactsOf(goal.id)),
        session.loader.load_one(ById::<plan::Entity>::new(goal.plan_id)),
    )
    .await?;
    let facts = facts.unwrap_or_default();
    let plan = plan.ok_or_else(|| Error::internal("a goal without plan"))?;
    let period = match period {
        Some(period) => period,
        None => latest(session, &plan, today).await?,
    };
    let figure = |row| FigureKey::total(row, plan.org_unit_id, period);
    let target = |indicator| TargetKey { indicator, unit: plan.org_unit_id, year: period.year() };
    let (figures, targets) = futures_util::future::try_join(
        session.loader.load_many(facts.indicators.iter().map(|row| figure(row.as_ref()))),
        session.loader.load_many(facts.indicators.iter().map(|row| target(row.id))),
    )
    .await?;
    let lights = facts.indicators.iter().map(|row| {
        let aim = targets.get(&target(row.id)).map(|target| target.value);
        light(row, figures.get(&figure(row)), aim)
    });
    Ok(suggested_status(lights, facts.assignments.iter().copied(), today))
}

/// The latest follow-up of the plan's year that is over; the first one before any is.
async fn latest(session: &Session, plan: &plan::Model, today: NaiveDate) -> Result<Period> {
    let unit = session.loader.load_one(ById::<org_unit::Entity>::new(plan.org_unit_id)).await?;
    let unit = unit.ok_or_else(|| Error::internal("a plan without unit"))?;
    let settings = session.loader.load_one(CycleOf(unit.organisation_id)).await?;
    let cycle = Cycle::of(plan.year, &settings.unwrap_or_default());
    let follow_up = |kind| Period::new(plan.year, kind, None).map_err(Error::internal);
    for kind in [PeriodKind::Ar, PeriodKind::Ur2] {
        let period = follow_up(kind)?;
        if period.end(&cycle) < today {
            return Ok(period);
        }
    }
    follow_up(PeriodKind::Ur1)
}
