//! Units of an organisation.

use async_graphql::{Context, ID};
use entity::{organisation::org_unit, vocabulary::NodeType};
use macros::object;

pub mod create;
pub mod delete;
pub mod query;
pub mod update;

pub use create::OrgUnitCreate;
pub use delete::OrgUnitDelete;
pub use query::{OrgUnitFilter, OrgUnitOrder, OrgUnitQuery, list};
pub use update::OrgUnitUpdate;

use super::{
    loader::{AncestorsOf, CycleOf, PlanOf},
    period::PeriodInput,
    reporting_period::{ReportingPeriod, periods},
};
use crate::{
    access::policy::Action,
    domain::{
        budgets::economy::EconomyKey,
        follow_up::report::{self as reports, ReportKey},
        organisation::{cycle::Cycle, org_unit as domain, period::check_year},
        planning::plan as plans,
    },
    error::{Error, Result},
    graphql::{
        budgets::{
            economy::{self, EconomySummary},
            investment_budget::{self, InvestmentBudget},
            operating_budget::{self, OperatingBudget},
        },
        context::session,
        follow_up::{
            loader::DecidedOf,
            report::{self, FollowUpReport, ReportFilter, ReportOrder, decided::DecidedReport},
        },
        id::global,
        indicators::{
            indicator::IndicatorFilter,
            scorecard::{self, Scorecard},
        },
        loader::ById,
        page::{self, Connection},
        planning::plan::{self, Plan, PlanFilter, PlanOrder},
        scalar::Date,
        tracked::{Guard, TrackedFields},
        vocabulary::OrgUnitKind,
    },
};

/// A unit of an organisation.
pub struct OrgUnit(pub org_unit::Model);

impl From<org_unit::Model> for OrgUnit {
    fn from(row: org_unit::Model) -> Self {
        Self(row)
    }
}

/// A unit of an organisation (fullmäktige, nämnd, förvaltning, område, avdelning, enhet, bolag). Units make a
/// tree; its root is the organisation, and nothing crosses organisations.
#[object]
impl OrgUnit {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::OrgUnit, self.0.id)
    }

    /// What people type for it (kod); unique in its organisation.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name (benämning).
    fn name(&self) -> &str {
        &self.0.name
    }

    /// What sort of unit it is.
    fn kind(&self) -> OrgUnitKind {
        self.0.kind.into()
    }

    /// The unit right above (överordnad enhet); null when there is none that the caller sees.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        let Some(id) = self.0.parent_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<org_unit::Entity>::new(id)).await?.map(OrgUnit))
    }

    /// The units above, the root first (överordnade enheter); only those that the caller sees.
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Vec<OrgUnit>> {
        let above = session(ctx).loader.load_one(AncestorsOf(self.0.id)).await?;
        Ok(above.unwrap_or_default().into_iter().map(OrgUnit).collect())
    }

    /// The units right below (underordnade enheter). Errors: BAD_USER_INPUT for an impossible page or what is no
    /// id.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<OrgUnitFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<OrgUnitOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<OrgUnit>> {
        let list = list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, domain::OF_PARENT, list).await
    }

    /// All units below, at any depth. Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn descendants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<OrgUnitFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<OrgUnitOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<OrgUnit>> {
        let list = list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, domain::OF_ANCESTOR, list).await
    }

    /// Its first day; null when it is not stated.
    fn active_from(&self) -> Option<Date> {
        self.0.active_from.map(Date)
    }

    /// Its last day; null when it goes on.
    fn active_to(&self) -> Option<Date> {
        self.0.active_to.map(Date)
    }

    /// What its organisation calls its follow-ups that year, where each ends and when its report is due: UR1, UR2
    /// and AR, in that order. Errors: BAD_USER_INPUT for a year outside 1900 to 2200.
    async fn reporting_cycle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year that is followed up, 1900 to 2200.")] year: i32,
    ) -> Result<Vec<ReportingPeriod>> {
        check_year(year)?;
        let settings = session(ctx).loader.load_one(CycleOf(self.0.organisation_id)).await?;
        let settings = settings.ok_or_else(|| Error::internal("no answer about a cycle"))?;
        Ok(periods(Cycle::of(year, &settings)))
    }

    /// Its plan of a year (verksamhetsplan); null when there is none that the caller sees. Errors: BAD_USER_INPUT
    /// for a year outside 1900 to 2200.
    async fn plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's year, 1900 to 2200.")] year: i32,
    ) -> Result<Option<Plan>> {
        check_year(year)?;
        Ok(session(ctx).loader.load_one(PlanOf(self.0.id, year)).await?.map(Plan))
    }

    /// Its plans (verksamhetsplaner). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<PlanFilter>,
        #[graphql(desc = "In which order; the latest year first unless said.")] order_by: Option<
            PlanOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Plan>> {
        let list = plan::list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, plans::OF_ORG_UNIT, list).await
    }

    /// Its scorecard of a period (styrkort): every indicator of the unit, its target, outcome, light and trend. Errors:
    /// BAD_USER_INPUT for what is no period or no id.
    async fn scorecard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period.")] period: PeriodInput,
        #[graphql(desc = "Which indicators.")] filter: Option<IndicatorFilter>,
    ) -> Result<Scorecard> {
        scorecard::of(ctx, self.0.clone(), period.period()?, filter).await
    }

    /// Its economy in a period (ekonomi): worked out from the follow-ups of its budgets, or of those below where it has
    /// followed up nothing itself. Errors: BAD_USER_INPUT for what is no period.
    async fn economy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period.")] period: PeriodInput,
    ) -> Result<EconomySummary> {
        economy::of(ctx, EconomyKey { unit: self.0.id, period: period.period()? }).await
    }

    /// Its follow-up report of a period (uppföljningsrapport); null when there is none that the caller sees. Errors:
    /// BAD_USER_INPUT for what is no period.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period: UR1, UR2 or AR of a year.")] period: PeriodInput,
    ) -> Result<Option<FollowUpReport>> {
        let key = ReportKey { unit: self.0.id, period: period.period()? };
        Ok(session(ctx).loader.load_one(key).await?.map(FollowUpReport))
    }

    /// Its report of a period as it was each time it was approved (beslut), the latest first. What was decided stays to be
    /// read also while the report has been opened again. Errors: BAD_USER_INPUT for what is no period.
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period: UR1, UR2 or AR of a year.")] period: PeriodInput,
    ) -> Result<Vec<DecidedReport>> {
        let key = ReportKey { unit: self.0.id, period: period.period()? };
        let decisions = session(ctx).loader.load_one(DecidedOf(key)).await?;
        Ok(decisions.unwrap_or_default().into_iter().map(DecidedReport).collect())
    }

    /// Its follow-up reports (uppföljningsrapporter). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<ReportFilter>,
        #[graphql(desc = "In which order; the latest period first unless said.")] order_by: Option<
            ReportOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<FollowUpReport>> {
        let list =
            report::list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, reports::OF_ORG_UNIT, list).await
    }

    /// Its investment budget of a year (investeringsbudget); null when there is none that the caller sees. Errors:
    /// BAD_USER_INPUT for a year outside 1900 to 2200.
    async fn investment_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget's year, 1900 to 2200.")] year: i32,
    ) -> Result<Option<InvestmentBudget>> {
        investment_budget::of_year(ctx, self.0.id, year).await
    }

    /// Its operating budget of a year (driftbudget); null when there is none that the caller sees. Errors: BAD_USER_INPUT for
    /// a year outside 1900 to 2200.
    async fn operating_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget's year, 1900 to 2200.")] year: i32,
    ) -> Result<Option<OperatingBudget>> {
        check_year(year)?;
        operating_budget::of(ctx, self.0.id, year).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Role(Action::Administer, self.0.id))
    }
}
