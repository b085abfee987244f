//! What is invested in (investeringar): the items of investment budgets.

mod continues;
mod fields;
mod list;
mod place;
mod write;
mod years;

pub use fields::InvestmentItemFields;
pub use list::{InvestmentItemFilter, InvestmentItemOrder, InvestmentItemOrderField, OF_BUDGET};
pub use place::units;
pub use write::{create, delete, update};
pub use years::{GivenYear, PlannedYear, basis, of_items};
