//! Changing an investment budget.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::budgets::investment_budget;

use super::InvestmentBudget;
use crate::{
    domain::budgets::investment::budget as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        budgets::money::MoneyInput,
        id::{sent, sent_refs},
        payload::{mutation, payload},
    },
};

/// What to change of an investment budget. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentBudgetUpdateInput {
    /// The budget.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// What its items may come to, changes of the frame included; not less than they do, and cannot be cleared. To change it
    /// by a decision that is kept, use investmentFrameChange.
    pub frame: MaybeUndefined<MoneyInput>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed investment budget.
    InvestmentBudgetUpdatePayload, investment_budget: InvestmentBudget of investment_budget::Entity
}

/// Changes investment budgets.
#[derive(Default)]
pub struct InvestmentBudgetUpdate;

#[Object]
impl InvestmentBudgetUpdate {
    /// Changes an investment budget (investeringsbudget). Needs PLANNER on the budget's unit. userErrors: REQUIRED, NOT_FOUND,
    /// DUPLICATE; INVALID, also at `frame` for one that is less than what its items come to, which says how much is missing;
    /// CONFLICT for a field that somebody else changed; LOCKED with PLAN_CLOSED when the plan that governs the year is
    /// closed, and with REPORT_SUBMITTED or REPORT_APPROVED when the year's annual report was handed in.
    async fn investment_budget_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: InvestmentBudgetUpdateInput,
    ) -> Result<InvestmentBudgetUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::InvestmentBudgetFields {
            frame: sent(input.frame),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        InvestmentBudgetUpdatePayload::of(ctx, done).await
    }
}
