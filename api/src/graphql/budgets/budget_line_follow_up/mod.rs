//! What a budget line has come to in a period (utfall och prognos).

use async_graphql::{Context, ID};
use entity::{
    budgets::{budget_line, budget_line_follow_up},
    money::Hundredths,
    organisation::org_unit,
    vocabulary::NodeType,
};
use macros::object;

pub mod record;

pub use record::OperatingFollowUpRecord;

use super::{
    budget_line::{BudgetLine, budget_of},
    money::Money,
};
use crate::{
    domain::budgets::{money as amounts, operating as domain},
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::period::Period,
        tracked::{BudgetOf, Guard, TrackedFields},
    },
};

/// What a budget line has come to in a period (utfall och prognos).
pub struct BudgetLineFollowUp(pub budget_line_follow_up::Model);

impl From<budget_line_follow_up::Model> for BudgetLineFollowUp {
    fn from(row: budget_line_follow_up::Model) -> Self {
        Self(row)
    }
}

impl BudgetLineFollowUp {
    async fn of(&self, ctx: &Context<'_>) -> Result<budget_line::Model> {
        let line = ById::<budget_line::Entity>::new(self.0.line_id);
        let line = session(ctx).loader.load_one(line).await?;
        line.ok_or_else(|| Error::internal("a follow-up without line"))
    }

    async fn money(&self, ctx: &Context<'_>, amount: Hundredths) -> Result<Money> {
        let currency = budget_of(ctx, self.0.budget_id).await?.currency;
        Ok(amounts::Money::of(amount, currency).into())
    }
}

/// What a budget line has come to in a period, and is expected to for the year (utfall och prognos). Of a month it is seen
/// by those who see the budget; of UR1, UR2 and AR only by those who see drafts, until the unit's report of the period is
/// approved.
#[object]
impl BudgetLineFollowUp {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::BudgetLineFollowUp, self.0.id)
    }

    /// The line (budgetpost).
    async fn line(&self, ctx: &Context<'_>) -> Result<BudgetLine> {
        Ok(BudgetLine(self.of(ctx).await?))
    }

    /// The period (period).
    async fn period(&self, ctx: &Context<'_>) -> Result<Period> {
        let unit = budget_of(ctx, self.0.budget_id).await?.org_unit_id;
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(unit)).await?;
        let unit = unit.ok_or_else(|| Error::internal("a budget without unit"))?;
        Ok(Period::new(unit.organisation_id, domain::period_of(&self.0)?))
    }

    /// What it has come to in the period (utfall): of UR1, UR2 and AR since 1 January, of a month in that month.
    async fn outcome(&self, ctx: &Context<'_>) -> Result<Money> {
        self.money(ctx, self.0.outcome).await
    }

    /// What the whole year is expected to come to (helårsprognos).
    async fn forecast(&self, ctx: &Context<'_>) -> Result<Money> {
        self.money(ctx, self.0.forecast).await
    }

    /// How much better for the result the forecast is than the budget (budgetavvikelse): of REVENUE forecast less budget, of
    /// COST budget less forecast. Positive is good.
    async fn deviation(&self, ctx: &Context<'_>) -> Result<Money> {
        let line = self.of(ctx).await?;
        let currency = budget_of(ctx, self.0.budget_id).await?.currency;
        let deviation = domain::deviation(line.kind, line.amount, self.0.forecast);
        Ok(amounts::Money::hundredths(deviation, currency).into())
    }

    #[graphql(flatten)]
    async fn tracked(&self, ctx: &Context<'_>) -> Result<TrackedFields> {
        let period = domain::period_of(&self.0)?;
        let started = period.start() <= session(ctx).today();
        let budget = BudgetOf::Operating(self.0.budget_id);
        Ok(TrackedFields::of(&self.0, Guard::FollowUp { budget, period, started }))
    }
}
