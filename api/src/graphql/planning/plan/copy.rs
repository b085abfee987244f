//! Copying a plan.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::plan;

use super::Plan;
use crate::{
    domain::planning::plan as domain,
    error::Result,
    graphql::{
        id::text,
        payload::{mutation, payload},
    },
};

/// Which plan to copy, and what the copy is to be.
#[derive(InputObject, Clone, Debug)]
pub struct PlanCopyInput {
    /// The plan to copy.
    pub plan: ID,
    /// The unit whose plan the copy is, of the same organisation; the same unit unless said.
    pub org_unit: Option<ID>,
    /// The calendar year that the copy is for: 1900 to 2200.
    pub year: i32,
    /// Its title; 1 to 300 characters. The old title with the new year in it unless said.
    pub title: Option<String>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The copy.
    PlanCopyPayload, plan: Plan of plan::Entity
}

/// Copies plans.
#[derive(Default)]
pub struct PlanCopy;

#[Object]
impl PlanCopy {
    /// Begins a new plan from an old one (kopiera verksamhetsplan): a draft with its focus areas, goals and assignments,
    /// their indicators and those who answer for the assignments, and the targets of its year where the new year has
    /// none. Assignments are not started, and their days move with the year. It is based on the new year's plan of the
    /// superior unit, when there is one that the caller sees; what hung under the old superior plan hangs under what has
    /// the same number and name there, or under nothing. Chapters, documents and activities stay behind. The
    /// deadlines of its year are proposed as by planCreate. Undone by planDelete while it is a draft. Needs PLANNER on the
    /// unit of the copy. userErrors: REQUIRED, INVALID, NOT_FOUND; DUPLICATE when the unit has a plan for the year.
    async fn plan_copy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan, and what the copy is to be.")] input: PlanCopyInput,
    ) -> Result<PlanCopyPayload> {
        let session = mutation(ctx);
        let PlanCopyInput { plan, org_unit, year, title, idempotency_key: key } = input;
        let wanted = domain::PlanCopy { org_unit: text(org_unit), year, title };
        let (db, viewer) = (&session.db, &session.viewer);
        let done = domain::copy(db, viewer, session.now(), plan.0, wanted, key).await;
        PlanCopyPayload::of(ctx, done).await
    }
}
