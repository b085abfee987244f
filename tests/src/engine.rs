//! The two databases that every scenario runs on.

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A database on a PostgreSQL server.
    Postgres,
}
