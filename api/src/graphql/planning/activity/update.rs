//! Changing an activity.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::planning::activity;

use super::Activity;
use crate::{
    domain::planning::activity as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_id, sent_ids, sent_refs},
        payload::{mutation, payload},
        planning::responsibility::{ResponsibilitySet, responsible},
        scalar::Date,
        vocabulary::{ActivityKind, CompetenceCategory, ProgressStatus},
    },
};

/// What to change of an activity. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct ActivityUpdateInput {
    /// The activity.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// The unit that does it: the plan's own or one below it; cannot be cleared.
    pub org_unit: MaybeUndefined<ID>,
    /// Whether it is a row of the plan itself, the competence plan or the work-environment plan; cannot be cleared.
    pub kind: MaybeUndefined<ActivityKind>,
    /// An assignment of the same plan, or of one that the plan is based on.
    pub assignment: MaybeUndefined<ID>,
    /// The goals that it serves, of the same plan or of plans that it is based on: the whole list.
    pub goals: MaybeUndefined<Vec<ID>>,
    /// Its name; 1 to 300 characters; cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// What it means, in Markdown; at most 20,000 characters.
    pub description: MaybeUndefined<String>,
    /// Who answers for it, who reports it and who helps: the whole list, at most 100.
    pub responsible: MaybeUndefined<Vec<ResponsibilitySet>>,
    /// Its first day.
    pub starts_on: MaybeUndefined<Date>,
    /// The day on which it is due; not before the first.
    pub due_on: MaybeUndefined<Date>,
    /// How far it has come; cannot be cleared.
    pub status: MaybeUndefined<ProgressStatus>,
    /// How much of it is done, in per cent: 0 to 100.
    pub percent_done: MaybeUndefined<i32>,
    /// What it does about competence; only for COMPETENCE.
    pub competence_category: MaybeUndefined<CompetenceCategory>,
    /// What came of it; at most 20,000 characters.
    pub follow_up_comment: MaybeUndefined<String>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed activity.
    ActivityUpdatePayload, activity: Activity of activity::Entity
}

/// Changes activities.
#[derive(Default)]
pub struct ActivityUpdate;

#[Object]
impl ActivityUpdate {
    /// Changes an activity (aktivitet, insats). Needs PLANNER on the plan's unit. userErrors: REQUIRED, INVALID, NOT_FOUND,
    /// DUPLICATE;
    /// CONFLICT for a field that somebody else changed; LOCKED when the plan is closed.
    async fn activity_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: ActivityUpdateInput,
    ) -> Result<ActivityUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::ActivityFields {
            org_unit: sent_id(input.org_unit),
            kind: sent(input.kind),
            assignment: sent_id(input.assignment),
            goals: sent_ids(input.goals),
            name: sent(input.name),
            description: sent(input.description),
            responsible: sent::<Vec<_>, Vec<_>>(input.responsible.map_value(responsible)),
            starts_on: sent(input.starts_on),
            due_on: sent(input.due_on),
            status: sent(input.status),
            percent_done: sent(input.percent_done),
            competence_category: sent(input.competence_category),
            follow_up_comment: sent(input.follow_up_comment),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        ActivityUpdatePayload::of(ctx, done).await
    }
}
