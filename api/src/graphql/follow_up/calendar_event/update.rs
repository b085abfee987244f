//! Changing an event.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::follow_up::calendar_event;

use super::CalendarEvent;
use crate::{
    domain::follow_up::calendar_event as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        organisation::period::PeriodInput,
        payload::{mutation, payload},
        scalar::Date,
        vocabulary::CalendarEventKind,
    },
};

/// What to change of an event. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct CalendarEventUpdateInput {
    /// The event.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// What it is called; 1 to 200 characters; cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// Its first day, in the years 1900 to 2200; cannot be cleared.
    pub starts_on: MaybeUndefined<Date>,
    /// Its last day: not before the first, and at most in the ninth year after it; cannot be cleared.
    pub due_on: MaybeUndefined<Date>,
    /// What it is about; cannot be cleared.
    pub kind: MaybeUndefined<CalendarEventKind>,
    /// The period that it is about: UR1, UR2 or AR of a year. Of kind REPORTING, its last day is then when the unit's
    /// report of that period is due.
    pub period: MaybeUndefined<PeriodInput>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed event.
    CalendarEventUpdatePayload, calendar_event: CalendarEvent of calendar_event::Entity
}

/// Changes events.
#[derive(Default)]
pub struct CalendarEventUpdate;

#[Object]
impl CalendarEventUpdate {
    /// Changes an event in the calendar of a unit (händelse i årshjulet): a deadline that is moved moves the report's
    /// dueOn. What a draft of a plan has proposed is the unit's own from then on, and seen by everybody who sees the unit.
    /// Needs ADMIN on the unit. userErrors: REQUIRED, NOT_FOUND; CONFLICT for a field that somebody else changed;
    /// DUPLICATE when the unit has another event of kind REPORTING for that period; INVALID, also when the calendar of a
    /// year that it comes into has 200 events already.
    async fn calendar_event_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: CalendarEventUpdateInput,
    ) -> Result<CalendarEventUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::CalendarEventFields {
            name: sent(input.name),
            starts_on: sent(input.starts_on),
            due_on: sent(input.due_on),
            kind: sent(input.kind),
            period: sent(input.period),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        CalendarEventUpdatePayload::of(ctx, done).await
    }
}
