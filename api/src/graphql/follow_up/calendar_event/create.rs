//! Making an event.

use async_graphql::{Context, ID, InputObject, Object};
use entity::follow_up::calendar_event;

use super::CalendarEvent;
use crate::{
    domain::follow_up::calendar_event as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        organisation::period::PeriodInput,
        payload::{mutation, payload},
        scalar::Date,
        vocabulary::CalendarEventKind,
    },
};

/// A new event in the year of a unit.
#[derive(InputObject, Clone, Debug)]
pub struct CalendarEventCreateInput {
    /// The unit in whose year it is. It stays.
    pub org_unit: ID,
    /// What it is called; 1 to 200 characters.
    pub name: String,
    /// Its first day, in the years 1900 to 2200.
    pub starts_on: Date,
    /// Its last day: not before the first, and at most in the ninth year after it.
    pub due_on: Date,
    /// What it is about.
    pub kind: CalendarEventKind,
    /// The period that it is about: UR1, UR2 or AR of a year. Of kind REPORTING, its last day is then when the unit's
    /// report of that period is due.
    pub period: Option<PeriodInput>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new event.
    CalendarEventCreatePayload, calendar_event: CalendarEvent of calendar_event::Entity
}

/// Makes events.
#[derive(Default)]
pub struct CalendarEventCreate;

#[Object]
impl CalendarEventCreate {
    /// Makes an event in the calendar of a unit (händelse i årshjulet). Needs ADMIN on the unit. userErrors: REQUIRED,
    /// NOT_FOUND; DUPLICATE when the unit has an event of kind REPORTING for that period; INVALID, also when the calendar
    /// of one of its years has 200 events already.
    async fn calendar_event_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new event.")] input: CalendarEventCreateInput,
    ) -> Result<CalendarEventCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::CalendarEventFields {
            name: given(Some(input.name)),
            starts_on: given(Some(input.starts_on.into())),
            due_on: given(Some(input.due_on.into())),
            kind: given(Some(input.kind.into())),
            period: given(input.period.map(Into::into)),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, unit) = (&session.db, &session.viewer, input.org_unit.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), unit, fields, key).await;
        CalendarEventCreatePayload::of(ctx, done).await
    }
}
