//! Plans and what is in them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Where a plan is in its life.
    PlanStatus {
        /// Being written; seen by the unit's own roles only.
        Draft = "DRAFT",
        /// Decided by the board (beslutad).
        Decided = "DECIDED",
        /// The year is over (avslutad).
        Closed = "CLOSED",
    }
}

vocabulary! {
    /// What kind of governing document a plan leans on (styrdokument).
    GoverningDocumentKind {
        /// Lag.
        Law = "LAW",
        /// Policy.
        Policy = "POLICY",
        /// Program.
        Programme = "PROGRAMME",
        /// Riktlinje.
        Guideline = "GUIDELINE",
        /// Rutin.
        Routine = "ROUTINE",
        /// Anything else.
        Other = "OTHER",
    }
}

vocabulary! {
    /// Who set a focus area.
    FocusAreaOrigin {
        /// The council (fullmäktiges fokusområde).
        Council = "COUNCIL",
        /// The board itself (verksamhetens eget utvecklingsområde).
        Own = "OWN",
    }
}

vocabulary! {
    /// What an activity belongs to.
    ActivityKind {
        /// Verksamheten.
        Operations = "OPERATIONS",
        /// Kompetensförsörjningsplanen.
        Competence = "COMPETENCE",
        /// Arbetsmiljöplanen.
        WorkEnvironment = "WORK_ENVIRONMENT",
    }
}

vocabulary! {
    /// The five ways of the competence plan.
    CompetenceCategory {
        /// Utveckla.
        Develop = "DEVELOP",
        /// Avveckla.
        PhaseOut = "PHASE_OUT",
        /// Attrahera.
        Attract = "ATTRACT",
        /// Rekrytera.
        Recruit = "RECRUIT",
        /// Behålla.
        Retain = "RETAIN",
    }
}

vocabulary! {
    /// What somebody answers for.
    ResponsibilityKind {
        /// Ansvarig.
        Responsible = "RESPONSIBLE",
        /// Rapporterar.
        Reporting = "REPORTING",
        /// Stödjer.
        Supporting = "SUPPORTING",
    }
}

vocabulary! {
    /// How far an assignment or activity has come.
    ProgressStatus {
        /// Ej påbörjad.
        NotStarted = "NOT_STARTED",
        /// Pågår.
        Ongoing = "ONGOING",
        /// Försenad.
        Delayed = "DELAYED",
        /// Klar.
        Done = "DONE",
        /// Avbruten.
        Cancelled = "CANCELLED",
    }
}

vocabulary! {
    /// A traffic light (trafikljus).
    StatusLight {
        /// Grön.
        Green = "GREEN",
        /// Gul.
        Yellow = "YELLOW",
        /// Röd.
        Red = "RED",
        /// Inget ljus.
        None = "NONE",
    }
}
