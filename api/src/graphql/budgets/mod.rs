//! Investment and operating budgets, what has come of them, and the economy that they add up to.

use async_graphql::MergedObject;

pub mod budget_line;
pub mod budget_line_follow_up;
pub mod economy;
pub mod frame_change;
pub mod investment;
pub mod investment_budget;
pub mod investment_follow_up;
pub mod investment_item;
pub mod investment_transfer;
pub mod money;
pub mod operating_budget;

use budget_line::{BudgetLineCreate, BudgetLineDelete, BudgetLineUpdate};
use budget_line_follow_up::OperatingFollowUpRecord;
use frame_change::FrameChangeMake;
use investment_budget::{
    InvestmentBudgetCreate, InvestmentBudgetDelete, InvestmentBudgetQuery, InvestmentBudgetUpdate,
};
use investment_follow_up::InvestmentFollowUpRecord;
use investment_item::{InvestmentItemCreate, InvestmentItemDelete, InvestmentItemUpdate};
use investment_transfer::InvestmentTransferMake;
use operating_budget::{
    OperatingBudgetCreate, OperatingBudgetDelete, OperatingBudgetQuery, OperatingBudgetUpdate,
};

/// Queries for budgets.
#[derive(MergedObject, Default)]
pub struct BudgetsQuery(InvestmentBudgetQuery, OperatingBudgetQuery);

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
    OperatingBudgetCreate,
    OperatingBudgetUpdate,
    OperatingBudgetDelete,
    BudgetLineCreate,
    BudgetLineUpdate,
    BudgetLineDelete,
    OperatingFollowUpRecord,
);
