//! Something that is invested in (investering).

use async_graphql::{Context, ID};
use entity::{
    budgets::{investment_budget, investment_follow_up, investment_item},
    money::Hundredths,
    organisation::org_unit,
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod list;
pub mod update;
pub mod year;

pub use create::InvestmentItemCreate;
pub use delete::InvestmentItemDelete;
pub use list::{InvestmentItemFilter, InvestmentItemOrder, list};
pub use update::InvestmentItemUpdate;

use self::year::InvestmentYear;
use super::{
    investment::{SaidAt, SpentOf, TransferredOf, UnitOf, YearsOf},
    investment_budget::InvestmentBudget,
    investment_follow_up::InvestmentItemFollowUp,
    money::Money,
};
use crate::{
    domain::budgets::{investment as domain, money},
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::{org_unit::OrgUnit, period::PeriodInput},
        page,
        tracked::{BudgetOf, Guard, TrackedFields},
        vocabulary::InvestmentKind,
    },
};

/// Something that is invested in (investering).
pub struct InvestmentItem(pub investment_item::Model);

impl From<investment_item::Model> for InvestmentItem {
    fn from(row: investment_item::Model) -> Self {
        Self(row)
    }
}

impl InvestmentItem {
    async fn in_budget(&self, ctx: &Context<'_>) -> Result<investment_budget::Model> {
        let id = ById::<investment_budget::Entity>::new(self.0.budget_id);
        let budget = session(ctx).loader.load_one(id).await?;
        budget.ok_or_else(|| Error::internal("an item without budget"))
    }

    async fn money(&self, ctx: &Context<'_>, amount: i128) -> Result<Money> {
        let currency = self.in_budget(ctx).await?.currency;
        Ok(Money(money::Money::hundredths(amount, currency)))
    }

    async fn some_money(
        &self,
        ctx: &Context<'_>,
        amount: Option<Hundredths>,
    ) -> Result<Option<Money>> {
        let Some(Hundredths(amount)) = amount else { return Ok(None) };
        Ok(Some(self.money(ctx, amount.into()).await?))
    }
}

/// Something that is invested in (investering): its share of the budget's frame, what it is to cost over the years, and what
/// comes of it.
#[object]
impl InvestmentItem {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentItem, self.0.id)
    }

    /// The budget that it is in (investeringsbudget).
    async fn budget(&self, ctx: &Context<'_>) -> Result<InvestmentBudget> {
        Ok(InvestmentBudget(self.in_budget(ctx).await?))
    }

    /// The unit that it is for (enhet): the budget's or one below it. When that unit has been moved away from there, the
    /// budget's.
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let loader = &session(ctx).loader;
        let unit = loader.load_one(UnitOf(self.0.id)).await?.unwrap_or(self.0.org_unit_id);
        let unit = loader.load_one(ById::<org_unit::Entity>::new(unit)).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("an item without unit"))
    }

    /// Its name (benämning).
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is new (nyinvestering) or in place of something old (återinvestering).
    fn kind(&self) -> InvestmentKind {
        self.0.kind.into()
    }

    /// What sort of thing it is (investeringsslag), e.g. "Fastighet".
    fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }

    /// What it may cost in the budget's year, transfers included (belopp).
    async fn amount(&self, ctx: &Context<'_>) -> Result<Money> {
        self.money(ctx, self.0.amount.0.into()).await
    }

    /// The amount without what was moved to and from it (ursprungligt belopp).
    async fn initial_amount(&self, ctx: &Context<'_>) -> Result<Money> {
        let moved = session(ctx).loader.load_one(TransferredOf(self.0.id)).await?;
        self.money(ctx, i128::from(self.0.amount.0) - moved.unwrap_or_default()).await
    }

    /// What it may cost over all years, as decided at the start (beslutad totalutgift); null when it is not stated.
    async fn decided_total(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        self.some_money(ctx, self.0.decided_total).await
    }

    /// What it is expected to cost over all years (beräknad totalutgift); null when it is not stated.
    async fn estimated_total(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        self.some_money(ctx, self.0.estimated_total).await
    }

    /// What had been spent on it before its first budget here (tidigare utgifter); null when it is not stated.
    async fn spent_before(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        self.some_money(ctx, self.0.spent_before).await
    }

    /// The same investment in the budget of an earlier year (fortsätter); null when there is none that the caller sees.
    async fn continues(&self, ctx: &Context<'_>) -> Result<Option<InvestmentItem>> {
        let Some(id) = self.0.continues_id else { return Ok(None) };
        let id = ById::<investment_item::Entity>::new(id);
        Ok(session(ctx).loader.load_one(id).await?.map(InvestmentItem))
    }

    /// What has been spent on it so far over all years (utfall totalt), as far as the caller sees it: before its first budget,
    /// and in each year of those that it continues and its own by the latest of UR1, UR2 and AR, or where there are only
    /// months by those together.
    async fn spent_total(&self, ctx: &Context<'_>) -> Result<Money> {
        let spent = session(ctx).loader.load_one(SpentOf(self.0.id)).await?;
        self.money(ctx, spent.unwrap_or_default()).await
    }

    /// What it is to cost by year (per år), ascending: a forecast of the year before, the budget's own year, which is always
    /// there, and plans for those after.
    async fn years(&self, ctx: &Context<'_>) -> Result<Vec<InvestmentYear>> {
        let budget = self.in_budget(ctx).await?;
        let others = session(ctx).loader.load_one(YearsOf(self.0.id)).await?.unwrap_or_default();
        let mut years: Vec<(i32, Hundredths)> =
            others.iter().map(|other| (other.year, other.amount)).collect();
        years.push((budget.year, self.0.amount));
        years.sort_unstable();
        let one = |(year, amount)| {
            InvestmentYear::new(year, budget.year, money::Money::of(amount, budget.currency))
        };
        Ok(years.into_iter().filter_map(one).collect())
    }

    /// What is said of it (uppföljningar), by the periods' ends.
    async fn follow_ups(&self, ctx: &Context<'_>) -> Result<Vec<InvestmentItemFollowUp>> {
        page::whole::<investment_follow_up::Entity, _>(ctx, self.0.id, domain::OF_ITEM).await
    }

    /// What is said of it in a period (uppföljning); null when nothing is that the caller sees. Errors: BAD_USER_INPUT for no
    /// period.
    async fn follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period: a month, UR1, UR2 or AR of the budget's year.")]
        period: PeriodInput,
    ) -> Result<Option<InvestmentItemFollowUp>> {
        let key = SaidAt(self.0.id, period.period()?);
        Ok(session(ctx).loader.load_one(key).await?.map(InvestmentItemFollowUp))
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Investment(self.0.budget_id)))
    }
}
