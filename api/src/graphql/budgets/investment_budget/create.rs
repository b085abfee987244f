//! Making an investment budget.

use async_graphql::{Context, ID, InputObject, Object};
use entity::budgets::investment_budget;

use super::InvestmentBudget;
use crate::{
    domain::budgets::investment::budget as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        budgets::money::MoneyInput,
        id::{given, given_refs},
        payload::{mutation, payload},
    },
};

/// A new investment budget.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentBudgetCreateInput {
    /// The unit whose budget it is. It stays.
    pub org_unit: ID,
    /// The year that it is for, 1900 to 2200. It stays.
    pub year: i32,
    /// What its items may come to in the year: zero or more. Its currency, SEK unless said, is that of the whole budget and
    /// stays.
    pub frame: MoneyInput,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new investment budget.
    InvestmentBudgetCreatePayload, investment_budget: InvestmentBudget of investment_budget::Entity
}

/// Makes investment budgets.
#[derive(Default)]
pub struct InvestmentBudgetCreate;

#[Object]
impl InvestmentBudgetCreate {
    /// Makes the investment budget (investeringsbudget) of a unit and year. Needs PLANNER on the unit. userErrors: INVALID,
    /// NOT_FOUND; DUPLICATE at `year` when there is one, or an external id is taken; LOCKED with PLAN_CLOSED when the plan
    /// that governs the year is closed, and with REPORT_SUBMITTED or REPORT_APPROVED when the year's annual report was handed
    /// in.
    async fn investment_budget_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new budget.")] input: InvestmentBudgetCreateInput,
    ) -> Result<InvestmentBudgetCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::InvestmentBudgetFields {
            frame: given(Some(input.frame.into())),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, now) = (&session.db, &session.viewer, session.now());
        let (unit, key) = (input.org_unit.0, input.idempotency_key);
        let done = domain::create(db, viewer, now, unit, input.year, fields, key).await;
        InvestmentBudgetCreatePayload::of(ctx, done).await
    }
}
