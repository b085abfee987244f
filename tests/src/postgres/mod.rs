//! The PostgreSQL that the tests run on: the one at `TEST_DATABASE_URL`, or a throwaway one of our own.

mod databases;
mod installed;
mod server;

pub(crate) use databases::Databases;
pub use server::{Durability, Server};
