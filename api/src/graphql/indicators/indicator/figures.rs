//! What was aimed at and measured: the fields of an indicator that lead to its targets and outcomes.

use std::{collections::HashSet, sync::Arc};

use async_graphql::{Context, ID};
use entity::{
    indicators::indicator,
    organisation::org_unit,
    vocabulary::{Gender, NodeType},
};
use macros::object;

use crate::{
    domain::{
        budgets::economy::Computed,
        indicators::{
            active::is_active,
            figure::{Figure, FigureKey, light},
            outcome as outcomes, series, target as targets,
            target::TargetKey,
        },
        organisation::{
            cycle::Cycle,
            period::{Period, check_year},
        },
        reference::key_of,
    },
    error::Result,
    graphql::{
        context::session,
        direct::Rows,
        indicators::{
            loader::SeriesOf,
            outcome::{self, Outcome, OutcomeFilter, OutcomeOrder},
            scorecard::{ScorecardRow, loader::ChildrenOf, row},
            series::SeriesPoint,
            target::{self, Target, TargetFilter, TargetOrder},
        },
        loader::ById,
        organisation::{loader::CycleOf, period::PeriodInput},
        page::{self, Connection},
        scalar::Date,
        vocabulary::PeriodKind,
    },
};

/// The targets and outcomes of an indicator.
pub struct Figures<'i>(pub &'i Arc<indicator::Model>);

impl Figures<'_> {
    /// The unit that an argument names, when the caller sees it and the indicator is its organisation's.
    async fn unit(&self, ctx: &Context<'_>, id: &ID) -> Result<Option<org_unit::Model>> {
        let id = key_of(NodeType::OrgUnit, id)?;
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(id)).await?;
        Ok(unit.filter(|unit| unit.organisation_id == self.0.organisation_id))
    }
}

/// The targets and outcomes of an indicator.
#[object]
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
        let found = session(ctx).loader.load_one(key).await?;
        Ok(found.map(|figure| Outcome::from(figure).of(self.0)))
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

    /// One value a period, oldest first, for a chart (tidsserie): what counts as the unit's outcome in each period of the
    /// kind, from that of the day `from` to that of the day `to`; where there is none the value is null. Unless said it
    /// ends with today's, and begins with that of 1 January two years before its last year. At most 600 periods. Empty
    /// when the caller does not see the unit. Errors: BAD_USER_INPUT for what is no id, days in the wrong order or too
    /// far apart.
    async fn series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
        #[graphql(desc = "The kind of period.")] kind: PeriodKind,
        #[graphql(desc = "A day of the first period.")] from: Option<Date>,
        #[graphql(desc = "A day of the last period.")] to: Option<Date>,
    ) -> Result<Rows<'_, SeriesPoint>> {
        let session = session(ctx);
        let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
        let periods = series::periods(kind.into(), from, to, session.today())?;
        let Some(unit) = self.unit(ctx, &org_unit).await? else { return Ok(Vec::new().into()) };
        session.spend(periods.len())?;
        let years: HashSet<i32> = periods.iter().map(Period::year).collect();
        let target = |year: i32| TargetKey { indicator: self.0.id, unit: unit.id, year };
        let periods = Arc::new(periods);
        let series = SeriesOf {
            indicator: self.0.id,
            aggregation: self.0.aggregation,
            computed: Computed::of(self.0),
            unit: unit.id,
            periods: Arc::clone(&periods),
        };
        let (figures, targets) = futures_util::future::try_join(
            session.loader.load_one(series),
            session.loader.load_many(years.into_iter().map(target)),
        )
        .await?;
        let figures = figures.unwrap_or_default();
        let point = |(period, figure): (&Period, &Option<Figure>)| {
            let aim = targets.get(&target(period.year())).map(|target| target.value);
            let status = light(self.0, figure.as_ref(), aim);
            let figure = figure.clone();
            SeriesPoint { indicator: Arc::clone(self.0), period: *period, figure, aim, status }
        };
        Ok(periods.iter().zip(figures.iter()).map(point).collect::<Vec<_>>().into())
    }

    /// The same period for each of a unit's children that the caller sees and that are active in it, by name (jämförelse):
    /// a benchmark table. Empty when the caller does not see the unit. Errors: BAD_USER_INPUT for what is no id or no
    /// period.
    async fn comparison(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit above those that are compared.")] org_unit: ID,
        #[graphql(desc = "The period.")] period: PeriodInput,
    ) -> Result<Vec<ScorecardRow>> {
        let period = period.period()?;
        let Some(unit) = self.unit(ctx, &org_unit).await? else { return Ok(Vec::new()) };
        let loader = &session(ctx).loader;
        let (children, settings) = futures_util::future::try_join(
            loader.load_one(ChildrenOf(unit.id)),
            loader.load_one(CycleOf(unit.organisation_id)),
        )
        .await?;
        let cycle = Cycle::of(period.year(), &settings.unwrap_or_default());
        let indicator = Arc::clone(self.0);
        let asked = children
            .unwrap_or_default()
            .iter()
            .filter(|unit| is_active(unit.active_from, unit.active_to, period, &cycle))
            .map(|unit| (Arc::clone(&indicator), unit.id))
            .collect();
        row::load(ctx, period, asked).await
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
        let list =
            target::list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
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
        let page: Connection<Outcome> =
            page::under(ctx, self.0.id, outcomes::OF_INDICATOR, list).await?;
        Ok(page.map(|outcome| outcome.of(self.0)))
    }
}
