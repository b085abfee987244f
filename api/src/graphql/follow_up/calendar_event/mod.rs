//! The year's wheel (årshjulet).

use async_graphql::{Context, ID};
use entity::{follow_up::calendar_event, organisation::org_unit, vocabulary::NodeType};
use macros::object;

pub mod create;
pub mod delete;
pub mod query;
pub mod update;

pub use create::CalendarEventCreate;
pub use delete::CalendarEventDelete;
pub use query::CalendarEventQuery;
pub use update::CalendarEventUpdate;

use crate::{
    access::policy::Action,
    domain::follow_up::calendar_event::period_of,
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::{org_unit::OrgUnit, period::Period},
        scalar::Date,
        tracked::{Guard, TrackedFields},
        vocabulary::CalendarEventKind,
    },
};

/// Something in the year of a unit.
pub struct CalendarEvent(pub calendar_event::Model);

impl From<calendar_event::Model> for CalendarEvent {
    fn from(row: calendar_event::Model) -> Self {
        Self(row)
    }
}

impl CalendarEvent {
    async fn unit(&self, ctx: &Context<'_>) -> Result<org_unit::Model> {
        let id = ById::<org_unit::Entity>::new(self.0.org_unit_id);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.ok_or_else(|| Error::internal("an event without unit"))
    }

    fn has_no_period(&self) -> bool {
        self.0.period().is_none()
    }

    fn no_period(&self) -> Option<Period> {
        None
    }
}

/// Something that is to happen at a unit in its year (händelse i årshjulet): planning, reporting, a decision. Seen by
/// everybody who sees the unit, but what a draft of a plan has proposed only by those who see the draft. One of
/// kind REPORTING with a period says when the unit's report of that period is due; those are proposed with the year's plan, and are then changed like any other.
#[object]
impl CalendarEvent {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::CalendarEvent, self.0.id)
    }

    /// The unit in whose year it is (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        Ok(OrgUnit(self.unit(ctx).await?))
    }

    /// What it is called (namn).
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Its first day (startdatum).
    fn starts_on(&self) -> Date {
        Date(self.0.starts_on)
    }

    /// Its last day (senast klart): of REPORTING with a period, the day on which the report is due.
    fn due_on(&self) -> Date {
        Date(self.0.due_on)
    }

    /// What it is about (typ av händelse).
    fn kind(&self) -> CalendarEventKind {
        self.0.kind.into()
    }

    /// The period that it is about (period): UR1, UR2 or AR of a year; null when it is about none.
    #[direct(no_period, when = has_no_period)]
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<Period>> {
        let Some(period) = period_of(&self.0)? else { return Ok(None) };
        Ok(Some(Period::new(self.unit(ctx).await?.organisation_id, period)))
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Role(Action::Administer, self.0.org_unit_id))
    }
}
