//! Operating budgets (driftbudget): the revenue and cost of a unit and year, line by line, and what they have come to.

pub mod counted;
mod fields;
mod line;
mod list;
mod load;
mod merge;
mod named;
mod record;
mod set;
mod sums;
mod write;

use entity::{
    budgets::{budget_line_follow_up, operating_budget},
    organisation::org_unit,
    vocabulary::NodeType,
};
use uuid::Uuid;

pub use fields::LineItem;
pub use line::{LineFields, create as create_line, delete as delete_line, update as update_line};
pub use list::{OF_LINE, OperatingBudgetFilter, OperatingBudgetOrder, OperatingBudgetOrderField};
pub use load::{FollowUpKey, follow_ups, lines_in, of_years};
pub use record::{FollowUpItem, record};
pub use sums::{Sums, deviation, sums_in};
pub use write::{BudgetFields, create, delete, update};

use super::scope::for_planning;
use crate::{
    domain::{
        access::external_ref::{self, ExternalId},
        form::Sent,
        indicators::outcome::stored,
        organisation::period::Period,
        write::{FieldChange, Scope, Write},
    },
    error::Result,
};

/// The most lines that a budget has: they are read whole.
pub const MOST_LINES: usize = 500;

/// The period of a follow-up.
///
/// # Errors
/// [`crate::error::Error::Internal`] for one that cannot be.
pub fn period_of(row: &budget_line_follow_up::Model) -> Result<Period> {
    stored::period(row.year, row.kind, row.month)
}

/// Whose roles count for a budget, when the caller may change it now.
async fn scope(write: &Write, budget: &operating_budget::Model) -> Result<Scope> {
    let unit: org_unit::Model = write.find_key("id", budget.org_unit_id).await?;
    for_planning(write, &unit, budget.year).await
}

async fn set_refs(
    write: &Write,
    scope: &Scope,
    (node, id): (NodeType, Uuid),
    refs: Sent<Vec<ExternalId>>,
) -> Result<Option<FieldChange>> {
    let Some(refs) = refs else { return Ok(None) };
    external_ref::replace(write, scope, node, id, refs.unwrap_or_default()).await
}
