//! The demo's facts, as `regionservice.json` has them.

use chrono::NaiveDate;
use entity::vocabulary::{
    BudgetLineKind, EconomyMeasure, FocusAreaOrigin, GoverningDocumentKind, IndicatorAggregation,
    IndicatorCategory, IndicatorDirection, InvestmentKind, MissingReason, OrgUnitKind, PeriodKind,
    ProgressStatus, ResponsibilityKind,
};
use rust_decimal::Decimal;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Facts {
    pub source: String,
    pub units: Vec<Unit>,
    pub council_plan: Plan,
    pub board_plan: Plan,
    pub sections: Vec<Section>,
    pub governing_documents: Vec<Document>,
    pub focus_areas: Vec<FocusArea>,
    pub activities: Vec<Activity>,
    pub indicators: Vec<Indicator>,
    pub targets: Vec<Target>,
    pub outcomes: Vec<Outcome>,
    pub investment_budget: InvestmentBudget,
    pub operating_budgets: Vec<OperatingBudget>,
}

/// What the demo has of Stockholm.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stockholm {
    pub source: String,
    pub units: Vec<Unit>,
    pub plan: Plan,
    pub investment_budget: InvestmentBudget,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvestmentBudget {
    pub org_unit: String,
    pub year: i32,
    pub frame: Decimal,
    pub items: Vec<InvestmentItem>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvestmentItem {
    pub org_unit: String,
    pub name: String,
    pub kind: InvestmentKind,
    pub category: String,
    pub amount: Decimal,
    pub decided_total: Option<Decimal>,
    pub estimated_total: Option<Decimal>,
    pub spent_before: Option<Decimal>,
    pub years: Vec<YearAmount>,
    pub follow_ups: Vec<Spent>,
}

#[derive(Deserialize)]
pub(super) struct YearAmount {
    pub year: i32,
    pub amount: Decimal,
}

#[derive(Deserialize)]
pub(super) struct Spent {
    pub kind: PeriodKind,
    pub spent: Decimal,
    pub forecast: Decimal,
    pub comment: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OperatingBudget {
    pub org_unit: String,
    pub year: i32,
    pub lines: Vec<BudgetLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BudgetLine {
    pub kind: BudgetLineKind,
    pub name: String,
    pub budget: Decimal,
    pub follow_ups: Vec<LineFollowUp>,
}

#[derive(Deserialize)]
pub(super) struct LineFollowUp {
    pub kind: PeriodKind,
    pub outcome: Decimal,
    pub forecast: Decimal,
}

#[derive(Deserialize)]
pub(super) struct Unit {
    pub code: String,
    pub name: String,
    pub kind: OrgUnitKind,
    pub parent: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Plan {
    pub org_unit: String,
    pub year: i32,
    pub title: String,
    pub decided_on: NaiveDate,
    pub decided_by: String,
}

#[derive(Deserialize)]
pub(super) struct Section {
    pub number: String,
    pub heading: String,
    pub text: String,
}

#[derive(Deserialize)]
pub(super) struct Document {
    pub title: String,
    pub kind: GoverningDocumentKind,
}

#[derive(Deserialize)]
pub(super) struct FocusArea {
    pub number: String,
    pub name: String,
    pub description: String,
    pub origin: FocusAreaOrigin,
    pub goals: Vec<Goal>,
    pub assignments: Vec<Assignment>,
}

#[derive(Deserialize)]
pub(super) struct Goal {
    pub number: String,
    pub name: String,
    pub description: String,
    pub indicators: Vec<String>,
    pub assignments: Vec<Assignment>,
}

#[derive(Deserialize)]
pub(super) struct Assignment {
    pub number: String,
    pub name: String,
    pub description: String,
    pub cascades: Option<bool>,
    pub status: ProgressStatus,
    pub responsible: Vec<Responsible>,
    pub indicators: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Responsible {
    pub kind: ResponsibilityKind,
    pub function: Option<String>,
    pub org_unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Activity {
    pub name: String,
    pub description: String,
    pub assignment: String,
    pub starts_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub responsible: Vec<Responsible>,
}

#[derive(Deserialize)]
pub(super) struct Indicator {
    pub code: String,
    pub name: String,
    pub category: IndicatorCategory,
    pub unit: String,
    pub decimals: i32,
    pub direction: IndicatorDirection,
    pub aggregation: IndicatorAggregation,
    pub definition: String,
    pub frequency: Vec<PeriodKind>,
    pub computed: Option<EconomyMeasure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Target {
    pub indicator: String,
    pub org_unit: String,
    pub year: i32,
    pub value: Decimal,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome {
    pub indicator: String,
    pub org_unit: String,
    pub year: i32,
    pub kind: PeriodKind,
    pub month: Option<i32>,
    /// None where the unit does not do what is measured.
    pub value: Option<Decimal>,
    pub missing: Option<MissingReason>,
    /// Whether the source has it; the others are made up for the demo.
    pub printed: bool,
}
