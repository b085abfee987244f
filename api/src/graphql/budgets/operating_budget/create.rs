//! Making an operating budget.

use async_graphql::{Context, ID, InputObject, Object};
use entity::budgets::operating_budget;

use super::{super::budget_line::BudgetLineSet, OperatingBudget};
use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::{
        access::external_ref::ExternalRefSet,
        id::{given, given_refs},
        payload::{mutation, payload},
        vocabulary::Currency,
    },
};

/// A new operating budget.
#[derive(InputObject, Clone, Debug)]
pub struct OperatingBudgetCreateInput {
    /// The unit whose budget it is.
    pub org_unit: ID,
    /// The year, 1900 to 2200.
    pub year: i32,
    /// In what all its amounts are; it stays.
    #[graphql(default_with = "Currency::Sek")]
    pub currency: Currency,
    /// Its lines, at most 500. A budget without lines shows those of the budgets below.
    pub lines: Option<Vec<BudgetLineSet>>,
    /// What other systems call it.
    pub external_refs: Option<Vec<ExternalRefSet>>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The new operating budget.
    OperatingBudgetCreatePayload, operating_budget: OperatingBudget of operating_budget::Entity
}

/// Makes operating budgets.
#[derive(Default)]
pub struct OperatingBudgetCreate;

#[Object]
impl OperatingBudgetCreate {
    /// Makes the operating budget of a unit and year (driftbudget), with its lines. Needs PLANNER on the unit. userErrors:
    /// REQUIRED, NOT_FOUND; DUPLICATE when there is one of that year, and for two lines of the same kind and name; INVALID,
    /// also for an amount of another currency, and when the lines of a kind add up to more than 15 digits before the point;
    /// LOCKED when the plan is closed or the year's annual report is handed in.
    async fn operating_budget_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new operating budget.")] input: OperatingBudgetCreateInput,
    ) -> Result<OperatingBudgetCreatePayload> {
        let session = mutation(ctx);
        let fields = domain::BudgetFields {
            lines: given(input.lines.map(|all| all.into_iter().map(Into::into).collect())),
            external_refs: given_refs(input.external_refs),
        };
        let place = (input.org_unit.0, input.year, input.currency.into());
        let key = input.idempotency_key;
        let done =
            domain::create(&session.db, &session.viewer, session.now(), place, fields, key).await;
        OperatingBudgetCreatePayload::of(ctx, done).await
    }
}
