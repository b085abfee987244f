//! Follow-up reports, and the calendar of the year.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Where a report is in its life.
    ReportStatus {
        /// Being written (utkast).
        Draft = "DRAFT",
        /// Handed in for approval (inlämnad).
        Submitted = "SUBMITTED",
        /// Sent back, or opened anew, to be written on (återlämnad).
        Returned = "RETURNED",
        /// Approved and locked (godkänd).
        Approved = "APPROVED",
    }
}

vocabulary! {
    /// What somebody judges of a focus area, goal or assignment (bedömning).
    Verdict {
        /// Uppnås; genomförs.
        Met = "MET",
        /// Uppnås delvis; genomförs delvis.
        PartlyMet = "PARTLY_MET",
        /// Uppnås ej; genomförs ej.
        NotMet = "NOT_MET",
        /// Kan inte bedömas.
        CannotBeAssessed = "CANNOT_BE_ASSESSED",
    }
}

vocabulary! {
    /// What the annual report says of the internal control (intern kontroll).
    InternalControlConclusion {
        /// Tillräcklig.
        Sufficient = "SUFFICIENT",
        /// Delvis tillräcklig.
        PartlySufficient = "PARTLY_SUFFICIENT",
        /// Otillräcklig.
        Insufficient = "INSUFFICIENT",
    }
}

vocabulary! {
    /// What something in the year of a unit is about.
    CalendarEventKind {
        /// Planering.
        Planning = "PLANNING",
        /// Uppföljning.
        Reporting = "REPORTING",
        /// Beslut.
        Decision = "DECISION",
        /// Budget.
        Budget = "BUDGET",
        /// Annat.
        Other = "OTHER",
    }
}
