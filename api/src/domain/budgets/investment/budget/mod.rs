//! What a unit may invest in a year (investeringsbudget).

mod list;
mod write;

pub use list::{InvestmentBudgetFilter, InvestmentBudgetOrder, of_years};
pub use write::{InvestmentBudgetFields, create, delete, update};
