//! Investment and operating budgets (investeringsbudget, driftbudget), what has come of them, and the economy that they add up to.

pub mod economy;
mod halves;
pub mod investment;
pub mod money;
pub mod operating;
pub mod scope;
