//! The API: types over the domain's answers, and inputs for what it does. No SQL and no HTTP here.

pub mod access;
pub mod batch;
pub mod budget;
pub mod budgets;
pub mod code;
pub mod context;
pub mod direct;
pub mod document;
pub mod documents;
pub mod follow_up;
pub mod id;
pub mod indicators;
pub mod inputs;
pub mod loader;
pub mod lone_root;
pub mod node;
pub mod organisation;
pub mod page;
pub mod payload;
pub mod planning;
pub mod scalar;
pub mod schema;
pub mod tracked;
pub mod turn;
pub mod user_error;
pub mod vocabulary;
