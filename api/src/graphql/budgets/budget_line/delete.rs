//! Removing a line of an operating budget.

use async_graphql::{Context, Object};

use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The line is gone.
    BudgetLineDeleteInput => BudgetLineDeletePayload
}

/// Removes lines of operating budgets.
#[derive(Default)]
pub struct BudgetLineDelete;

#[Object]
impl BudgetLineDelete {
    /// Removes a line of an operating budget (budgetpost). Needs PLANNER on the budget's unit. userErrors: NOT_FOUND;
    /// CONFLICT when it has changed; IN_USE when it has been followed up; LOCKED when the plan is closed or the year's
    /// annual report is handed in.
    async fn budget_line_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which line.")] input: BudgetLineDeleteInput,
    ) -> Result<BudgetLineDeletePayload> {
        let session = mutation(ctx);
        let (id, version, now) = (&input.id, input.version, session.now());
        let done = domain::delete_line(&session.db, &session.viewer, now, id, version).await;
        BudgetLineDeletePayload::of(ctx, input.id, done).await
    }
}
