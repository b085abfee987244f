//! What has been spent on an item in a period (uppföljning av investering).

use async_graphql::{Context, ID};
use entity::{
    budgets::{investment_budget, investment_follow_up, investment_item},
    organisation::org_unit,
    vocabulary::NodeType,
};
use macros::object;

pub mod record;

pub use record::InvestmentFollowUpRecord;

use super::{investment_item::InvestmentItem, money::Money};
use crate::{
    domain::budgets::{investment::period_of, money},
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::period::Period,
        tracked::{BudgetOf, Guard, TrackedFields},
    },
};

/// What has been spent on an item in a period (uppföljning av investering).
pub struct InvestmentItemFollowUp(pub investment_follow_up::Model);

impl From<investment_follow_up::Model> for InvestmentItemFollowUp {
    fn from(row: investment_follow_up::Model) -> Self {
        Self(row)
    }
}

impl InvestmentItemFollowUp {
    async fn in_budget(&self, ctx: &Context<'_>) -> Result<investment_budget::Model> {
        let id = ById::<investment_budget::Entity>::new(self.0.budget_id);
        let budget = session(ctx).loader.load_one(id).await?;
        budget.ok_or_else(|| Error::internal("a follow-up without budget"))
    }

    async fn of_item(&self, ctx: &Context<'_>) -> Result<investment_item::Model> {
        let id = ById::<investment_item::Entity>::new(self.0.item_id);
        let item = session(ctx).loader.load_one(id).await?;
        item.ok_or_else(|| Error::internal("a follow-up without item"))
    }

    async fn money(&self, ctx: &Context<'_>, amount: i128) -> Result<Money> {
        let currency = self.in_budget(ctx).await?.currency;
        Ok(Money(money::Money::hundredths(amount, currency)))
    }
}

/// What has been spent on an item in a period, and what its year is expected to come to (uppföljning av investering). Months
/// are seen by everybody who sees the budget; UR1, UR2 and AR when the report of the budget's unit is approved, and before
/// that by those who see drafts there.
#[object]
impl InvestmentItemFollowUp {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentItemFollowUp, self.0.id)
    }

    /// The item (investering).
    async fn item(&self, ctx: &Context<'_>) -> Result<InvestmentItem> {
        Ok(InvestmentItem(self.of_item(ctx).await?))
    }

    /// The period (period).
    async fn period(&self, ctx: &Context<'_>) -> Result<Period> {
        let unit = ById::<org_unit::Entity>::new(self.in_budget(ctx).await?.org_unit_id);
        let unit = session(ctx).loader.load_one(unit).await?;
        let unit = unit.ok_or_else(|| Error::internal("a budget without unit"))?;
        Ok(Period::new(unit.organisation_id, period_of(&self.0)?))
    }

    /// What has been spent since January (utfall); of a month, in the month.
    async fn spent(&self, ctx: &Context<'_>) -> Result<Money> {
        self.money(ctx, self.0.spent.0.into()).await
    }

    /// What the year is expected to come to (prognos).
    async fn forecast(&self, ctx: &Context<'_>) -> Result<Money> {
        self.money(ctx, self.0.forecast.0.into()).await
    }

    /// The item's amount, as it is now, minus the forecast (avvikelse): above zero it will not all be used.
    async fn deviation(&self, ctx: &Context<'_>) -> Result<Money> {
        let amount = i128::from(self.of_item(ctx).await?.amount.0);
        self.money(ctx, amount - i128::from(self.0.forecast.0)).await
    }

    /// What is said about it (kommentar).
    fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    #[graphql(flatten)]
    async fn tracked(&self, ctx: &Context<'_>) -> Result<TrackedFields> {
        let period = period_of(&self.0)?;
        let started = period.start() <= session(ctx).today();
        let budget = BudgetOf::Investment(self.0.budget_id);
        Ok(TrackedFields::of(&self.0, Guard::FollowUp { budget, period, started }))
    }
}
