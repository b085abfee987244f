//! The harness in which every scenario runs, on SQLite and on PostgreSQL, with a database of its own.
//!
//! ```ignore
//! use tests::{Database, scenario};
//!
//! scenario!(a_new_database_is_ready, async |database: &Database| {
//!     assert_eq!(database.open().await.ready().await, Ok(()));
//! });
//! ```

mod database;
mod engine;
mod postgres;
mod scenario;

pub use database::Database;
pub use engine::Engine;
pub use postgres::{Durability, Server};
pub use scenario::{Fixture, block_on, run};
