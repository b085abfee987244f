//! Removing an operating budget.

use async_graphql::{Context, Object};

use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::payload::{mutation, removal},
};

removal! {
    /// The operating budget is gone.
    OperatingBudgetDeleteInput => OperatingBudgetDeletePayload
}

/// Removes operating budgets.
#[derive(Default)]
pub struct OperatingBudgetDelete;

#[Object]
impl OperatingBudgetDelete {
    /// Removes an operating budget (driftbudget) with its lines. Needs PLANNER on the unit. userErrors: NOT_FOUND; CONFLICT
    /// when it or one of its lines has changed; IN_USE when a line has been followed up; LOCKED when the plan is closed or
    /// the year's annual report is handed in.
    async fn operating_budget_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which operating budget.")] input: OperatingBudgetDeleteInput,
    ) -> Result<OperatingBudgetDeletePayload> {
        let session = mutation(ctx);
        let (id, version) = (&input.id, input.version);
        let done = domain::delete(&session.db, &session.viewer, session.now(), id, version).await;
        OperatingBudgetDeletePayload::of(ctx, input.id, done).await
    }
}
