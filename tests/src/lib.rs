//! The harness in which every scenario runs: Rödtråd on a real port, with a database of its own, on both engines.
//!
//! ```ignore
//! use serde_json::json;
//! use tests::{Role, TestApp, scenario, setup};
//!
//! scenario!(a_reader_sees_no_drafts, async |app: &TestApp| {
//!     let organisation = setup::organisation(&app.admin()).await;
//!     let plan = setup::plan(&app.admin(), &organisation.meals, 2025).await;
//!     let reader = app.as_(Role::Reader, &organisation.meals).await;
//!
//!     let query = "query ($id: ID!) { node(id: $id) { id } }";
//!     let (answer, statements) = app.statements(reader.query(query, json!({ "id": plan }))).await;
//!
//!     assert!(answer.ok().data("node").is_null());
//!     assert!(statements <= 3, "{statements} statements");
//! });
//! ```

mod answer;
mod app;
mod client;
mod clock;
mod database;
mod engine;
mod events;
mod postgres;
mod program;
mod scenario;
pub mod setup;
mod socket;

pub use answer::{Answer, UserError};
pub use app::TestApp;
pub use client::Client;
pub use clock::Clock;
pub use database::Database;
pub use engine::Engine;
pub use entity::vocabulary::Role;
pub use events::Events;
pub use postgres::{Durability, Server};
pub use program::program;
pub use scenario::{Fixture, block_on, run};
pub use socket::{Heard, Socket, soon};
