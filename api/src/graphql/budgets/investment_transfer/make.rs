//! Moving an amount between two items.

use async_graphql::{Context, ID, InputObject, Object};
use entity::budgets::investment_transfer;

use super::InvestmentTransfer;
use crate::{
    domain::budgets::investment::transfer as domain,
    error::Result,
    graphql::{
        budgets::money::MoneyInput,
        id::given,
        payload::{mutation, payload},
        scalar::Date,
    },
};

/// What to move.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentTransferInput {
    /// The item to move from.
    pub from: ID,
    /// The item to move to: another of the same budget.
    pub to: ID,
    /// How much: above zero, and at most what the first item has.
    pub amount: MoneyInput,
    /// Why; 1 to 20,000 characters.
    pub reason: String,
    /// The day on which it was decided; not in the future.
    pub decided_on: Date,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The transfer.
    InvestmentTransferPayload, transfer: InvestmentTransfer of investment_transfer::Entity
}

/// Makes transfers.
#[derive(Default)]
pub struct InvestmentTransferMake;

#[Object]
impl InvestmentTransferMake {
    /// Moves an amount between two items of a budget (omdisponering inom ramen): neither becomes negative, and their total
    /// stays. Needs PLANNER on the budget's unit. userErrors: REQUIRED, NOT_FOUND; INVALID, also at `to` for the same item or
    /// one of another budget, and at `amount` when the first item does not have so much, which says how much is missing;
    /// LOCKED with PLAN_CLOSED when the plan that governs the year is closed, and with REPORT_SUBMITTED or REPORT_APPROVED
    /// when the year's annual report was handed in.
    async fn investment_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to move.")] input: InvestmentTransferInput,
    ) -> Result<InvestmentTransferPayload> {
        let session = mutation(ctx);
        let fields = domain::TransferFields {
            from: input.from.0,
            to: input.to.0,
            amount: input.amount.into(),
            reason: given(Some(input.reason)),
            decided_on: input.decided_on.into(),
        };
        let key = input.idempotency_key;
        let done = domain::transfer(&session.db, &session.viewer, session.now(), fields, key).await;
        InvestmentTransferPayload::of(ctx, done).await
    }
}
