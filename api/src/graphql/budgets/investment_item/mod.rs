//! Something that is invested in (investering).

use async_graphql::ID;
use entity::{budgets::investment_item, vocabulary::NodeType};
use macros::object;

use crate::graphql::{
    id::global,
    tracked::{BudgetOf, Guard, TrackedFields},
};

/// Something that is invested in (investering).
pub struct InvestmentItem(pub investment_item::Model);

impl From<investment_item::Model> for InvestmentItem {
    fn from(row: investment_item::Model) -> Self {
        Self(row)
    }
}

/// Something that is invested in (investering).
#[object]
impl InvestmentItem {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentItem, self.0.id)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Investment(self.0.budget_id)))
    }
}
