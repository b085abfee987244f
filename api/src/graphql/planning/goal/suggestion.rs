//! What the figures suggest for a goal.

use std::collections::HashMap;

use async_graphql::{Context, dataloader::Loader};
use chrono::NaiveDate;
use entity::{
    organisation::org_unit,
    planning::{goal, plan},
    vocabulary::{NodeType, PeriodKind, StatusLight},
};

use crate::{
    domain::{
        organisation::{cycle::Cycle, period::Period},
        planning::suggestion::{self, About},
    },
    error::{Error, Result},
    graphql::{
        context::{Session, session},
        loader::{ById, Fetch},
        organisation::loader::CycleOf,
    },
};

/// The light that is suggested.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LightOf(pub About);

impl Loader<LightOf> for Fetch {
    type Value = StatusLight;
    type Error = Error;

    async fn load(&self, keys: &[LightOf]) -> Result<HashMap<LightOf, StatusLight>> {
        let sight = self.viewer.sight()?;
        let asked: Vec<About> = keys.iter().map(|key| key.0).collect();
        let found = suggestion::lights(self.db.reader(), sight, sight, &asked).await?;
        Ok(found.into_iter().map(|(about, light)| (LightOf(about), light)).collect())
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
    let plan = session.loader.load_one(ById::<plan::Entity>::new(goal.plan_id)).await?;
    let plan = plan.ok_or_else(|| Error::internal("a goal without plan"))?;
    let period = match period {
        Some(period) => period,
        None => latest(session, &plan, session.today()).await?,
    };
    let about = About {
        node: NodeType::Goal,
        id: goal.id,
        plan: plan.id,
        unit: plan.org_unit_id,
        period,
        on: session.today(),
    };
    Ok(session.loader.load_one(LightOf(about)).await?.unwrap_or(StatusLight::None))
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
