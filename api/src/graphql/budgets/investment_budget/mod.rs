//! What a unit may invest in a year (investeringsbudget).

use async_graphql::ID;
use entity::{budgets::investment_budget, vocabulary::NodeType};
use macros::object;

use crate::graphql::{
    id::global,
    tracked::{BudgetOf, Guard, TrackedFields},
};

/// What a unit may invest in a year (investeringsbudget).
pub struct InvestmentBudget(pub investment_budget::Model);

impl From<investment_budget::Model> for InvestmentBudget {
    fn from(row: investment_budget::Model) -> Self {
        Self(row)
    }
}

/// What a unit may invest in a year (investeringsbudget).
#[object]
impl InvestmentBudget {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentBudget, self.0.id)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Investment(self.0.id)))
    }
}
