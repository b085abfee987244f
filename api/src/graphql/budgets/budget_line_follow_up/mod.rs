//! What a budget line has come to in a period (utfall och prognos).

use async_graphql::ID;
use entity::{budgets::budget_line_follow_up, vocabulary::NodeType};
use macros::object;

use crate::graphql::{
    id::global,
    tracked::{BudgetOf, Guard, TrackedFields},
};

/// What a budget line has come to in a period (utfall och prognos).
pub struct BudgetLineFollowUp(pub budget_line_follow_up::Model);

impl From<budget_line_follow_up::Model> for BudgetLineFollowUp {
    fn from(row: budget_line_follow_up::Model) -> Self {
        Self(row)
    }
}

/// What a budget line has come to in a period (utfall och prognos).
#[object]
impl BudgetLineFollowUp {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::BudgetLineFollowUp, self.0.id)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Operating(self.0.budget_id)))
    }
}
