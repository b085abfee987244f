//! Revenue or cost of a sort (budgetpost).

use async_graphql::ID;
use entity::{budgets::budget_line, vocabulary::NodeType};
use macros::object;

use crate::graphql::{
    id::global,
    tracked::{BudgetOf, Guard, TrackedFields},
};

/// Revenue or cost of a sort (budgetpost).
pub struct BudgetLine(pub budget_line::Model);

impl From<budget_line::Model> for BudgetLine {
    fn from(row: budget_line::Model) -> Self {
        Self(row)
    }
}

/// Revenue or cost of a sort (budgetpost).
#[object]
impl BudgetLine {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::BudgetLine, self.0.id)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Operating(self.0.budget_id)))
    }
}
