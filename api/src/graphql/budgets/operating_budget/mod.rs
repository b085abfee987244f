//! What a unit is to take in and spend in a year (driftbudget).

use std::sync::Arc;

use async_graphql::{Context, ID};
use entity::{
    budgets::operating_budget,
    organisation::org_unit,
    vocabulary::{BudgetLineKind, NodeType},
};
use macros::object;
use uuid::Uuid;

pub mod create;
pub mod delete;
pub mod loader;
pub mod query;
pub mod update;

pub use create::OperatingBudgetCreate;
pub use delete::OperatingBudgetDelete;
pub use query::OperatingBudgetQuery;
pub use update::OperatingBudgetUpdate;

use self::loader::{CountedOf, LinesIn, OperatingBudgetOf, SumsIn};
use super::{
    budget_line::BudgetLine,
    economy::{self, EconomySummary},
    money::Money,
};
use crate::{
    domain::budgets::{economy::EconomyKey, money as amounts, operating::Sums},
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::{loader::PlanOf, org_unit::OrgUnit, period::PeriodInput},
        planning::plan::Plan,
        tracked::{BudgetOf, Guard, TrackedFields},
        vocabulary::Currency,
    },
};

/// What a unit is to take in and spend in a year (driftbudget).
pub struct OperatingBudget(pub operating_budget::Model);

impl From<operating_budget::Model> for OperatingBudget {
    fn from(row: operating_budget::Model) -> Self {
        Self(row)
    }
}

/// The operating budget of a unit and year, when the caller sees it.
///
/// # Errors
/// Whatever the database says.
pub async fn of(ctx: &Context<'_>, unit: Uuid, year: i32) -> Result<Option<OperatingBudget>> {
    let budget = session(ctx).loader.load_one(OperatingBudgetOf(unit, year)).await?;
    Ok(budget.map(OperatingBudget))
}

impl OperatingBudget {
    /// The budgets whose lines count in this one.
    async fn parts(&self, ctx: &Context<'_>) -> Result<Arc<Vec<Uuid>>> {
        let parts = session(ctx).loader.load_one(CountedOf(self.0.id)).await?;
        Ok(parts.unwrap_or_default())
    }

    async fn sums(&self, ctx: &Context<'_>) -> Result<Sums> {
        let parts = self.parts(ctx).await?;
        let keys: Vec<SumsIn> = parts.iter().map(|part| SumsIn(*part)).collect();
        let sums = session(ctx).loader.load_many(keys).await?;
        Ok(sums.into_values().fold(Sums::default(), Sums::and))
    }

    fn money(&self, amount: i128) -> Money {
        amounts::Money::hundredths(amount, self.0.currency).into()
    }
}

/// What a unit is to take in and spend in a year (driftbudget). It belongs to the unit's plan of that year, or to that of
/// the nearest unit above with one, and is seen by those who see that plan. A budget without lines of its own shows those
/// of the nearest budgets below that have some, of the same year and currency, as far as the caller sees them; what a unit
/// has said itself wins, so that nothing is added twice.
#[object]
impl OperatingBudget {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::OperatingBudget, self.0.id)
    }

    /// The unit whose budget it is (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let id = ById::<org_unit::Entity>::new(self.0.org_unit_id);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a budget without unit"))
    }

    /// The unit's own plan of the year (verksamhetsplan); null when there is none that the caller sees.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        let key = PlanOf(self.0.org_unit_id, self.0.year);
        Ok(session(ctx).loader.load_one(key).await?.map(Plan))
    }

    /// The year (budgetår).
    fn year(&self) -> i32 {
        self.0.year
    }

    /// In what all its amounts are (valuta).
    fn currency(&self) -> Currency {
        self.0.currency.into()
    }

    /// Its lines (budgetposter): its own or, of a budget that has none, those of the nearest budgets below that have some.
    /// REVENUE first, then COST, each in the order in which they were made. At most 500 of one budget. Errors:
    /// QUERY_TOO_COMPLEX when budgets below have more lines than an answer takes.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<BudgetLine>> {
        let session = session(ctx);
        let parts = self.parts(ctx).await?;
        let keys: Vec<LinesIn> = parts.iter().map(|part| LinesIn(*part)).collect();
        let found = session.loader.load_many(keys).await?;
        let mut lines: Vec<_> = found.values().flat_map(|lines| lines.iter().cloned()).collect();
        session.spend(lines.len())?;
        lines.sort_by_key(|line| (line.kind == BudgetLineKind::Cost, line.id));
        Ok(lines.into_iter().map(BudgetLine).collect())
    }

    /// What its lines of kind REVENUE add up to for the year (intäkter).
    async fn revenue(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(self.money(self.sums(ctx).await?.revenue))
    }

    /// What its lines of kind COST add up to for the year (kostnader).
    async fn cost(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(self.money(self.sums(ctx).await?.cost))
    }

    /// Revenue less cost (budgeterat resultat).
    async fn result(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(self.money(self.sums(ctx).await?.result()))
    }

    /// The economy of its unit in a period of the year (ekonomi): worked out from the follow-ups. Errors: BAD_USER_INPUT for
    /// what is no period, or one of another year.
    async fn economy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period, of the budget's year.")] period: PeriodInput,
    ) -> Result<EconomySummary> {
        let period = period.period()?;
        if period.year() != self.0.year {
            return Err(Error::BadInput(format!("The budget is of {}.", self.0.year)));
        }
        economy::of(ctx, EconomyKey { unit: self.0.org_unit_id, period }).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Operating(self.0.id)))
    }
}
