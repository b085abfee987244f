//! Changing an assignment.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::assignment;

use super::Assignment;
use crate::{
    domain::planning::assignment as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_id, sent_ids, sent_refs},
        payload::{mutation, payload},
        planning::responsibility::{ResponsibilitySet, responsible},
        scalar::Date,
        vocabulary::ProgressStatus,
    },
};

/// What to change of an assignment. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct AssignmentUpdateInput {
    /// The assignment.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// A focus area that the plan works with, for one that is right under it. Under a goal with a focus area it is the
    /// goal's.
    pub focus_area: MaybeUndefined<ID>,
    /// A goal of the same plan.
    pub goal: MaybeUndefined<ID>,
    /// An assignment of the same plan, or of one that the plan is based on, that it is a part of.
    pub parent: MaybeUndefined<ID>,
    /// Its number in the plan; at most 100 characters.
    pub number: MaybeUndefined<String>,
    /// Its name; 1 to 300 characters; cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: MaybeUndefined<String>,
    /// Who answers for it, who reports it and who helps: the whole list, at most 100.
    pub responsible: MaybeUndefined<Vec<ResponsibilitySet>>,
    /// Whether subordinate units break it down into activities; null when it is not stated.
    pub cascades: MaybeUndefined<bool>,
    /// Its first day.
    pub starts_on: MaybeUndefined<Date>,
    /// Its last day; not before the first.
    pub ends_on: MaybeUndefined<Date>,
    /// How far it has come; cannot be cleared.
    pub status: MaybeUndefined<ProgressStatus>,
    /// The indicators that tell whether it works: the whole list.
    pub indicators: MaybeUndefined<Vec<ID>>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed assignment.
    AssignmentUpdatePayload, assignment: Assignment of assignment::Entity
}

/// Changes assignments.
#[derive(Default)]
pub struct AssignmentUpdate;

#[Object]
impl AssignmentUpdate {
    /// Changes an assignment (uppdrag). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// CONFLICT for a field that somebody else changed; LOCKED when the plan is closed.
    async fn assignment_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: AssignmentUpdateInput,
    ) -> Result<AssignmentUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::AssignmentFields {
            focus_area: sent_id(input.focus_area),
            goal: sent_id(input.goal),
            parent: sent_id(input.parent),
            number: sent(input.number),
            name: sent(input.name),
            description: sent(input.description),
            responsible: sent::<Vec<_>, Vec<_>>(input.responsible.map_value(responsible)),
            cascades: sent(input.cascades),
            starts_on: sent(input.starts_on),
            ends_on: sent(input.ends_on),
            status: sent(input.status),
            indicators: sent_ids(input.indicators),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        AssignmentUpdatePayload::of(ctx, done).await
    }
}
