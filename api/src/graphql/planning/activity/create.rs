//! Making an activity.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::activity;

use super::Activity;
use crate::{
    domain::planning::activity as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_id, given_refs, texts},
        payload::{mutation, payload},
        planning::responsibility::{ResponsibilitySet, responsible},
        scalar::Date,
        vocabulary::{ActivityKind, CompetenceCategory, ProgressStatus},
    },
};

/// A new activity.
#[derive(InputObject, Clone, Debug)]
pub struct ActivityCreateInput {
    /// The plan that it is in.
    pub plan: ID,
    /// The unit that does it: the plan's own or one below it; the plan's own unless said.
    pub org_unit: Option<ID>,
    /// Whether it is a row of the plan itself, the competence plan or the work-environment plan; OPERATIONS unless said.
    pub kind: Option<ActivityKind>,
    /// An assignment of the same plan, or of one that the plan is based on.
    pub assignment: Option<ID>,
    /// The goals that it serves, of the same plan or of plans that it is based on.
    pub goals: Option<Vec<ID>>,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: Option<String>,
    /// Who answers for it, who reports it and who helps; at most 100.
    pub responsible: Option<Vec<ResponsibilitySet>>,
    /// Its first day.
    pub starts_on: Option<Date>,
    /// The day on which it is due; not before the first.
    pub due_on: Option<Date>,
    /// How far it has come; NOT_STARTED unless said.
    pub status: Option<ProgressStatus>,
    /// How much of it is done, in per cent: 0 to 100.
    pub percent_done: Option<i32>,
    /// What it does about competence; only for COMPETENCE.
    pub competence_category: Option<CompetenceCategory>,
    /// What came of it; at most 20,000 characters.
    pub follow_up_comment: Option<String>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new activity.
    ActivityCreatePayload, activity: Activity of activity::Entity
}

/// Makes activities.
#[derive(Default)]
pub struct ActivityCreate;

#[Object]
impl ActivityCreate {
    /// Makes an activity (aktivitet, insats). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// LOCKED when the plan is closed.
    async fn activity_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new activity.")] input: ActivityCreateInput,
    ) -> Result<ActivityCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::ActivityFields {
            org_unit: given_id(input.org_unit),
            kind: given(input.kind.map(Into::into)),
            assignment: given_id(input.assignment),
            goals: given(input.goals.map(texts)),
            name: given(Some(input.name)),
            description: given(input.description),
            responsible: given(input.responsible.map(responsible)),
            starts_on: given(input.starts_on.map(Into::into)),
            due_on: given(input.due_on.map(Into::into)),
            status: given(input.status.map(Into::into)),
            percent_done: given(input.percent_done),
            competence_category: given(input.competence_category.map(Into::into)),
            follow_up_comment: given(input.follow_up_comment),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, plan) = (&session.db, &session.viewer, input.plan.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), plan, fields, key).await;
        ActivityCreatePayload::of(ctx, done).await
    }
}
