//! Changing a goal.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::goal;

use super::Goal;
use crate::{
    domain::planning::goal as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_id, sent_ids, sent_refs},
        payload::{mutation, payload},
    },
};

/// What to change of a goal. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct GoalUpdateInput {
    /// The goal.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// A focus area that the plan works with.
    pub focus_area: MaybeUndefined<ID>,
    /// The superior goal that it breaks down: of the same plan, or of one that the plan is based on.
    pub parent: MaybeUndefined<ID>,
    /// Its number in the plan; at most 100 characters.
    pub number: MaybeUndefined<String>,
    /// Its name; 1 to 300 characters, cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: MaybeUndefined<String>,
    /// The indicators that tell whether it is met: the whole list.
    pub indicators: MaybeUndefined<Vec<ID>>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed goal.
    GoalUpdatePayload, goal: Goal of goal::Entity
}

/// Changes goals.
#[derive(Default)]
pub struct GoalUpdate;

#[Object]
impl GoalUpdate {
    /// Changes a goal (mål). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE; CONFLICT for a field that somebody else changed; LOCKED when the plan is closed.
    async fn goal_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: GoalUpdateInput,
    ) -> Result<GoalUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::GoalFields {
            focus_area: sent_id(input.focus_area),
            parent: sent_id(input.parent),
            number: sent(input.number),
            name: sent(input.name),
            description: sent(input.description),
            indicators: sent_ids(input.indicators),
            external_refs: sent_refs(input.external_refs),
        };
        let done = domain::update(
            &session.db,
            &session.viewer,
            session.now(),
            &input.id,
            input.version,
            fields,
        )
        .await;
        GoalUpdatePayload::of(ctx, done).await
    }
}
