//! Focus areas (fokusområden).

use async_graphql::{Context, ID};
use entity::{
    planning::{focus_area, plan},
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod list;
pub mod update;

pub use create::FocusAreaCreate;
pub use delete::FocusAreaDelete;
pub use list::{FocusAreaFilter, FocusAreaOrder, list};
pub use update::FocusAreaUpdate;

use super::{
    assignment::{self, Assignment, AssignmentFilter, AssignmentOrder},
    goal::{self, Goal, GoalFilter, GoalOrder},
    plan::Plan,
};
use crate::{
    domain::planning::{assignment as assignments, goal as goals},
    error::{Error, Result},
    graphql::{
        context::session,
        follow_up::assessment::{self, Assessment},
        id::global,
        loader::ById,
        organisation::period::PeriodInput,
        page::{self, Connection},
        tracked::{Guard, TrackedFields},
        vocabulary::FocusAreaOrigin,
    },
};

/// A focus area (fokusområde).
pub struct FocusArea(pub focus_area::Model);

impl From<focus_area::Model> for FocusArea {
    fn from(row: focus_area::Model) -> Self {
        Self(row)
    }
}

/// A focus area (fokusområde): the council's, which the plans that are based on its plan work with too, or a unit's
/// own development area.
#[object]
impl FocusArea {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::FocusArea, self.0.id)
    }

    /// The plan that it is set in (verksamhetsplan, mål och budget).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("a focus area without plan"))
    }

    /// Its number in the plan.
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

    /// Whether it is the council's (fullmäktiges) or the unit's own (verksamhetens egna utvecklingsområden).
    fn origin(&self) -> FocusAreaOrigin {
        self.0.origin.into()
    }

    /// The goals under it (mål), in every plan that works with it and that the caller sees; `filter: {plan}` for one
    /// plan's. Errors: BAD_USER_INPUT for an impossible page or what is no id.
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
        page::under(ctx, self.0.id, goals::OF_FOCUS_AREA, list).await
    }

    /// The assignments right under it, with no goal between (uppdrag), in every plan that works with it and that the
    /// caller sees. Errors: BAD_USER_INPUT for an impossible page or what is no id.
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
            assignments::OF_FOCUS_AREA,
            assignment::list(ctx, filter, order_by, cut)?,
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
        assessment::of(ctx, (NodeType::FocusArea, self.0.id), self.0.plan_id, period).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
