//! Making a goal.

use async_graphql::{Context, ID, InputObject, Object};
use entity::planning::goal;

use super::Goal;
use crate::{
    domain::planning::goal as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_id, given_refs, texts},
        payload::{mutation, payload},
    },
};

/// A new goal.
#[derive(InputObject, Clone, Debug)]
pub struct GoalCreateInput {
    /// The plan that it is in.
    pub plan: ID,
    /// A focus area that the plan works with.
    pub focus_area: Option<ID>,
    /// The superior goal that it breaks down: of the same plan, or of one that the plan is based on.
    pub parent: Option<ID>,
    /// Its number in the plan; at most 100 characters.
    pub number: Option<String>,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: Option<String>,
    /// The indicators that tell whether it is met.
    pub indicators: Option<Vec<ID>>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new goal.
    GoalCreatePayload, goal: Goal of goal::Entity
}

/// Makes goals.
#[derive(Default)]
pub struct GoalCreate;

#[Object]
impl GoalCreate {
    /// Makes a goal (mål). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE; LOCKED when the plan is closed.
    async fn goal_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new goal.")] input: GoalCreateInput,
    ) -> Result<GoalCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::GoalFields {
            focus_area: given_id(input.focus_area),
            parent: given_id(input.parent),
            number: given(input.number),
            name: given(Some(input.name)),
            description: given(input.description),
            indicators: given(input.indicators.map(texts)),
            external_refs: given_refs(input.external_refs),
        };
        let key = input.idempotency_key;
        let done =
            domain::create(&session.db, &session.viewer, session.now(), input.plan.0, fields, key)
                .await;
        GoalCreatePayload::of(ctx, done).await
    }
}
