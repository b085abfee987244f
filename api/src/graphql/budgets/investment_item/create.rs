//! Making an item.

use async_graphql::{Context, ID, InputObject, Object};
use entity::budgets::investment_item;

use super::{
    InvestmentItem,
    year::{InvestmentYearInput, given_years},
};
use crate::{
    domain::budgets::investment::item as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        budgets::money::MoneyInput,
        id::{given, given_id, given_refs},
        payload::{mutation, payload},
        vocabulary::InvestmentKind,
    },
};

/// A new item.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentItemCreateInput {
    /// The budget that it is in. It stays. All amounts are in its currency.
    pub budget: ID,
    /// The unit that it is for: the budget's, which it is unless said, or one below it.
    pub org_unit: Option<ID>,
    /// Its name; 1 to 300 characters.
    pub name: String,
    /// Whether it is new.
    pub kind: InvestmentKind,
    /// What sort of thing it is; at most 300 characters.
    pub category: Option<String>,
    /// What it may cost in the budget's year: zero or more. Left out, the amount of that year in `years` is meant.
    pub amount: Option<MoneyInput>,
    /// What it is to cost in other years, at most 30; the budget's own year, when it is there, with the same amount.
    pub years: Option<Vec<InvestmentYearInput>>,
    /// What it may cost over all years, as decided at the start.
    pub decided_total: Option<MoneyInput>,
    /// What it is expected to cost over all years.
    pub estimated_total: Option<MoneyInput>,
    /// What had been spent on it before its first budget here; only of an item that continues no other.
    pub spent_before: Option<MoneyInput>,
    /// The same investment in a budget of an earlier year, of the same organisation and currency.
    pub continues: Option<ID>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new item.
    InvestmentItemCreatePayload, investment_item: InvestmentItem of investment_item::Entity
}

/// Makes items.
#[derive(Default)]
pub struct InvestmentItemCreate;

#[Object]
impl InvestmentItemCreate {
    /// Makes an item (investering) in a budget. Needs PLANNER on the budget's unit. userErrors: REQUIRED, NOT_FOUND; INVALID,
    /// also where the amount is when the budget's items would exceed its frame, which says by how much; DUPLICATE for a year
    /// that is there twice, an item that another continues already, or an external id that is taken; LOCKED with PLAN_CLOSED
    /// when the plan that governs the year is closed, and with REPORT_SUBMITTED or REPORT_APPROVED when the year's annual
    /// report was handed in.
    async fn investment_item_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new item.")] input: InvestmentItemCreateInput,
    ) -> Result<InvestmentItemCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::InvestmentItemFields {
            org_unit: given_id(input.org_unit),
            name: given(Some(input.name)),
            kind: given(Some(input.kind.into())),
            category: given(input.category),
            amount: given(input.amount.map(Into::into)),
            years: given(input.years.map(given_years)),
            decided_total: given(input.decided_total.map(Into::into)),
            estimated_total: given(input.estimated_total.map(Into::into)),
            spent_before: given(input.spent_before.map(Into::into)),
            continues: given_id(input.continues),
            external_refs: given_refs(input.external_refs),
        };
        let (db, viewer, budget) = (&session.db, &session.viewer, input.budget.0);
        let key = input.idempotency_key;
        let done = domain::create(db, viewer, session.now(), budget, fields, key).await;
        InvestmentItemCreatePayload::of(ctx, done).await
    }
}
