//! Setting what an organisation calls its follow-ups, where each ends and when its report is due.

use async_graphql::{Context, ID, InputObject, Object};
use entity::organisation::org_unit;

use super::org_unit::OrgUnit;
use crate::{
    domain::organisation::cycle_write as domain,
    error::Result,
    graphql::{
        payload::{mutation, payload},
        scalar::Date,
        vocabulary::PeriodKind,
    },
};

/// What holds for an organisation's follow-ups from a year on.
#[derive(InputObject, Clone, Debug)]
pub struct ReportingCycleSetInput {
    /// The organisation, or any unit of it.
    pub org_unit: ID,
    /// The year from which it holds, until another setting; 1900 to 2200.
    pub year: i32,
    /// The follow-ups to set, each once. Those that are left out keep what holds for them.
    pub periods: Vec<ReportingPeriodInput>,
}

/// One follow-up of a reporting cycle.
#[derive(InputObject, Clone, Debug)]
pub struct ReportingPeriodInput {
    /// Which of them: UR1, UR2 or AR.
    pub kind: PeriodKind,
    /// What the organisation calls it; 1 to 100 characters.
    pub label: String,
    /// Its last month, 1 to 12: UR2 ends after UR1, and AR in December.
    pub end_month: i32,
    /// The day on which that year's report is due, unless the unit's own calendar says otherwise: from the last day of the
    /// period to a year after it. Later years inherit the day and the month.
    pub due_on: Date,
}

payload! {
    /// The organisation with its new cycle.
    ReportingCycleSetPayload, org_unit: OrgUnit of org_unit::Entity
}

/// Sets reporting cycles.
#[derive(Default)]
pub struct ReportingCycleSet;

#[Object]
impl ReportingCycleSet {
    /// Sets what an organisation calls its follow-ups (uppföljningstillfällen), where each ends and when its report
    /// is due, from a year on. No outcome is moved or dropped by it. The calendar events of kind REPORTING that are due
    /// when the cycle said so before follow it, with the first day and the name that it gave them; those that somebody
    /// has moved by hand stay. Needs ADMIN on the organisation. userErrors: REQUIRED, NOT_FOUND; DUPLICATE for a kind that
    /// is given twice; INVALID, also when a later year that inherits from this one would be impossible.
    async fn reporting_cycle_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What holds, and from when.")] input: ReportingCycleSetInput,
    ) -> Result<ReportingCycleSetPayload> {
        let session = mutation(ctx);
        let ReportingCycleSetInput { org_unit, year, periods } = input;
        let periods = periods
            .into_iter()
            .map(|period| {
                let ReportingPeriodInput { kind, label, end_month, due_on } = period;
                domain::PeriodSetting { kind: kind.into(), label, end_month, due_on: due_on.0 }
            })
            .collect();
        let done =
            domain::set(&session.db, &session.viewer, session.now(), &org_unit, year, periods)
                .await;
        ReportingCycleSetPayload::of(ctx, done).await
    }
}
