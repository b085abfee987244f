//! Changing an item.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::budgets::investment_item;

use super::{
    InvestmentItem,
    year::{InvestmentYearInput, given_years},
};
use crate::{
    domain::budgets::investment::item::{self as domain, GivenYear},
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        budgets::money::MoneyInput,
        id::{sent, sent_id, sent_refs},
        payload::{mutation, payload},
        vocabulary::InvestmentKind,
    },
};

/// What to change of an item. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentItemUpdateInput {
    /// The item.
    pub id: ID,
    /// The version that the caller has read.
    pub version: i32,
    /// The unit that it is for: the budget's, which it is when it is cleared, or one below it.
    pub org_unit: MaybeUndefined<ID>,
    /// Its name; 1 to 300 characters, cannot be cleared.
    pub name: MaybeUndefined<String>,
    /// Whether it is new; cannot be cleared.
    pub kind: MaybeUndefined<InvestmentKind>,
    /// What sort of thing it is; at most 300 characters.
    pub category: MaybeUndefined<String>,
    /// What it may cost in the budget's year, transfers included: zero or more, cannot be cleared. Left out, the amount of
    /// that year in `years`, when it is there, is meant.
    pub amount: MaybeUndefined<MoneyInput>,
    /// What it is to cost in other years: the whole list, at most 30; the budget's own year, when it is there, with the same
    /// amount.
    pub years: MaybeUndefined<Vec<InvestmentYearInput>>,
    /// What it may cost over all years, as decided at the start.
    pub decided_total: MaybeUndefined<MoneyInput>,
    /// What it is expected to cost over all years.
    pub estimated_total: MaybeUndefined<MoneyInput>,
    /// What had been spent on it before its first budget here; only of an item that continues no other.
    pub spent_before: MaybeUndefined<MoneyInput>,
    /// The same investment in a budget of an earlier year, of the same organisation and currency.
    pub continues: MaybeUndefined<ID>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed item.
    InvestmentItemUpdatePayload, investment_item: InvestmentItem of investment_item::Entity
}

/// Changes items.
#[derive(Default)]
pub struct InvestmentItemUpdate;

#[Object]
impl InvestmentItemUpdate {
    /// Changes an item (investering). Needs PLANNER on the budget's unit. userErrors: REQUIRED, NOT_FOUND; INVALID, also where
    /// the amount is when the budget's items would exceed its frame, which says by how much; DUPLICATE for a year that is
    /// there twice, an item that another continues already, or an external id that is taken; CONFLICT for a field that
    /// somebody else changed; LOCKED with PLAN_CLOSED when the plan that governs the year is closed, and with REPORT_SUBMITTED
    /// or REPORT_APPROVED when the year's annual report was handed in.
    async fn investment_item_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: InvestmentItemUpdateInput,
    ) -> Result<InvestmentItemUpdatePayload> {
        let session = mutation(ctx);
        let fields = domain::InvestmentItemFields {
            org_unit: sent_id(input.org_unit),
            name: sent(input.name),
            kind: sent(input.kind),
            category: sent(input.category),
            amount: sent(input.amount),
            years: sent::<_, Vec<GivenYear>>(input.years.map_value(given_years)),
            decided_total: sent(input.decided_total),
            estimated_total: sent(input.estimated_total),
            spent_before: sent(input.spent_before),
            continues: sent_id(input.continues),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        InvestmentItemUpdatePayload::of(ctx, done).await
    }
}
