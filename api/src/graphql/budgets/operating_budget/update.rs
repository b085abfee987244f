//! Changing an operating budget.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::budgets::operating_budget;

use super::{super::budget_line::BudgetLineSet, OperatingBudget};
use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{sent, sent_refs},
        payload::{mutation, payload},
    },
};

/// What to change of an operating budget. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct OperatingBudgetUpdateInput {
    /// The operating budget.
    pub id: ID,
    /// The version that the caller has read; it counts changes of lines too.
    pub version: i32,
    /// Its own lines, at most 500: the whole list. A line is known by its kind and name: one that is there gets the amount,
    /// a new one is made, and one that is left out is removed. Lines that somebody else has changed since the version, and
    /// that the caller sends as they were then, stay as they are now.
    pub lines: MaybeUndefined<Vec<BudgetLineSet>>,
    /// What other systems call it: the whole list.
    pub external_refs: MaybeUndefined<Vec<ExternalRefSet>>,
}

payload! {
    /// The changed operating budget.
    OperatingBudgetUpdatePayload, operating_budget: OperatingBudget of operating_budget::Entity
}

/// Changes operating budgets.
#[derive(Default)]
pub struct OperatingBudgetUpdate;

#[Object]
impl OperatingBudgetUpdate {
    /// Changes an operating budget (driftbudget) and its lines; its unit, year and currency stay. Needs PLANNER on the
    /// unit. userErrors: REQUIRED, NOT_FOUND; DUPLICATE for two lines of the same kind and name; CONFLICT for a line that
    /// somebody else has changed to something else; IN_USE for a line that is left out and has been followed up; INVALID,
    /// also for an amount of another currency, and when the lines of a kind add up to more than 15 digits before the point;
    /// LOCKED when the plan is closed or the year's annual report is handed in.
    async fn operating_budget_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: OperatingBudgetUpdateInput,
    ) -> Result<OperatingBudgetUpdatePayload> {
        let session = mutation(ctx);
        let lines = input
            .lines
            .map_value(|all| all.into_iter().map(domain::LineItem::from).collect::<Vec<_>>());
        let fields = domain::BudgetFields {
            lines: sent::<_, Vec<domain::LineItem>>(lines),
            external_refs: sent_refs(input.external_refs),
        };
        let (id, version) = (&input.id, input.version);
        let done =
            domain::update(&session.db, &session.viewer, session.now(), id, version, fields).await;
        OperatingBudgetUpdatePayload::of(ctx, done).await
    }
}
