//! A decision that changes the frame itself (anslagsförändring).

use async_graphql::{Context, ID};
use entity::{
    budgets::{frame_change, investment_budget},
    vocabulary::NodeType,
};
use macros::object;

pub mod make;

pub use make::FrameChangeMake;

use super::{investment_budget::InvestmentBudget, money::Money};
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

/// A decision that changes the frame itself (anslagsförändring).
pub struct FrameChange(pub frame_change::Model);

impl From<frame_change::Model> for FrameChange {
    fn from(row: frame_change::Model) -> Self {
        Self(row)
    }
}

impl FrameChange {
    async fn in_budget(&self, ctx: &Context<'_>) -> Result<investment_budget::Model> {
        let id = ById::<investment_budget::Entity>::new(self.0.budget_id);
        let budget = session(ctx).loader.load_one(id).await?;
        budget.ok_or_else(|| Error::internal("a change of a frame without budget"))
    }
}

/// A decision that changes the frame of an investment budget itself (anslagsförändring).
#[object]
impl FrameChange {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::FrameChange, self.0.id)
    }

    /// The budget whose frame it is (investeringsbudget).
    async fn budget(&self, ctx: &Context<'_>) -> Result<InvestmentBudget> {
        Ok(InvestmentBudget(self.in_budget(ctx).await?))
    }

    /// How much more (belopp); below zero, how much less.
    async fn amount(&self, ctx: &Context<'_>) -> Result<Money> {
        let currency = self.in_budget(ctx).await?.currency;
        Ok(Money(money::Money::of(self.0.amount, currency)))
    }

    /// Why (motivering).
    fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The day on which it was decided (beslutsdatum).
    fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// The number under which the decision is registered (diarienummer).
    fn registry_number(&self) -> Option<&str> {
        self.0.registry_number.as_deref()
    }

    /// Who recorded it (registrerad av).
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Actor> {
        let actor = session(ctx).loader.load_one(ActorOf(self.0.updated_by)).await?;
        actor.map(Into::into).ok_or_else(|| Error::internal("a change of a frame without actor"))
    }
}
