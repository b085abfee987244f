//! What an organisation calls its follow-ups, where each ends and when its report is due.

use async_graphql::SimpleObject;

use crate::{
    domain::organisation::cycle::{Cycle, CyclePeriod},
    graphql::{scalar::Date, vocabulary::PeriodKind},
};

/// A follow-up of an organisation's reporting cycle of one year (uppföljningstillfälle). Set per organisation and
/// year, inherited until changed; unless set, UR1 runs to April, UR2 to August and AR to December.
#[derive(SimpleObject, Clone, Debug)]
pub struct ReportingPeriod {
    /// Which of them: UR1, UR2 or AR.
    pub kind: PeriodKind,
    /// What the organisation calls it, e.g. "T1" or "Delår".
    pub label: String,
    /// Its last month, 1 to 12; all begin in January.
    pub end_month: u32,
    /// The day on which its report is due, of a unit whose own calendar does not say otherwise.
    pub due_on: Date,
}

/// The follow-ups of a year, the first one first.
#[must_use]
pub fn periods(cycle: Cycle) -> Vec<ReportingPeriod> {
    let Cycle { year: _, ur1, ur2, ar } = cycle;
    [(PeriodKind::Ur1, ur1), (PeriodKind::Ur2, ur2), (PeriodKind::Ar, ar)]
        .into_iter()
        .map(|(kind, period)| {
            let CyclePeriod { label, end_month, due_on } = period;
            ReportingPeriod { kind, label, end_month, due_on: Date(due_on) }
        })
        .collect()
}
