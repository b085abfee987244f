//! What a decided report consists of. These names are read for ever: a change of them is a new `format`.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    fixed::Fixed,
    vocabulary::{
        BudgetLineKind, Currency, DecisionLevel, IndicatorAggregation, IndicatorCategory,
        IndicatorDirection, IndicatorStatus, InternalControlConclusion, InvestmentKind,
        MissingReason, NodeType, OrgUnitKind, OutcomeOrigin, OutcomeState, PeriodKind,
        ProgressStatus, StatusLight, Trend, Verdict,
    },
};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// How a content of this shape calls itself.
pub const FORMAT: &str = "rodtrad/follow-up-report/2";

/// A decided report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    pub format: &'static str,
    pub id: String,
    pub org_unit: Unit,
    /// The units above, the root first.
    pub above: Vec<Unit>,
    pub plan: Plan,
    pub period: Period,
    pub due_on: NaiveDate,
    pub summary: Option<String>,
    pub internal_control_conclusion: Option<InternalControlConclusion>,
    pub submitted: Submitted,
    pub approved: Approved,
    pub assessments: Vec<Assessed>,
    pub scorecard: Vec<Measured>,
    pub economy: Economy,
    pub investments: Investments,
    /// Results of internal control, once there are any.
    pub control_results: [(); 0],
    /// The approved reports right below that it drew on.
    pub sub_reports: Vec<SubReport>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    pub id: String,
    pub code: String,
    pub name: String,
    pub kind: OrgUnitKind,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    pub id: String,
    pub title: String,
    pub year: i32,
    pub registry_number: Option<String>,
    pub decided_on: Option<NaiveDate>,
    pub decided_by: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    pub year: i32,
    pub kind: PeriodKind,
    pub label: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Submitted {
    #[serde(serialize_with = "instant")]
    pub at: DateTime<Utc>,
    pub by: Person,
    /// Why it did not wait for the reports right below.
    pub reason: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Approved {
    #[serde(serialize_with = "instant")]
    pub at: DateTime<Utc>,
    pub by: Person,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub subject: String,
    pub name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessed {
    pub subject: Subject,
    pub verdict: Option<Verdict>,
    pub progress: Option<ProgressStatus>,
    pub suggested: StatusLight,
    pub comment: Option<String>,
    pub obstacles: Option<String>,
    pub next_steps: Option<String>,
    pub previous: Option<Previous>,
}

/// What is said of one thing in the report before.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Previous {
    pub year: i32,
    pub kind: PeriodKind,
    pub verdict: Option<Verdict>,
    pub progress: Option<ProgressStatus>,
    pub comment: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    #[serde(flatten)]
    pub itself: Named,
    pub description: Option<String>,
    /// How far an assignment or an activity had come in the plan.
    pub status: Option<ProgressStatus>,
    /// What it hangs under, the nearest last.
    pub under: Vec<Named>,
    /// The goal or assignment that it is part of.
    pub breaks_down: Option<Named>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    #[serde(rename = "type")]
    pub node: NodeType,
    pub id: String,
    /// Of an indicator its code.
    pub number: Option<String>,
    pub name: String,
}

/// One indicator of the unit in the period.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    pub indicator: Indicator,
    pub target: Option<Target>,
    pub outcome: Option<Outcome>,
    pub women: Option<Outcome>,
    pub men: Option<Outcome>,
    /// The same period last year.
    pub previous: Option<Outcome>,
    pub deviation: Option<Exact>,
    pub status: IndicatorStatus,
    pub trend: Trend,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Indicator {
    pub id: String,
    pub code: String,
    pub name: String,
    pub definition: Option<String>,
    pub category: IndicatorCategory,
    pub unit: String,
    pub decimals: i32,
    pub direction: IndicatorDirection,
    pub aggregation: IndicatorAggregation,
    pub tolerance: Option<Exact>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub value: Exact,
    pub decided_at: DecisionLevel,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    pub value: Option<Exact>,
    /// As it is written in Swedish, with its unit.
    pub display_value: String,
    pub numerator: Option<Exact>,
    pub denominator: Option<Exact>,
    pub missing_reason: Option<MissingReason>,
    pub state: OutcomeState,
    pub origin: OutcomeOrigin,
    pub coverage: Option<Coverage>,
    pub forecast: Option<Exact>,
    pub comment: Option<String>,
}

/// The period's economy.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Economy {
    pub comment: Option<String>,
    pub period_result: Option<Money>,
    pub accumulated_budget_deviation: Option<Money>,
    pub forecast_budget_deviation: Option<Money>,
    pub forecast_investment_deviation: Option<Money>,
    /// Per cent against the same period last year.
    pub cost_development: Option<Amount>,
    pub revenue_development: Option<Amount>,
    /// The lines of the unit's operating budget.
    pub lines: Vec<Line>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    pub kind: BudgetLineKind,
    pub name: String,
    pub budget: Money,
    pub outcome: Option<Money>,
    pub forecast: Option<Money>,
}

/// What has been invested.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Investments {
    pub comment: Option<String>,
    /// The unit's investment budget in the period.
    pub budget: Option<InvestmentBudget>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvestmentBudget {
    pub frame: Money,
    pub spent: Money,
    pub forecast: Money,
    pub deviation: Money,
    /// On how many of the items somebody has reported, of how many.
    pub coverage: Coverage,
    pub items: Vec<Item>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub name: String,
    pub org_unit: Unit,
    pub kind: InvestmentKind,
    pub category: Option<String>,
    pub amount: Money,
    pub spent: Option<Money>,
    pub forecast: Option<Money>,
    pub comment: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    pub amount: Amount,
    pub currency: Currency,
}

/// How many units are in a sum, of how many.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    pub contributing: u32,
    pub expected: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubReport {
    pub org_unit: Unit,
    pub sha256: String,
}

/// An exact number, as the API writes it: a text.
pub struct Exact(pub Fixed);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.to_decimal().normalize())
    }
}

/// An exact number that may be larger: a text.
pub struct Amount(pub Decimal);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.normalize())
    }
}

fn instant<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.format("%Y-%m-%dT%H:%M:%S%.6fZ"))
}
