//! Changing a line of an operating budget.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::budgets::budget_line;

use super::BudgetLine;
use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        budgets::money::MoneyInput,
        id::{sent, sent_refs},
        payload::{mutation, payload},
    },
};

/// What to change of a line. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct BudgetLineUpdateInput {
    /// The line.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// Its name; 1 to 300 characters, and of its kind only once in the budget; cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// What is budgeted for the year, in the budget's currency; cannot be cleared.
    pub budget: MaybeUndefined<MoneyInput>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed line.
    BudgetLineUpdatePayload, budget_line: BudgetLine of budget_line::Entity
}

/// Changes lines of operating budgets.
#[derive(Default)]
pub struct BudgetLineUpdate;

#[Object]
impl BudgetLineUpdate {
    /// Changes a line of an operating budget (budgetpost); its kind stays. Needs PLANNER on the budget's unit. userErrors:
    /// REQUIRED, NOT_FOUND; DUPLICATE when there is another of that kind and name; CONFLICT for a field that somebody else
    /// changed; INVALID, also for an amount of another currency, and when the lines of a kind add up to more than 15 digits
    /// before the point; LOCKED when the plan is closed or the year's annual report is handed in.
    async fn budget_line_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: BudgetLineUpdateInput,
    ) -> Result<BudgetLineUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::LineFields {
            name: sent(input.name),
            budget: sent(input.budget),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version, now) = (&input.id, input.version, session.now());
        let done =
            domain::update_line(&session.db, &session.viewer, now, id, version, fields).await;
        BudgetLineUpdatePayload::of(ctx, done).await
    }
}
