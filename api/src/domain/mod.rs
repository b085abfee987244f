//! The rules of the domain and the transactions that keep them. No GraphQL and no HTTP here.

pub mod access;
pub mod budgets;
pub mod columns;
pub mod fetch;
pub mod follow_up;
pub mod form;
pub mod history;
pub mod idempotency;
pub mod indicators;
pub mod kept;
pub mod link;
pub mod listing;
pub mod lock;
pub mod mention;
pub mod organisation;
pub mod permission;
pub mod planning;
pub mod problem;
pub mod reference;
pub mod sql;
pub mod visible;
pub mod write;
