//! Units (fullmäktige, nämnd, förvaltning, område, avdelning, enhet, bolag): a tree whose root is an organisation.

mod create;
mod delete;
mod fields;
mod find;
mod list;
mod tree;
mod update;

pub use create::create;
pub use delete::delete;
pub use fields::OrgUnitFields;
pub use find::{ancestors, by_code, children, plans_of_years};
pub use list::{OF_ANCESTOR, OF_PARENT, OrgUnitFilter, OrgUnitOrder, OrgUnitOrderField};
pub use update::update;
