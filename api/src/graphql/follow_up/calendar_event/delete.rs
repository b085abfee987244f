//! Removing an event.

use async_graphql::{Context, Object};

use crate::{
    domain::follow_up::calendar_event as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The event is gone.
    CalendarEventDeleteInput => CalendarEventDeletePayload
}

/// Removes events.
#[derive(Default)]
pub struct CalendarEventDelete;

#[Object]
impl CalendarEventDelete {
    /// Removes an event from the calendar of a unit (händelse i årshjulet). When the report of its period is due, the
    /// organisation's reporting cycle says from then on. Needs ADMIN on the unit. userErrors: NOT_FOUND; CONFLICT when it
    /// has changed.
    async fn calendar_event_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which event.")] input: CalendarEventDeleteInput,
    ) -> Result<CalendarEventDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        CalendarEventDeletePayload::of(ctx, input.id, done).await
    }
}
