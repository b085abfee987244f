//! Plans (verksamhetsplan, mål och budget).

use async_graphql::{Context, ID};
use entity::{
    organisation::org_unit,
    planning::{governing_document, plan, plan_section},
    vocabulary::NodeType,
};
use macros::object;

pub mod close;
pub mod copy;
pub mod create;
pub mod decide;
pub mod delete;
pub mod query;
pub mod update;

pub use close::PlanClose;
pub use copy::PlanCopy;
pub use create::PlanCreate;
pub use decide::PlanDecide;
pub use delete::PlanDelete;
pub use query::{PlanFilter, PlanOrder, PlanQuery, list};
pub use update::PlanUpdate;

use super::{
    activity::{self, Activity, ActivityFilter, ActivityOrder},
    assignment::{self, Assignment, AssignmentFilter, AssignmentOrder},
    focus_area::{self, FocusArea, FocusAreaFilter, FocusAreaOrder},
    goal::{self, Goal, GoalFilter, GoalOrder},
    governing_document::GoverningDocument,
    plan_section::PlanSection,
};
use crate::{
    domain::{
        follow_up::report as reports,
        indicators::indicator as indicators,
        planning::{
            activity as activities, assignment as assignments, focus_area as focus_areas,
            goal as goals, governing_document as documents, plan as domain,
            plan_section as sections,
        },
    },
    error::{Error, Result},
    graphql::{
        budgets::{
            investment_budget::{self, InvestmentBudget},
            operating_budget::{self, OperatingBudget},
        },
        context::session,
        follow_up::report::{self, FollowUpReport, ReportFilter, ReportOrder},
        id::global,
        indicators::indicator::{self, Indicator, IndicatorFilter, IndicatorOrder},
        loader::ById,
        organisation::org_unit::OrgUnit,
        page::{self, Connection},
        scalar::Date,
        tracked::{Guard, TrackedFields},
        vocabulary::PlanStatus,
    },
};

/// A plan (verksamhetsplan).
pub struct Plan(pub plan::Model);

impl From<plan::Model> for Plan {
    fn from(row: plan::Model) -> Self {
        Self(row)
    }
}

/// A unit's plan of a year (verksamhetsplan; fullmäktige's mål och budget is one too), perhaps answering a
/// superior plan.
#[object]
impl Plan {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::Plan, self.0.id)
    }

    /// The unit whose plan it is (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let id = self.0.org_unit_id;
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(id)).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a plan without unit"))
    }

    /// The calendar year that it is for.
    fn year(&self) -> i32 {
        self.0.year
    }

    /// Its title.
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The number under which it is registered (diarienummer).
    fn registry_number(&self) -> Option<&str> {
        self.0.registry_number.as_deref()
    }

    /// Draft, decided or closed (utkast, beslutad, avslutad).
    fn status(&self) -> PlanStatus {
        self.0.status.into()
    }

    /// The day on which it was decided (beslutsdatum); null while it is a draft.
    fn decided_on(&self) -> Option<Date> {
        self.0.decided_on.map(Date)
    }

    /// Who decided it (beslutsfattare), e.g. a board; null while it is a draft.
    fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// The superior plan that this one answers (överordnad plan: nämndens plan answers fullmäktiges); null when
    /// there is none that the caller sees.
    async fn based_on(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        let Some(id) = self.0.based_on_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<plan::Entity>::new(id)).await?.map(Plan))
    }

    /// The plans that are based on this one (underordnade planer). Errors: BAD_USER_INPUT for an impossible page
    /// or what is no id.
    async fn answered_by(
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
        let list = list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, domain::OF_BASIS, list).await
    }

    /// The plan's own chapters (kapitel), by number: introduction, the board's mission, stakeholders. At most 500.
    async fn sections(&self, ctx: &Context<'_>) -> Result<Vec<PlanSection>> {
        page::whole::<plan_section::Entity, _>(ctx, self.0.id, sections::OF_PLAN).await
    }

    /// The documents that the plan leans on (styrdokument), by title. At most 500.
    async fn governing_documents(&self, ctx: &Context<'_>) -> Result<Vec<GoverningDocument>> {
        page::whole::<governing_document::Entity, _>(ctx, self.0.id, documents::OF_PLAN).await
    }

    /// The focus areas that the plan works with (fokusområden): its own, and the council's that it takes from the plans
    /// it is based on and the caller sees. Errors: BAD_USER_INPUT for an impossible page.
    async fn focus_areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<FocusAreaFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<
            FocusAreaOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<FocusArea>> {
        let list = focus_area::list(filter, order_by, page::cut(ctx, first, after, last, before)?);
        page::under(ctx, self.0.id, focus_areas::OF_PLAN, list).await
    }

    /// The goals in the plan (mål). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<GoalFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<GoalOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Goal>> {
        let list = goal::list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, goals::OF_PLAN, list).await
    }

    /// The assignments in the plan (uppdrag). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<AssignmentFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<
            AssignmentOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Assignment>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::under(
            ctx,
            self.0.id,
            assignments::OF_PLAN,
            assignment::list(ctx, filter, order_by, cut)?,
        )
        .await
    }

    /// The activities in the plan (aktiviteter); by `kind` also the competence plan and the work-environment plan.
    /// Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<ActivityFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<ActivityOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Activity>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::under(
            ctx,
            self.0.id,
            activities::OF_PLAN,
            activity::list(ctx, filter, order_by, cut)?,
        )
        .await
    }

    /// The indicators that tell about its goals and assignments, and those that it sets a target for (indikatorer).
    /// Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<IndicatorFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<IndicatorOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Indicator>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::under(
            ctx,
            self.0.id,
            indicators::OF_PLAN,
            indicator::list(ctx, filter, order_by, cut)?,
        )
        .await
    }

    /// The reports that follow it up (uppföljningsrapporter). Errors: BAD_USER_INPUT for an impossible page or what is no
    /// id.
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
        page::under(ctx, self.0.id, reports::OF_PLAN, list).await
    }

    /// The investment budget of its unit and year (investeringsbudget); null when there is none that the caller sees.
    async fn investment_budget(&self, ctx: &Context<'_>) -> Result<Option<InvestmentBudget>> {
        investment_budget::of_year(ctx, self.0.org_unit_id, self.0.year).await
    }

    /// The operating budget of its unit and year (driftbudget); null when there is none that the caller sees.
    async fn operating_budget(&self, ctx: &Context<'_>) -> Result<Option<OperatingBudget>> {
        operating_budget::of(ctx, self.0.org_unit_id, self.0.year).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.id))
    }
}
