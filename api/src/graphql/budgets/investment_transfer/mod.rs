//! An amount moved between two items (omdisponering inom ramen).

use async_graphql::ID;
use entity::{budgets::investment_transfer, vocabulary::NodeType};
use macros::object;

use crate::graphql::id::global;

/// An amount moved between two items (omdisponering inom ramen).
pub struct InvestmentTransfer(pub investment_transfer::Model);

impl From<investment_transfer::Model> for InvestmentTransfer {
    fn from(row: investment_transfer::Model) -> Self {
        Self(row)
    }
}

/// An amount moved between two items (omdisponering inom ramen).
#[object]
impl InvestmentTransfer {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentTransfer, self.0.id)
    }
}
