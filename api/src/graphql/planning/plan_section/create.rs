//! Making a chapter of a plan.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::plan_section;

use super::PlanSection;
use crate::{
    domain::planning::plan_section as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        payload::{mutation, payload},
    },
};

/// A new chapter of a plan.
#[derive(InputObject, Clone, Debug)]
pub struct PlanSectionCreateInput {
    /// The plan that it is in.
    pub plan: ID,
    /// Its number, by which chapters are ordered; at most 100 characters.
    pub number: Option<String>,
    /// Its heading; 1 to 300 characters.
    pub heading: String,
    /// The text, in Markdown; at most 200,000 characters.
    pub text: Option<String>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new chapter of a plan.
    PlanSectionCreatePayload, plan_section: PlanSection of plan_section::Entity
}

/// Makes chapters of plans.
#[derive(Default)]
pub struct PlanSectionCreate;

#[Object]
impl PlanSectionCreate {
    /// Makes a chapter of a plan (kapitel). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// LOCKED when the plan is closed.
    async fn plan_section_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new chapter of a plan.")] input: PlanSectionCreateInput,
    ) -> Result<PlanSectionCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::PlanSectionFields {
            number: given(input.number),
            heading: given(Some(input.heading)),
            text: given(input.text),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, plan) = (&session.db, &session.viewer, input.plan.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), plan, fields, key).await;
        PlanSectionCreatePayload::of(ctx, done).await
    }
}
