//! Removing an investment budget.

use async_graphql::{Context, Object};

use crate::{
    domain::budgets::investment::budget as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The investment budget is gone.
    InvestmentBudgetDeleteInput => InvestmentBudgetDeletePayload
}

/// Removes investment budgets.
#[derive(Default)]
pub struct InvestmentBudgetDelete;

#[Object]
impl InvestmentBudgetDelete {
    /// Removes an investment budget (investeringsbudget). Needs PLANNER on the budget's unit. userErrors: NOT_FOUND; CONFLICT
    /// when it has changed; IN_USE while it has items or changes of its frame; LOCKED with PLAN_CLOSED when the plan that
    /// governs the year is closed, and with REPORT_SUBMITTED or REPORT_APPROVED when the year's annual report was handed in.
    async fn investment_budget_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which budget.")] input: InvestmentBudgetDeleteInput,
    ) -> Result<InvestmentBudgetDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        InvestmentBudgetDeletePayload::of(ctx, input.id, done).await
    }
}
