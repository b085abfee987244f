//! Making a line of an operating budget.

use async_graphql::{Context, ID, InputObject, Object};
use entity::budgets::budget_line;

use super::BudgetLine;
use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        budgets::money::MoneyInput,
        id::{given, given_refs},
        payload::{mutation, payload},
        vocabulary::BudgetLineKind,
    },
};

/// A new line of an operating budget.
#[derive(InputObject, Clone, Debug)]
pub struct BudgetLineCreateInput {
    /// The operating budget that it is in, of at most 500 lines.
    pub operating_budget: ID,
    /// Revenue or cost; it stays.
    pub kind: BudgetLineKind,
    /// Its name; 1 to 300 characters, and of its kind only once in the budget.
    pub name: String,
    /// What is budgeted for the year, in the budget's currency. It may be negative: a credit, or savings to be found.
    pub budget: MoneyInput,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new line.
    BudgetLineCreatePayload, budget_line: BudgetLine of budget_line::Entity
}

/// Makes lines of operating budgets.
#[derive(Default)]
pub struct BudgetLineCreate;

#[Object]
impl BudgetLineCreate {
    /// Makes a line of an operating budget (budgetpost). Needs PLANNER on the budget's unit. userErrors: REQUIRED,
    /// NOT_FOUND; DUPLICATE when there is one of that kind and name; INVALID, also for an amount of another currency, when
    /// the lines of a kind add up to more than 15 digits before the point, and for more than 500 lines; LOCKED when the plan
    /// is closed or the year's annual report is handed in.
    async fn budget_line_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new line.")] input: BudgetLineCreateInput,
    ) -> Result<BudgetLineCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::LineFields {
            name: given(Some(input.name)),
            budget: given(Some(input.budget.into())),
            external_refs: given_refs(input.external_refs),
        };
        let place = (input.operating_budget.0, input.kind.into());
        let key = input.idempotency_key;
        let now = session.now();
        let done = domain::create_line(&session.db, &session.viewer, now, place, fields, key).await;
        BudgetLineCreatePayload::of(ctx, done).await
    }
}
