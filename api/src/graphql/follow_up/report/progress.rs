//! How far units have come with their reports.

use async_graphql::Context;
use chrono::NaiveDate;
use entity::organisation::org_unit;
use macros::object;

use super::FollowUpReport;
use crate::{
    domain::{
        follow_up::{
            calendar_event,
            report::{Progress, ReportKey, step::is_open},
        },
        organisation::{cycle::Cycle, period::Period},
    },
    error::Result,
    graphql::{
        context::session,
        follow_up::loader::DueOf,
        organisation::{loader::CycleOf, org_unit::OrgUnit},
    },
};

/// The day on which a unit's report of a period is due: as the unit's calendar says, else as its organisation's cycle does.
/// Both are asked for always, so that it takes as many statements whatever units have said.
///
/// # Errors
/// Whatever the database says.
pub async fn due_on(
    ctx: &Context<'_>,
    unit: &org_unit::Model,
    period: Period,
) -> Result<NaiveDate> {
    let loader = &session(ctx).loader;
    let (own, settings) = futures_util::future::try_join(
        loader.load_one(DueOf(ReportKey { unit: unit.id, period })),
        loader.load_one(CycleOf(unit.organisation_id)),
    )
    .await?;
    let cycle = Cycle::of(period.year(), &settings.unwrap_or_default());
    calendar_event::due_on(own, &cycle, period)
}

/// How far one unit has come with its report.
pub struct UnitProgress {
    progress: Progress,
    period: Period,
}

impl UnitProgress {
    /// How far a unit has come with its report of that period.
    #[must_use]
    pub fn new(progress: Progress, period: Period) -> Self {
        Self { progress, period }
    }
}

/// How far one unit has come with its report of a period (läge).
#[object]
impl UnitProgress {
    /// The unit (enhet).
    fn org_unit(&self) -> OrgUnit {
        OrgUnit(self.progress.unit.clone())
    }

    /// Its report; null when there is none that the caller sees.
    fn report(&self) -> Option<FollowUpReport> {
        self.progress.report.clone().map(FollowUpReport)
    }

    /// How many things the report is to say something about, by the unit's decided plan; 0 without one.
    fn required(&self) -> u32 {
        self.progress.required
    }

    /// Of how many it is said.
    fn done(&self) -> u32 {
        self.progress.done
    }

    /// Whether the day on which it was due is over (försenad), and it is still to be handed in: by a unit with a decided plan.
    async fn overdue(&self, ctx: &Context<'_>) -> Result<bool> {
        let report = self.progress.report.as_ref();
        if !self.progress.is_expected || report.is_some_and(|report| !is_open(report.status)) {
            return Ok(false);
        }
        Ok(due_on(ctx, &self.progress.unit, self.period).await? < session(ctx).today())
    }
}
