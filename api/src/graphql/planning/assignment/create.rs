//! Making an assignment.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::assignment;

use super::Assignment;
use crate::{
    domain::planning::assignment as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_id, given_refs, texts},
        payload::{mutation, payload},
        planning::responsibility::{ResponsibilitySet, responsible},
        scalar::Date,
        vocabulary::ProgressStatus,
    },
};

/// A new assignment.
#[derive(InputObject, Clone, Debug)]
pub struct AssignmentCreateInput {
    /// The plan that it is in.
    pub plan: ID,
    /// A focus area that the plan works with, for one that is right under it. Under a goal with a focus area it is the
    /// goal's.
    pub focus_area: Option<ID>,
    /// A goal of the same plan.
    pub goal: Option<ID>,
    /// An assignment of the same plan, or of one that the plan is based on, that it is a part of.
    pub parent: Option<ID>,
    /// Its number in the plan; at most 100 characters.
    pub number: Option<String>,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: Option<String>,
    /// Who answers for it, who reports it and who helps; at most 100.
    pub responsible: Option<Vec<ResponsibilitySet>>,
    /// Whether subordinate units break it down into activities; null when it is not stated.
    pub cascades: Option<bool>,
    /// Its first day.
    pub starts_on: Option<Date>,
    /// Its last day; not before the first.
    pub ends_on: Option<Date>,
    /// How far it has come; NOT_STARTED unless said.
    pub status: Option<ProgressStatus>,
    /// The indicators that tell whether it works.
    pub indicators: Option<Vec<ID>>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new assignment.
    AssignmentCreatePayload, assignment: Assignment of assignment::Entity
}

/// Makes assignments.
#[derive(Default)]
pub struct AssignmentCreate;

#[Object]
impl AssignmentCreate {
    /// Makes an assignment (uppdrag). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// LOCKED when the plan is closed.
    async fn assignment_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new assignment.")] input: AssignmentCreateInput,
    ) -> Result<AssignmentCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::AssignmentFields {
            focus_area: given_id(input.focus_area),
            goal: given_id(input.goal),
            parent: given_id(input.parent),
            number: given(input.number),
            name: given(Some(input.name)),
            description: given(input.description),
            responsible: given(input.responsible.map(responsible)),
            cascades: given(input.cascades),
            starts_on: given(input.starts_on.map(Into::into)),
            ends_on: given(input.ends_on.map(Into::into)),
            status: given(input.status.map(Into::into)),
            indicators: given(input.indicators.map(texts)),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, plan) = (&session.db, &session.viewer, input.plan.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), plan, fields, key).await;
        AssignmentCreatePayload::of(ctx, done).await
    }
}
