//! Activities (aktiviteter).

use async_graphql::{Context, ID};
use entity::{
    organisation::org_unit,
    planning::{activity, assignment, goal, plan},
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod query;
pub mod update;

pub use create::ActivityCreate;
pub use delete::ActivityDelete;
pub use query::{ActivityFilter, ActivityOrder, ActivityQuery, list};
pub use update::ActivityUpdate;

use super::{
    assignment::Assignment,
    goal::Goal,
    plan::Plan,
    responsibility::{self, Responsibility},
};
use crate::{
    domain::planning::{goal as goals, responsibility::Owner},
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::org_unit::OrgUnit,
        page,
        scalar::Date,
        tracked::{Guard, TrackedFields},
        vocabulary::{ActivityKind, CompetenceCategory, ProgressStatus},
    },
};

/// An activity (aktivitet).
pub struct Activity(pub activity::Model);

impl From<activity::Model> for Activity {
    fn from(row: activity::Model) -> Self {
        Self(row)
    }
}

/// What a unit does about an assignment (aktivitet, insats); also a row of the competence plan
/// (kompetensförsörjningsplan) or the work-environment plan (arbetsmiljöplan).
#[object]
impl Activity {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::Activity, self.0.id)
    }

    /// The plan that the activity is in (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("an activity without plan"))
    }

    /// The unit that does it (enhet): the plan's own or one below it.
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let id = self.0.org_unit_id;
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(id)).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("an activity without unit"))
    }

    /// Whether it is a row of the plan itself, the competence plan or the work-environment plan (typ av aktivitet).
    fn kind(&self) -> ActivityKind {
        self.0.kind.into()
    }

    /// The assignment that it is under (uppdrag); null when there is none that the caller sees.
    async fn assignment(&self, ctx: &Context<'_>) -> Result<Option<Assignment>> {
        let Some(id) = self.0.assignment_id else { return Ok(None) };
        Ok(session(ctx).loader.load_one(ById::<assignment::Entity>::new(id)).await?.map(Assignment))
    }

    /// The goals that it serves and the caller sees (mål), by number. At most 500.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<Goal>> {
        page::whole::<goal::Entity, _>(ctx, self.0.id, goals::OF_ACTIVITY).await
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
        responsibility::of(ctx, Owner::Activity(self.0.id)).await
    }

    /// Its first day (startdatum).
    fn starts_on(&self) -> Option<Date> {
        self.0.starts_on.map(Date)
    }

    /// The day on which it is due (slutdatum).
    fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// How far it has come (status).
    fn status(&self) -> ProgressStatus {
        self.0.status.into()
    }

    /// How much of it is done (färdiggrad), in per cent: 0 to 100.
    fn percent_done(&self) -> Option<i32> {
        self.0.percent_done
    }

    /// What it does about competence (utveckla, avveckla, attrahera, rekrytera, behålla); only for COMPETENCE.
    fn competence_category(&self) -> Option<CompetenceCategory> {
        self.0.competence_category.map(Into::into)
    }

    /// What came of it (uppföljning).
    fn follow_up_comment(&self) -> Option<&str> {
        self.0.follow_up_comment.as_deref()
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
