//! The vocabularies of follow-up reports and of the calendar of the year.

use async_graphql::Enum;

use crate::graphql::direct::written_by_name;

/// Where a report is in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::ReportStatus")]
pub enum ReportStatus {
    /// Being written (utkast).
    Draft,
    /// Handed in for approval (inlämnad).
    Submitted,
    /// Sent back, or opened anew, to be written on (återlämnad).
    Returned,
    /// Approved and locked (godkänd).
    Approved,
}

/// What somebody judges of a focus area, goal or assignment (bedömning).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::Verdict")]
pub enum Verdict {
    /// Uppnås; of an assignment, genomförs.
    Met,
    /// Uppnås delvis; of an assignment, genomförs delvis.
    PartlyMet,
    /// Uppnås ej; of an assignment, genomförs ej.
    NotMet,
    /// Kan inte bedömas.
    CannotBeAssessed,
}

/// What the annual report says of the internal control (intern kontroll).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::InternalControlConclusion")]
pub enum InternalControlConclusion {
    /// Tillräcklig.
    Sufficient,
    /// Delvis tillräcklig.
    PartlySufficient,
    /// Otillräcklig.
    Insufficient,
}

/// What something in the year of a unit is about (händelse i årshjulet).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::CalendarEventKind")]
pub enum CalendarEventKind {
    /// Planering.
    Planning,
    /// Uppföljning. With a period, when its report is due (när rapporten ska lämnas in).
    Reporting,
    /// Beslut.
    Decision,
    /// Budget.
    Budget,
    /// Annat.
    Other,
}

written_by_name! { ReportStatus, Verdict, InternalControlConclusion, CalendarEventKind }
