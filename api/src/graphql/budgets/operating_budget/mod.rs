//! What a unit is to take in and spend in a year (driftbudget).

use async_graphql::ID;
use entity::{budgets::operating_budget, vocabulary::NodeType};
use macros::object;

use crate::graphql::{
    id::global,
    tracked::{BudgetOf, Guard, TrackedFields},
};

/// What a unit is to take in and spend in a year (driftbudget).
pub struct OperatingBudget(pub operating_budget::Model);

impl From<operating_budget::Model> for OperatingBudget {
    fn from(row: operating_budget::Model) -> Self {
        Self(row)
    }
}

/// What a unit is to take in and spend in a year (driftbudget).
#[object]
impl OperatingBudget {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::OperatingBudget, self.0.id)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Operating(self.0.id)))
    }
}
