//! The domain's vocabularies as GraphQL enums. A value that is added to one and not to the other does not compile.

mod access;
mod budgets;
mod follow_up;

use async_graphql::Enum;

pub use access::{ActorKind, ChangeKind, NodeType, PrincipalKind, Role};
pub use budgets::{
    AmountBasis, BudgetLineKind, Currency, EconomyMeasure, InvestmentKind, MoneyUnit,
};
pub use follow_up::{CalendarEventKind, InternalControlConclusion, ReportStatus, Verdict};

use super::direct::written_by_name;

/// What sort of unit this is (fullmäktige, nämnd, förvaltning, område, avdelning, enhet, bolag).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::OrgUnitKind")]
pub enum OrgUnitKind {
    /// Fullmäktige.
    Council,
    /// Nämnd or styrelse.
    Board,
    /// Förvaltning.
    Administration,
    /// Verksamhetsområde.
    Area,
    /// Avdelning or stab.
    Department,
    /// Enhet.
    Unit,
    /// Bolag.
    Company,
}

/// The kinds of period that outcomes and reports are for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::PeriodKind")]
pub enum PeriodKind {
    /// One month (månad).
    Month,
    /// The first follow-up, from 1 January (UR1).
    #[graphql(name = "UR1")]
    Ur1,
    /// The second follow-up, from 1 January (UR2).
    #[graphql(name = "UR2")]
    Ur2,
    /// The whole year (årsrapport, ÅR).
    #[graphql(name = "AR")]
    Ar,
}

/// Where a plan is in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::PlanStatus")]
pub enum PlanStatus {
    /// Being written; seen by the unit's own roles only.
    Draft,
    /// Decided by the board (beslutad).
    Decided,
    /// The year is over (avslutad).
    Closed,
}

/// What kind of governing document a plan leans on (styrdokument).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::GoverningDocumentKind")]
pub enum GoverningDocumentKind {
    /// Lag.
    Law,
    /// Policy.
    Policy,
    /// Program.
    Programme,
    /// Riktlinje.
    Guideline,
    /// Rutin.
    Routine,
    /// Anything else.
    Other,
}

/// Who set a focus area.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::FocusAreaOrigin")]
pub enum FocusAreaOrigin {
    /// The council (fullmäktiges fokusområde).
    Council,
    /// The board itself (verksamhetens eget utvecklingsområde).
    Own,
}

/// What an activity belongs to.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::ActivityKind")]
pub enum ActivityKind {
    /// Verksamheten.
    Operations,
    /// Kompetensförsörjningsplanen.
    Competence,
    /// Arbetsmiljöplanen.
    WorkEnvironment,
}

/// The five ways of the competence plan.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::CompetenceCategory")]
pub enum CompetenceCategory {
    /// Utveckla.
    Develop,
    /// Avveckla.
    PhaseOut,
    /// Attrahera.
    Attract,
    /// Rekrytera.
    Recruit,
    /// Behålla.
    Retain,
}

/// What somebody answers for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::ResponsibilityKind")]
pub enum ResponsibilityKind {
    /// Ansvarig.
    Responsible,
    /// Rapporterar.
    Reporting,
    /// Stödjer.
    Supporting,
}

/// How far an assignment or activity has come.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::ProgressStatus")]
pub enum ProgressStatus {
    /// Ej påbörjad.
    NotStarted,
    /// Pågår.
    Ongoing,
    /// Försenad.
    Delayed,
    /// Klar.
    Done,
    /// Avbruten.
    Cancelled,
}

/// A traffic light (trafikljus).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::StatusLight")]
pub enum StatusLight {
    /// Grön.
    Green,
    /// Gul.
    Yellow,
    /// Röd.
    Red,
    /// Inget ljus.
    None,
}

/// Which family an indicator belongs to.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::IndicatorCategory")]
pub enum IndicatorCategory {
    /// Medarbetare.
    Staff,
    /// Ekonomi.
    Economy,
    /// Förvaltningsspecifik.
    Specific,
}

/// Which way is better.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::IndicatorDirection")]
pub enum IndicatorDirection {
    /// Högre är bättre.
    HigherIsBetter,
    /// Lägre är bättre.
    LowerIsBetter,
    /// Närmare målet är bättre.
    CloserIsBetter,
    /// Inget är bättre; aldrig ett ljus.
    Neutral,
}

/// How outcomes are put together up the unit tree.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::IndicatorAggregation")]
pub enum IndicatorAggregation {
    /// Not at all.
    None,
    /// The sum of the parts.
    Sum,
    /// The plain mean of the parts.
    Average,
    /// Sum of numerators over sum of denominators.
    Ratio,
}

/// Who decided a target (målnivå).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::DecisionLevel")]
pub enum DecisionLevel {
    /// Fullmäktige.
    Council,
    /// Nämnd.
    Board,
    /// Processägare.
    ProcessOwner,
    /// Processansvarig.
    ProcessManager,
    /// Enhet.
    Unit,
}

/// Whom an outcome is about (könsuppdelad statistik).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::Gender")]
pub enum Gender {
    /// Everybody.
    Total,
    /// Women.
    Women,
    /// Men.
    Men,
}

/// Why an outcome has no value that counts (bortfall).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::MissingReason")]
pub enum MissingReason {
    /// Har inte mätts.
    NotMeasured,
    /// Ej tillämplig.
    NotApplicable,
    /// Sekretess.
    Confidential,
    /// Finns inte ännu.
    NotYetAvailable,
    /// Återkallad.
    Withdrawn,
}

/// Where an outcome comes from.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::OutcomeOrigin")]
pub enum OutcomeOrigin {
    /// Somebody reported it.
    Reported,
    /// It was imported.
    Imported,
    /// Put together from the units below.
    Aggregated,
    /// Computed from other figures.
    Computed,
}

/// Whether the period's report has been approved.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::OutcomeState")]
pub enum OutcomeState {
    /// Not yet (preliminär).
    Preliminary,
    /// Approved and locked (fastställd).
    Confirmed,
}

/// An indicator's light for one unit and period.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::IndicatorStatus")]
pub enum IndicatorStatus {
    /// Target met.
    Green,
    /// Within the tolerance.
    Yellow,
    /// Target missed.
    Red,
    /// No value.
    Missing,
    /// A value, but nothing to hold it against.
    NoTarget,
}

/// The direction since the same period last year.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::Trend")]
pub enum Trend {
    /// Blir bättre.
    Improving,
    /// Oförändrad.
    Stable,
    /// Blir sämre.
    Declining,
    /// Kan inte avgöras.
    Unknown,
}

written_by_name! {
    OrgUnitKind, PeriodKind, PlanStatus, GoverningDocumentKind, FocusAreaOrigin, ActivityKind,
    CompetenceCategory, ResponsibilityKind, ProgressStatus, StatusLight, IndicatorCategory,
    IndicatorDirection, IndicatorAggregation, DecisionLevel, Gender, MissingReason, OutcomeOrigin,
    OutcomeState, IndicatorStatus, Trend
}
