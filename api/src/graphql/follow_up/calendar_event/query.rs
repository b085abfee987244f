//! A unit's year.

use async_graphql::{Context, ID, Object};
use entity::vocabulary::NodeType;

use super::CalendarEvent;
use crate::{
    domain::{
        follow_up::calendar_event::Wheel, organisation::period::check_year, reference::key_of,
    },
    error::Result,
    graphql::{context::session, direct::Rows},
};

/// Queries for the year's wheel.
#[derive(Default)]
pub struct CalendarEventQuery;

#[Object]
impl CalendarEventQuery {
    /// A unit's calendar of a year (årshjul): what reaches into the year, and what is about a period of it, so that when
    /// the annual report of 2024 is due, in 2025, is in both years' calendars. By first day, last day and name, sorted as
    /// Swedish. Empty when the caller does not see the unit. Errors: UNAUTHENTICATED; BAD_USER_INPUT for what is no
    /// unit's id, or a year outside 1900 to 2200.
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit.")] org_unit: ID,
        #[graphql(desc = "The calendar year, 1900 to 2200.")] year: i32,
    ) -> Result<Rows<'_, CalendarEvent>> {
        let session = session(ctx);
        session.viewer.sight()?;
        check_year(year)?;
        let wheel = Wheel { unit: key_of(NodeType::OrgUnit, &org_unit)?, year };
        let events = session.loader.load_one(wheel).await?.unwrap_or_default();
        session.spend(events.len())?;
        Ok(events.into_iter().map(CalendarEvent).collect::<Vec<_>>().into())
    }
}
