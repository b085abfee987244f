//! Assignments (uppdrag).

use async_graphql::{Context, ID};
use entity::{
    planning::{assignment, focus_area, goal, plan},
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod query;
pub mod update;

pub use create::AssignmentCreate;
pub use delete::AssignmentDelete;
pub use query::{AssignmentFilter, AssignmentOrder, AssignmentQuery, list};
pub use update::AssignmentUpdate;

use super::{
    activity::{self, Activity, ActivityFilter, ActivityOrder},
    focus_area::FocusArea,
    goal::Goal,
    plan::Plan,
    responsibility::{self, Responsibility},
};
use crate::{
    domain::{
        indicators::indicator as indicators,
        planning::{activity as activities, assignment as domain, responsibility::Owner},
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
        scalar::Date,
        tracked::{Guard, TrackedFields},
        vocabulary::ProgressStatus,
    },
};

/// An assignment (uppdrag).
pub struct Assignment(pub assignment::Model);

impl From<assignment::Model> for Assignment {
    fn from(row: assignment::Model) -> Self {
        Self(row)
    }
}

/// An assignment (förvaltningsuppdrag, deluppdrag) of a plan: under a goal or, for own development areas, right under
/// the focus area.
#[object]
impl Assignment {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::Assignment, self.0.id)
    }

    /// The plan that the assignment is in (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("an assignment without plan"))
    }

    /// The focus area that it is under (fokusområde): its goal's, or its own without one; null when there is none that
    /// the caller sees.
    async fn focus_area(&self, ctx: &Context<'_>) -> Result<Option<FocusArea>> {
        let loader = &session(ctx).loader;
        let goal = match self.0.goal_id {
            Some(goal) => loader.load_one(ById::<goal::Entity>::new(goal)).await?,
            None => None,
        };
        let of_goal = goal.and_then(|goal| goal.focus_area_id);
        let Some(id) = of_goal.or(self.0.focus_area_id) else { return Ok(None) };
        Ok(loader.load_one(ById::<focus_area::Entity>::new(id)).await?.map(FocusArea))
    }

    /// The goal that it is under (mål); null when there is none.
    async fn goal(&self, ctx: &Context<'_>) -> Result<Option<Goal>> {
        let Some(id) = self.0.goal_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<goal::Entity>::new(id)).await?.map(Goal))
    }

    /// The assignment that it is a part of (överordnat uppdrag); null when there is none that the caller sees.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Assignment>> {
        let Some(id) = self.0.parent_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<assignment::Entity>::new(id)).await?.map(Assignment))
    }

    /// Its parts (deluppdrag). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn children(
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
        page::under(ctx, self.0.id, domain::OF_PARENT, list(ctx, filter, order_by, cut)?).await
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

    /// Who answers for it, who reports it and who helps (ansvariga), in order.
    async fn responsible(&self, ctx: &Context<'_>) -> Result<Vec<Responsibility>> {
        responsibility::of(ctx, Owner::Assignment(self.0.id)).await
    }

    /// Whether subordinate units break it down into activities (false: fördelas inte ner); null when it is not stated.
    fn cascades(&self) -> Option<bool> {
        self.0.cascades
    }

    /// Its first day (startdatum).
    fn starts_on(&self) -> Option<Date> {
        self.0.starts_on.map(Date)
    }

    /// Its last day (slutdatum).
    fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date)
    }

    /// How far it has come (status).
    fn status(&self) -> ProgressStatus {
        self.0.status.into()
    }

    /// What units do about it (aktiviteter). Errors: BAD_USER_INPUT for an impossible page or what is no id.
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
            activities::OF_ASSIGNMENT,
            activity::list(ctx, filter, order_by, cut)?,
        )
        .await
    }

    /// The indicators that tell whether it works (indikatorer). Errors: BAD_USER_INPUT for an impossible page or what
    /// is no id.
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
            indicators::OF_ASSIGNMENT,
            indicator::list(ctx, filter, order_by, cut)?,
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
        assessment::of(ctx, (NodeType::Assignment, self.0.id), self.0.plan_id, period).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
