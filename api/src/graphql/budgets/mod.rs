//! Investment and operating budgets, what has come of them, and the economy that they add up to.

pub mod budget_line;
pub mod budget_line_follow_up;
pub mod economy;
pub mod frame_change;
pub mod investment_budget;
pub mod investment_follow_up;
pub mod investment_item;
pub mod investment_transfer;
pub mod money;
pub mod operating_budget;
