//! An amount moved between two items (omdisponering inom ramen).

use async_graphql::{Context, ID};
use entity::{
    budgets::{investment_budget, investment_item, investment_transfer},
    vocabulary::NodeType,
};
use macros::object;
use uuid::Uuid;

pub mod make;

pub use make::InvestmentTransferMake;

use super::{investment_item::InvestmentItem, money::Money};
use crate::{
    domain::budgets::money,
    error::{Error, Result},
    graphql::{
        access::actor::Actor,
        context::session,
        id::global,
        loader::{ActorOf, ById},
        scalar::Date,
    },
};

/// An amount moved between two items (omdisponering inom ramen).
pub struct InvestmentTransfer(pub investment_transfer::Model);

impl From<investment_transfer::Model> for InvestmentTransfer {
    fn from(row: investment_transfer::Model) -> Self {
        Self(row)
    }
}

async fn item(ctx: &Context<'_>, id: Uuid) -> Result<InvestmentItem> {
    let item = session(ctx).loader.load_one(ById::<investment_item::Entity>::new(id)).await?;
    item.map(InvestmentItem).ok_or_else(|| Error::internal("a transfer without item"))
}

/// An amount moved between two items of a budget (omdisponering inom ramen). What they come to together stays.
#[object]
impl InvestmentTransfer {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentTransfer, self.0.id)
    }

    /// The item that it was moved from (från).
    async fn from(&self, ctx: &Context<'_>) -> Result<InvestmentItem> {
        item(ctx, self.0.from_id).await
    }

    /// The item that it was moved to (till).
    async fn to(&self, ctx: &Context<'_>) -> Result<InvestmentItem> {
        item(ctx, self.0.to_id).await
    }

    /// How much (belopp).
    async fn amount(&self, ctx: &Context<'_>) -> Result<Money> {
        let id = ById::<investment_budget::Entity>::new(self.0.budget_id);
        let budget = session(ctx).loader.load_one(id).await?;
        let budget = budget.ok_or_else(|| Error::internal("a transfer without budget"))?;
        Ok(Money(money::Money::of(self.0.amount, budget.currency)))
    }

    /// Why (motivering).
    fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The day on which it was decided (beslutsdatum).
    fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// Who made it (beslutad av).
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Actor> {
        let actor = session(ctx).loader.load_one(ActorOf(self.0.updated_by)).await?;
        actor.map(Into::into).ok_or_else(|| Error::internal("a transfer without actor"))
    }
}
