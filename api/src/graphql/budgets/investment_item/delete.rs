//! Removing an item.

use async_graphql::{Context, Object};

use crate::{
    domain::budgets::investment::item as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The item is gone.
    InvestmentItemDeleteInput => InvestmentItemDeletePayload
}

/// Removes items.
#[derive(Default)]
pub struct InvestmentItemDelete;

#[Object]
impl InvestmentItemDelete {
    /// Removes an item (investering). Needs PLANNER on the budget's unit. userErrors: NOT_FOUND; CONFLICT when it has changed;
    /// IN_USE when it was followed up, something was moved from or to it, or another item continues it; LOCKED with
    /// PLAN_CLOSED when the plan that governs the year is closed, and with REPORT_SUBMITTED or REPORT_APPROVED when the year's
    /// annual report was handed in.
    async fn investment_item_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which item.")] input: InvestmentItemDeleteInput,
    ) -> Result<InvestmentItemDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        InvestmentItemDeletePayload::of(ctx, input.id, done).await
    }
}
