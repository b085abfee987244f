//! What all that people edit has in common, once for every type.

use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value, registry,
};
use chrono::{DateTime, Utc};
use entity::{
    budgets::{investment_budget, operating_budget},
    follow_up::report,
    planning::plan,
    tracked::{Tracked as TrackedRow, Visible},
    vocabulary::{OutcomeState, PeriodKind},
};
use macros::object;
use uuid::Uuid;

use super::{
    access::{actor::Actor, change::Change, external_ref::ExternalRef},
    context::session,
    indicators::loader::GoverningPlan,
    loader::{ActorOf, ById, ExternalRefsOf, HistoryOf, May},
    page::{self, Connection},
    user_error::LockReason,
};
use crate::{
    access::policy::Action,
    domain::{follow_up::report::ReportKey, lock, organisation::period::Period},
    error::{Error, Result},
};

/// What decides whether a node can be changed now.
#[derive(Clone, Copy, Debug)]
pub enum Guard {
    /// A role on a unit.
    Role(Action, Uuid),
    /// A role where its plan is, and the plan.
    Plan(Uuid),
    /// A role on the unit, and the plan that sets its targets of that year.
    Target {
        /// The unit.
        unit: Uuid,
        /// The year.
        year: i32,
    },
    /// A role on the unit, the report and the calendar.
    Outcome {
        /// The unit.
        unit: Uuid,
        /// Its period.
        period: Period,
        /// Whether it is confirmed.
        state: OutcomeState,
        /// Whether its period has started.
        started: bool,
    },
    /// A role where its report is, and the report.
    Report(Uuid),
    /// A role where its budget is, the plan that governs it, and the year's annual report.
    Budget(BudgetOf),
    /// A role where its budget is, the report of the period and the calendar.
    FollowUp {
        /// Its budget.
        budget: BudgetOf,
        /// The period.
        period: Period,
        /// Whether that has started.
        started: bool,
    },
    /// Nobody changes what is worked out.
    Derived,
}

/// A budget of either kind, by its key.
#[derive(Clone, Copy, Debug)]
pub enum BudgetOf {
    /// An investment budget.
    Investment(Uuid),
    /// An operating budget.
    Operating(Uuid),
}

impl BudgetOf {
    /// Its unit and year.
    async fn place(self, ctx: &Context<'_>) -> Result<Option<(Uuid, i32)>> {
        let loader = &session(ctx).loader;
        Ok(match self {
            Self::Investment(id) => {
                let budget = loader.load_one(ById::<investment_budget::Entity>::new(id)).await?;
                budget.map(|budget| (budget.org_unit_id, budget.year))
            }
            Self::Operating(id) => {
                let budget = loader.load_one(ById::<operating_budget::Entity>::new(id)).await?;
                budget.map(|budget| (budget.org_unit_id, budget.year))
            }
        })
    }
}

/// The fields that every type which people edit has.
pub struct TrackedFields {
    id: Uuid,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    updated_by: Option<Uuid>,
    guard: Guard,
}

impl TrackedFields {
    /// The fields of a stored row.
    pub fn of<M: TrackedRow>(row: &M, guard: Guard) -> Self
    where
        M::Entity: Visible<Model = M>,
    {
        Self {
            id: row.id(),
            version: row.version(),
            created_at: row.created_at(),
            updated_at: row.updated_at(),
            updated_by: Some(row.updated_by()),
            guard,
        }
    }

    /// The fields of what is worked out from other rows, the last of them changed at `at`.
    #[must_use]
    pub fn derived(at: DateTime<Utc>) -> Self {
        Self {
            id: Uuid::nil(),
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: None,
            guard: Guard::Derived,
        }
    }
}

/// Everything that people edit.
#[object]
impl TrackedFields {
    /// Counts up by one for each change; send it with an update or a delete. 0 for what is worked out.
    fn version(&self) -> i32 {
        self.version
    }

    /// When it was made.
    fn created_at(&self) -> DateTime<Utc> {
        self.created_at
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    /// Who changed it last.
    async fn updated_by(&self, ctx: &Context<'_>) -> Result<Actor> {
        let Some(id) = self.updated_by else { return Ok(Actor::system()) };
        let actor = session(ctx).loader.load_one(ActorOf(id)).await?;
        actor.map(Into::into).ok_or_else(|| Error::internal("a node without actor"))
    }

    /// Who changed what, newest first, with the values before and after. What was done while it was a draft
    /// is shown to those who see drafts there. Errors: BAD_USER_INPUT for an impossible page.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, to older changes.")] after: Option<
            String,
        >,
    ) -> Result<Connection<Change>> {
        let cut = page::cut(ctx, first, after, None, None)?;
        let has_previous = cut.cursor.is_some();
        let history =
            session(ctx).loader.load_one(HistoryOf(self.id, cut)).await?.unwrap_or_default();
        session(ctx).spend(history.changes.len())?;
        let rows = history
            .changes
            .into_iter()
            .map(|change| (Change::cursor_of(&change), Change(change)))
            .collect();
        Ok(Connection::new(rows, has_previous, history.has_next, history.total))
    }

    /// The ids that other systems know this by.
    async fn external_refs(&self, ctx: &Context<'_>) -> Result<Vec<ExternalRef>> {
        let refs = session(ctx).loader.load_one(ExternalRefsOf(self.id)).await?;
        Ok(refs.unwrap_or_default().into_iter().map(Into::into).collect())
    }

    /// Why the caller cannot change this now; empty when they can. The same codes come back in userErrors.
    async fn viewer_cannot_update(&self, ctx: &Context<'_>) -> Result<Vec<LockReason>> {
        let loader = &session(ctx).loader;
        let may = async |action, unit| {
            Ok::<_, Error>(loader.load_one(May(action, unit)).await?.unwrap_or(false))
        };
        let reasons = match self.guard {
            Guard::Role(action, unit) => lock::by_role(may(action, unit).await?),
            Guard::Plan(plan) => match loader.load_one(ById::<plan::Entity>::new(plan)).await? {
                Some(plan) => {
                    lock::in_plan(may(Action::Plan, plan.org_unit_id).await?, plan.status)
                }
                None => lock::by_role(false),
            },
            Guard::Target { unit, year } => {
                let plan = loader.load_one(GoverningPlan(unit, year)).await?;
                let may = may(Action::Plan, unit).await?;
                plan.map_or_else(|| lock::by_role(may), |status| lock::in_plan(may, status))
            }
            Guard::Outcome { unit, period, state, started } => {
                let report = match period.kind() {
                    PeriodKind::Month => None,
                    _ => loader.load_one(ReportKey { unit, period }).await?,
                };
                let report = report.map(|report| report.status);
                lock::outcome(may(Action::Report, unit).await?, state, report, started)
            }
            Guard::Report(report) => {
                match loader.load_one(ById::<report::Entity>::new(report)).await? {
                    Some(report) => {
                        let may = may(Action::Report, report.org_unit_id).await?;
                        lock::in_report(may, report.status)
                    }
                    None => lock::by_role(false),
                }
            }
            Guard::Budget(budget) => match budget.place(ctx).await? {
                Some((unit, year)) => {
                    let plan = loader.load_one(GoverningPlan(unit, year)).await?;
                    let annual = match Period::new(year, PeriodKind::Ar, None) {
                        Ok(period) => loader.load_one(ReportKey { unit, period }).await?,
                        Err(_) => None,
                    };
                    let annual = annual.map(|report| report.status);
                    lock::budget(may(Action::Plan, unit).await?, plan, annual)
                }
                None => lock::by_role(false),
            },
            Guard::FollowUp { budget, period, started } => match budget.place(ctx).await? {
                Some((unit, _)) => {
                    let report = match period.kind() {
                        PeriodKind::Month => None,
                        _ => loader.load_one(ReportKey { unit, period }).await?,
                    };
                    let report = report.map(|report| report.status);
                    let may = may(Action::Report, unit).await?;
                    lock::outcome(may, OutcomeState::Preliminary, report, started)
                }
                None => lock::by_role(false),
            },
            Guard::Derived => vec![crate::domain::problem::LockReason::Derived],
        };
        Ok(reasons.into_iter().map(Into::into).collect())
    }
}

/// The interface in the schema. No field returns it, so it is only registered: fragments on it are
/// resolved by the types themselves.
pub struct Tracked;

impl Tracked {
    /// The types that implement it.
    pub const TYPES: [&'static str; 20] = [
        "OrgUnit",
        "Plan",
        "PlanSection",
        "GoverningDocument",
        "FocusArea",
        "Goal",
        "Assignment",
        "Activity",
        "Indicator",
        "Target",
        "Outcome",
        "FollowUpReport",
        "Assessment",
        "CalendarEvent",
        "InvestmentBudget",
        "InvestmentItem",
        "InvestmentItemFollowUp",
        "OperatingBudget",
        "BudgetLine",
        "BudgetLineFollowUp",
    ];
}

impl OutputType for Tracked {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Tracked".into()
    }

    fn create_type_info(registry: &mut registry::Registry) -> String {
        for name in Self::TYPES {
            registry.add_implements(name, "Tracked");
        }
        registry.create_output_type::<Self, _>(registry::MetaTypeId::Interface, |registry| {
            let fields = match registry.create_fake_output_type::<TrackedFields>() {
                registry::MetaType::Object { fields, .. } => fields,
                _ => Default::default(),
            };
            registry::MetaType::Interface {
                name: "Tracked".to_owned(),
                description: Some("Everything that people edit.".to_owned()),
                fields,
                possible_types: Self::TYPES.iter().map(|name| (*name).to_owned()).collect(),
                extends: false,
                inaccessible: false,
                tags: Vec::new(),
                keys: None,
                visible: None,
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            }
        })
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<async_graphql::parser::types::Field>,
    ) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}
