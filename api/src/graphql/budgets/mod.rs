//! Investment and operating budgets, what has come of them, and the economy that they add up to.

use async_graphql::MergedObject;

pub mod budget_line;
pub mod budget_line_follow_up;
pub mod frame_change;
pub mod investment;
pub mod investment_budget;
pub mod investment_follow_up;
pub mod investment_item;
pub mod investment_transfer;
pub mod money;
pub mod operating_budget;

use frame_change::FrameChangeMake;
use investment_budget::{
    InvestmentBudgetCreate, InvestmentBudgetDelete, InvestmentBudgetQuery, InvestmentBudgetUpdate,
};
use investment_follow_up::InvestmentFollowUpRecord;
use investment_item::{InvestmentItemCreate, InvestmentItemDelete, InvestmentItemUpdate};
use investment_transfer::InvestmentTransferMake;

/// Queries for budgets.
#[derive(MergedObject, Default)]
pub struct BudgetsQuery(InvestmentBudgetQuery);

/// Mutations of budgets and of what has come of them.
#[derive(MergedObject, Default)]
pub struct BudgetsMutation(
    InvestmentBudgetCreate,
    InvestmentBudgetUpdate,
    InvestmentBudgetDelete,
    InvestmentItemCreate,
    InvestmentItemUpdate,
    InvestmentItemDelete,
    InvestmentTransferMake,
    FrameChangeMake,
    InvestmentFollowUpRecord,
);
