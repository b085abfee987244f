//! The closed vocabularies of the domain, stored as their upper-case names.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$value_meta:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            EnumIter, DeriveActiveEnum, Serialize, Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
        pub enum $name {
            $(
                $(#[$value_meta])*
                #[sea_orm(string_value = $text)]
                #[serde(rename = $text)]
                $value,
            )+
        }

        impl $name {
            /// Every value, in the order in which it is declared.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The name that the database and the API use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }

            /// The value with that name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl crate::tracked::Shown for $name {
            fn shown(&self) -> Option<String> {
                Some(self.as_str().to_owned())
            }
        }
    };
}

vocabulary! {
    /// What sort of unit this is (fullmäktige, nämnd, förvaltning, område, avdelning, enhet, bolag).
    OrgUnitKind {
        /// Fullmäktige.
        Council = "COUNCIL",
        /// Nämnd or styrelse.
        Board = "BOARD",
        /// Förvaltning.
        Administration = "ADMINISTRATION",
        /// Verksamhetsområde.
        Area = "AREA",
        /// Avdelning or stab.
        Department = "DEPARTMENT",
        /// Enhet.
        Unit = "UNIT",
        /// Bolag.
        Company = "COMPANY",
    }
}

vocabulary! {
    /// The kinds of period that outcomes and reports are for.
    PeriodKind {
        /// One month (månad).
        Month = "MONTH",
        /// The first follow-up, from 1 January (UR1).
        Ur1 = "UR1",
        /// The second follow-up, from 1 January (UR2).
        Ur2 = "UR2",
        /// The whole year (årsrapport, ÅR).
        Ar = "AR",
    }
}

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

vocabulary! {
    /// Which family an indicator belongs to.
    IndicatorCategory {
        /// Medarbetare.
        Staff = "STAFF",
        /// Ekonomi.
        Economy = "ECONOMY",
        /// Förvaltningsspecifik.
        Specific = "SPECIFIC",
    }
}

vocabulary! {
    /// Which way is better.
    IndicatorDirection {
        /// Högre är bättre.
        HigherIsBetter = "HIGHER_IS_BETTER",
        /// Lägre är bättre.
        LowerIsBetter = "LOWER_IS_BETTER",
        /// Närmare målet är bättre.
        CloserIsBetter = "CLOSER_IS_BETTER",
        /// Inget är bättre; aldrig ett ljus.
        Neutral = "NEUTRAL",
    }
}

vocabulary! {
    /// How outcomes are put together up the unit tree.
    IndicatorAggregation {
        /// Not at all.
        None = "NONE",
        /// The sum of the parts.
        Sum = "SUM",
        /// The plain mean of the parts.
        Average = "AVERAGE",
        /// Sum of numerators over sum of denominators.
        Ratio = "RATIO",
    }
}

vocabulary! {
    /// Who decided a target (målnivå).
    DecisionLevel {
        /// Fullmäktige.
        Council = "COUNCIL",
        /// Nämnd.
        Board = "BOARD",
        /// Processägare.
        ProcessOwner = "PROCESS_OWNER",
        /// Processansvarig.
        ProcessManager = "PROCESS_MANAGER",
        /// Enhet.
        Unit = "UNIT",
    }
}

vocabulary! {
    /// Whom an outcome is about (könsuppdelad statistik).
    Gender {
        /// Everybody.
        Total = "TOTAL",
        /// Women.
        Women = "WOMEN",
        /// Men.
        Men = "MEN",
    }
}

vocabulary! {
    /// Why an outcome has no value that counts (bortfall).
    MissingReason {
        /// Har inte mätts.
        NotMeasured = "NOT_MEASURED",
        /// Ej tillämplig.
        NotApplicable = "NOT_APPLICABLE",
        /// Sekretess.
        Confidential = "CONFIDENTIAL",
        /// Finns inte ännu.
        NotYetAvailable = "NOT_YET_AVAILABLE",
        /// Återkallad.
        Withdrawn = "WITHDRAWN",
    }
}

vocabulary! {
    /// Where an outcome comes from.
    OutcomeOrigin {
        /// Somebody reported it.
        Reported = "REPORTED",
        /// It was imported.
        Imported = "IMPORTED",
        /// Put together from the units below.
        Aggregated = "AGGREGATED",
        /// Computed from other figures.
        Computed = "COMPUTED",
    }
}

vocabulary! {
    /// Whether the period's report has been approved.
    OutcomeState {
        /// Not yet (preliminär).
        Preliminary = "PRELIMINARY",
        /// Approved and locked (fastställd).
        Confirmed = "CONFIRMED",
    }
}

vocabulary! {
    /// An indicator's light for one unit and period.
    IndicatorStatus {
        /// Target met.
        Green = "GREEN",
        /// Within the tolerance.
        Yellow = "YELLOW",
        /// Target missed.
        Red = "RED",
        /// No value.
        Missing = "MISSING",
        /// A value, but nothing to hold it against.
        NoTarget = "NO_TARGET",
    }
}

vocabulary! {
    /// The direction since the same period last year.
    Trend {
        /// Blir bättre.
        Improving = "IMPROVING",
        /// Oförändrad.
        Stable = "STABLE",
        /// Blir sämre.
        Declining = "DECLINING",
        /// Kan inte avgöras.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// What a principal may do on a unit and everything below it.
    Role {
        /// Decided and closed plans, approved reports, confirmed and month outcomes.
        Reader = "READER",
        /// Also drafts; records outcomes and reports.
        Reporter = "REPORTER",
        /// Also writes plans and what is in them.
        Planner = "PLANNER",
        /// Also approves.
        Controller = "CONTROLLER",
        /// Also units, definitions and grants.
        Admin = "ADMIN",
        /// Synchronises with other systems; reads like a reporter.
        Integration = "INTEGRATION",
    }
}

vocabulary! {
    /// Whom a role is granted to.
    PrincipalKind {
        /// A person, by the token's subject.
        User = "USER",
        /// A group, by the token's groups.
        Group = "GROUP",
        /// Another system, by the token's subject.
        Service = "SERVICE",
    }
}

vocabulary! {
    /// Who made a change.
    ActorKind {
        /// A person.
        User = "USER",
        /// Another system.
        Service = "SERVICE",
        /// Rödtråd itself.
        System = "SYSTEM",
    }
}

vocabulary! {
    /// What happened to a node.
    ChangeKind {
        /// It was made.
        Created = "CREATED",
        /// Some of its fields changed.
        Updated = "UPDATED",
        /// It was removed.
        Deleted = "DELETED",
    }
}

vocabulary! {
    /// The types of node that changes and external ids speak of.
    NodeType {
        /// A unit.
        OrgUnit = "ORG_UNIT",
        /// A plan.
        Plan = "PLAN",
        /// A chapter of a plan.
        PlanSection = "PLAN_SECTION",
        /// A governing document.
        GoverningDocument = "GOVERNING_DOCUMENT",
        /// A focus area.
        FocusArea = "FOCUS_AREA",
        /// A goal.
        Goal = "GOAL",
        /// An assignment.
        Assignment = "ASSIGNMENT",
        /// An activity.
        Activity = "ACTIVITY",
        /// An indicator.
        Indicator = "INDICATOR",
        /// A target.
        Target = "TARGET",
        /// An outcome.
        Outcome = "OUTCOME",
        /// A role grant.
        RoleGrant = "ROLE_GRANT",
    }
}
