//! What can go wrong, in one place.
//!
//! What a person can mend is a [`Problem`] and travels as a userError; everything else is a top-level
//! error with a code. Nothing of an internal error but its request id reaches a client.

use std::sync::Arc;

use sea_orm::DbErr;

use crate::domain::problem::Problem;

/// The result of everything below the HTTP edge.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation did not succeed.
#[derive(Clone, Debug)]
pub enum Error {
    /// The caller can mend these; nothing was changed.
    Problems(Vec<Problem>),
    /// No good token.
    Unauthenticated,
    /// Visible, but not the caller's to do.
    Forbidden(String),
    /// An argument that no input can carry a userError for.
    BadInput(String),
    /// The answer would be larger than one operation may ask for.
    TooLarge(String),
    /// The database cannot be reached, or is too busy to take a write.
    Unavailable(Arc<DbErr>),
    /// A fault of ours.
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A fault of ours, with what led to it.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(source.into()))
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_passing(&error) {
            Self::Unavailable(Arc::new(error))
        } else {
            Self::Internal(Arc::new(error))
        }
    }
}

/// Whether the same statement may succeed later: the connection was lost, or a lock was not had in time.
fn is_passing(error: &DbErr) -> bool {
    use sea_orm::{RuntimeErr, SqlxError};
    let runtime = match error {
        DbErr::ConnectionAcquire(_) => return true,
        DbErr::Conn(runtime) | DbErr::Exec(runtime) | DbErr::Query(runtime) => runtime,
        _ => return false,
    };
    let RuntimeErr::SqlxError(error) = runtime else { return false };
    match error.as_ref() {
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => true,
        // PostgreSQL: lock not available, shut down, disk full; SQLite: busy, locked, full.
        SqlxError::Database(database) => matches!(
            database.code().as_deref(),
            Some(
                "55P03"
                    | "57P01"
                    | "57P02"
                    | "57P03"
                    | "53100"
                    | "53300"
                    | "40001"
                    | "40P01"
                    | "5"
                    | "6"
                    | "13"
                    | "261"
                    | "517"
            )
        ),
        _ => false,
    }
}
