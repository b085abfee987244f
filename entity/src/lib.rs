//! Tables as SeaORM entities, and the finders that respect what a viewer may see.
//!
//! No GraphQL and no HTTP here. Whoever reads a [`tracked::Visible`] table goes through
//! [`tracked::Visible::find_visible`].

pub mod access;
pub mod budgets;
pub mod fixed;
pub mod follow_up;
pub mod indicators;
pub mod money;
pub mod node_id;
pub mod organisation;
pub mod period_kinds;
pub mod planning;
pub mod sight;
pub mod tracked;
pub mod vocabulary;
