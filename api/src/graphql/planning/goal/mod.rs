//! Goals (mål).

use async_graphql::{Context, ID};
use entity::{
    planning::{focus_area, goal, plan},
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod query;
pub mod suggestion;
pub mod update;

pub use create::GoalCreate;
pub use delete::GoalDelete;
pub use query::{GoalFilter, GoalOrder, GoalQuery, list};
pub use update::GoalUpdate;

use super::{
    activity::{self, Activity, ActivityFilter, ActivityOrder},
    assignment::{self, Assignment, AssignmentFilter, AssignmentOrder},
    focus_area::FocusArea,
    plan::Plan,
};
use crate::{
    domain::{
        indicators::indicator as indicators,
        planning::{activity as activities, assignment as assignments, goal as domain},
    },
    error::{Error, Result},
    graphql::{
        context::session,
        follow_up::assessment::{self, Assessment},
        id::global,
        indicators::indicator::{self, Indicator, IndicatorFilter, IndicatorOrder},
        loader::ById,
        organisation::period::PeriodInput,
        page::{self, Connection},
        tracked::{Guard, TrackedFields},
        vocabulary::StatusLight,
    },
};

/// A goal (mål).
pub struct Goal(pub goal::Model);

impl From<goal::Model> for Goal {
    fn from(row: goal::Model) -> Self {
        Self(row)
    }
}

/// A goal (mål: fullmäktigemål, nämndmål, utvecklingsmål) of a plan, under a focus area; it may break down a
/// superior goal.
#[object]
impl Goal {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::Goal, self.0.id)
    }

    /// The plan that the goal is in (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("a goal without plan"))
    }

    /// The focus area that it is under (fokusområde); null when there is none that the caller sees.
    async fn focus_area(&self, ctx: &Context<'_>) -> Result<Option<FocusArea>> {
        let Some(id) = self.0.focus_area_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<focus_area::Entity>::new(id)).await?.map(FocusArea))
    }

    /// The superior goal that this one breaks down (överordnat mål); null when there is none that the caller sees.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Goal>> {
        let Some(id) = self.0.parent_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<goal::Entity>::new(id)).await?.map(Goal))
    }

    /// The goals that break this one down (underordnade mål). Errors: BAD_USER_INPUT for an impossible page.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<GoalFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<GoalOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Goal>> {
        let list = list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, domain::OF_PARENT, list).await
    }

    /// The indicators that tell whether it is met (målsatta mått). Errors: BAD_USER_INPUT for an impossible page or
    /// what is no id.
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
        let list = indicator::list(ctx, filter, order_by, cut)?;
        page::under(ctx, self.0.id, indicators::OF_GOAL, list).await
    }

    /// What the indicators and the assignments below say by themselves (förslag till bedömning), for the plan's unit in that
    /// period; unless said, in the latest of UR1, UR2 and AR of the plan's year that is over, or UR1 before any is. RED if
    /// an indicator is red or an assignment delayed past its end; else YELLOW if an indicator is yellow or an assignment
    /// delayed; GREEN if an indicator is green or an assignment is going on or done; else NONE. Errors: BAD_USER_INPUT for
    /// no period.
    async fn suggested_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period.")] period: Option<PeriodInput>,
    ) -> Result<StatusLight> {
        let period = period.map(PeriodInput::period).transpose()?;
        Ok(suggestion::suggested(ctx, &self.0, period).await?.into())
    }

    /// Its number in the plan, e.g. "7.2.1".
    fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// Its name.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// What it means, in Markdown.
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// The assignments under it (uppdrag). Errors: BAD_USER_INPUT for an impossible page or what is no id.
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
            assignments::OF_GOAL,
            assignment::list(ctx, filter, order_by, cut)?,
        )
        .await
    }

    /// The activities that serve it (aktiviteter). Errors: BAD_USER_INPUT for an impossible page or what is no id.
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
            activities::OF_GOAL,
            activity::list(ctx, filter, order_by, cut)?,
        )
        .await
    }

    /// As assessed in the plan's own report of that period (bedömning); without one, in the latest report that the caller
    /// sees. Null when it is not. Errors: BAD_USER_INPUT for no period.
    async fn assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period: UR1, UR2 or AR of a year.")] period: Option<PeriodInput>,
    ) -> Result<Option<Assessment>> {
        let period = period.map(PeriodInput::period).transpose()?;
        assessment::of(ctx, (NodeType::Goal, self.0.id), self.0.plan_id, period).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
