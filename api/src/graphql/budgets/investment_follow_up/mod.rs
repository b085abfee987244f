//! What has been spent on an item in a period (uppföljning av investering).

use async_graphql::ID;
use entity::{budgets::investment_follow_up, vocabulary::NodeType};
use macros::object;

use crate::graphql::{
    id::global,
    tracked::{BudgetOf, Guard, TrackedFields},
};

/// What has been spent on an item in a period (uppföljning av investering).
pub struct InvestmentItemFollowUp(pub investment_follow_up::Model);

impl From<investment_follow_up::Model> for InvestmentItemFollowUp {
    fn from(row: investment_follow_up::Model) -> Self {
        Self(row)
    }
}

/// What has been spent on an item in a period (uppföljning av investering).
#[object]
impl InvestmentItemFollowUp {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentItemFollowUp, self.0.id)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Investment(self.0.budget_id)))
    }
}
