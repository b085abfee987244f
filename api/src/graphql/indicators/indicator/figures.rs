//! What was aimed at and measured: the fields of an indicator that lead to its targets and outcomes.

use async_graphql::{Context, ID, Object};
use entity::{
    indicators::indicator,
    organisation::org_unit,
    vocabulary::{Gender, NodeType},
};

use crate::{
    domain::{
        indicators::{
            figure::FigureKey, outcome as outcomes, target as targets, target::TargetKey,
        },
        organisation::period::check_year,
        reference::key_of,
    },
    error::Result,
    graphql::{
        context::session,
        indicators::{
            outcome::{self, Outcome, OutcomeFilter, OutcomeOrder},
            target::{self, Target, TargetFilter, TargetOrder},
        },
        loader::ById,
        organisation::period::PeriodInput,
        page::{self, Connection},
    },
};

/// The targets and outcomes of an indicator.
pub struct Figures<'i>(pub &'i indicator::Model);

impl Figures<'_> {
    /// The unit that an argument names, when the caller sees it and the indicator is its organisation's.
    async fn unit(&self, ctx: &Context<'_>, id: &ID) -> Result<Option<org_unit::Model>> {
        let id = key_of(NodeType::OrgUnit, id)?;
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(id)).await?;
        Ok(unit.filter(|unit| unit.organisation_id == self.0.organisation_id))
    }
}

/// The targets and outcomes of an indicator.
#[Object]
impl Figures<'_> {
    /// Its target for a unit and year (målvärde); null when there is none that the caller sees. Errors: BAD_USER_INPUT
    /// for what is no id, or a year outside 1900 to 2200.
    async fn target(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
        #[graphql(desc = "The year, 1900 to 2200.")] year: i32,
    ) -> Result<Option<Target>> {
        check_year(year)?;
        let unit = key_of(NodeType::OrgUnit, &org_unit)?;
        let key = TargetKey { indicator: self.0.id, unit, year };
        Ok(session(ctx).loader.load_one(key).await?.map(Target))
    }

    /// What counts as a unit's outcome in a period (utfall): the unit's own, else what the units below that the caller
    /// sees say together; null when nobody has answered. Errors: BAD_USER_INPUT for what is no id or no period.
    async fn outcome(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
        #[graphql(desc = "The period.")] period: PeriodInput,
    ) -> Result<Option<Outcome>> {
        let period = period.period()?;
        let Some(unit) = self.unit(ctx, &org_unit).await? else { return Ok(None) };
        let key = FigureKey::total(self.0, unit.id, period);
        Ok(session(ctx).loader.load_one(key).await?.map(Into::into))
    }

    /// The two genders and the total side by side (könsuppdelad statistik): women, men and total, those that there are.
    /// Each is put together by itself. Errors: BAD_USER_INPUT for what is no id or no period.
    async fn by_gender(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
        #[graphql(desc = "The period.")] period: PeriodInput,
    ) -> Result<Vec<Outcome>> {
        let period = period.period()?;
        let Some(unit) = self.unit(ctx, &org_unit).await? else { return Ok(Vec::new()) };
        let total = FigureKey::total(self.0, unit.id, period);
        let keys =
            [Gender::Women, Gender::Men, Gender::Total].map(|gender| FigureKey { gender, ..total });
        let mut found = session(ctx).loader.load_many(keys).await?;
        Ok(keys.into_iter().filter_map(|key| Some(found.remove(&key)?.into())).collect())
    }

    /// Its targets (målvärden). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<TargetFilter>,
        #[graphql(desc = "In which order; the latest year first unless said.")] order_by: Option<
            TargetOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Target>> {
        let list = target::list(filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, targets::OF_INDICATOR, list).await
    }

    /// Its outcomes that somebody has reported (utfall). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn outcomes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<OutcomeFilter>,
        #[graphql(desc = "In which order; the latest period first unless said.")] order_by: Option<
            OutcomeOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Outcome>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        let list = outcome::list(ctx, filter, order_by, cut)?;
        page::under(ctx, self.0.id, outcomes::OF_INDICATOR, list).await
    }
}
