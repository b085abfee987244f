//! Chapters of plans (kapitel).

use async_graphql::{Context, ID};
use entity::{
    planning::{plan, plan_section},
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod update;

pub use create::PlanSectionCreate;
pub use delete::PlanSectionDelete;
pub use update::PlanSectionUpdate;

use super::plan::Plan;
use crate::{
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        tracked::{Guard, TrackedFields},
    },
};

/// A chapter of a plan.
pub struct PlanSection(pub plan_section::Model);

impl From<plan_section::Model> for PlanSection {
    fn from(row: plan_section::Model) -> Self {
        Self(row)
    }
}

/// One of a plan's own chapters (kapitel): introduction, the board's mission, stakeholders.
#[object]
impl PlanSection {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::PlanSection, self.0.id)
    }

    /// The plan that it is a chapter of (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("a section without plan"))
    }

    /// Its number, by which chapters are ordered: 2.9 before 2.10.
    fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// Its heading (rubrik).
    fn heading(&self) -> &str {
        &self.0.heading
    }

    /// The text, in Markdown; empty while it waits to be written.
    fn text(&self) -> &str {
        &self.0.text
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
