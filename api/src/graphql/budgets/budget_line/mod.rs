//! Revenue or cost of a sort (budgetpost).

use async_graphql::{Context, ID, InputObject};
use entity::{
    budgets::{budget_line, budget_line_follow_up, operating_budget},
    organisation::org_unit,
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod update;

pub use create::BudgetLineCreate;
pub use delete::BudgetLineDelete;
pub use update::BudgetLineUpdate;

use super::{
    budget_line_follow_up::BudgetLineFollowUp,
    money::{Money, MoneyInput},
    operating_budget::OperatingBudget,
};
use crate::{
    domain::budgets::{money as amounts, operating as domain},
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::{org_unit::OrgUnit, period::PeriodInput},
        page,
        tracked::{BudgetOf, Guard, TrackedFields},
        vocabulary::BudgetLineKind,
    },
};

/// A line of an operating budget (budgetpost).
#[derive(InputObject, Clone, Debug)]
pub struct BudgetLineSet {
    /// Revenue or cost.
    pub kind: BudgetLineKind,
    /// Its name; 1 to 300 characters, and of its kind only once in the budget.
    pub name: String,
    /// What is budgeted for the year, in the budget's currency. It may be negative: a credit, or savings to be found.
    pub budget: MoneyInput,
}

impl From<BudgetLineSet> for domain::LineItem {
    fn from(line: BudgetLineSet) -> Self {
        let BudgetLineSet { kind, name, budget } = line;
        Self { kind: kind.into(), name, budget: budget.into() }
    }
}

/// Revenue or cost of a sort (budgetpost).
pub struct BudgetLine(pub budget_line::Model);

impl From<budget_line::Model> for BudgetLine {
    fn from(row: budget_line::Model) -> Self {
        Self(row)
    }
}

/// The operating budget with that key, in which something is that the caller has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn budget_of(ctx: &Context<'_>, id: uuid::Uuid) -> Result<operating_budget::Model> {
    let budget = session(ctx).loader.load_one(ById::<operating_budget::Entity>::new(id)).await?;
    budget.ok_or_else(|| Error::internal("a line without budget"))
}

/// Revenue or cost of a sort in an operating budget (budgetpost): salaries, fees, rents. It is seen by those who see the
/// budget.
#[object]
impl BudgetLine {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::BudgetLine, self.0.id)
    }

    /// The operating budget that it is in (driftbudget).
    async fn operating_budget(&self, ctx: &Context<'_>) -> Result<OperatingBudget> {
        Ok(OperatingBudget(budget_of(ctx, self.0.budget_id).await?))
    }

    /// The unit whose budget it is in (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let unit = budget_of(ctx, self.0.budget_id).await?.org_unit_id;
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(unit)).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a budget without unit"))
    }

    /// Revenue or cost (intäkt eller kostnad).
    fn kind(&self) -> BudgetLineKind {
        self.0.kind.into()
    }

    /// Its name (benämning).
    fn name(&self) -> &str {
        &self.0.name
    }

    /// What is budgeted for the year (budget).
    async fn budget(&self, ctx: &Context<'_>) -> Result<Money> {
        let currency = budget_of(ctx, self.0.budget_id).await?.currency;
        Ok(amounts::Money::of(self.0.amount, currency).into())
    }

    /// What it has come to in each period that the caller sees (uppföljningar): by the end of the period, a month before the
    /// follow-up that normally ends with it. At most 15.
    async fn follow_ups(&self, ctx: &Context<'_>) -> Result<Vec<BudgetLineFollowUp>> {
        page::whole::<budget_line_follow_up::Entity, _>(ctx, self.0.id, domain::OF_LINE).await
    }

    /// What it has come to in a period (uppföljning); null when nobody has said, or the caller does not see it. Errors:
    /// BAD_USER_INPUT for what is no period.
    async fn follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period, of the budget's year.")] period: PeriodInput,
    ) -> Result<Option<BudgetLineFollowUp>> {
        let key = domain::FollowUpKey { line: self.0.id, period: period.period()? };
        Ok(session(ctx).loader.load_one(key).await?.map(BudgetLineFollowUp))
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Operating(self.0.budget_id)))
    }
}
