//! Work that ends in time, and says what went wrong as the house does.

use std::panic::AssertUnwindSafe;

use actix_web::http::StatusCode;
use actix_web::http::header::WWW_AUTHENTICATE;
use futures_util::FutureExt;

use super::reply::Refusal;
use super::trace::RequestId;
use super::{Edge, EdgeError};
use crate::graphql::code::Code;

/// Does work within its time. What is dropped in the middle of a transaction is rolled back.
pub(super) async fn within<T>(
    edge: &Edge,
    id: &RequestId,
    work: impl Future<Output = T>,
) -> Result<T, Refusal> {
    let time = edge.config.execution_timeout;
    match tokio::time::timeout(time, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) => {
            // What it said is on standard error, by the panic hook.
            tracing::error!("a resolver panicked");
            Err(Refusal::internal(id))
        }
        Err(_) => {
            tracing::warn!(?time, "an operation took too long");
            let message = format!(
                "The answer was not ready within {} s. Ask for less at a time; after a mutation, look at what stands before you send it again.",
                time.as_secs()
            );
            Err(Refusal::http(StatusCode::GATEWAY_TIMEOUT, Code::Timeout, message))
        }
    }
}

/// What is said to somebody who is not recognised.
pub(super) fn refused(error: EdgeError, has_token: bool, id: &RequestId) -> Refusal {
    match error {
        EdgeError::Unauthenticated(message) => unauthenticated(message, has_token),
        EdgeError::Unavailable(reason) => {
            tracing::warn!(reason, "unavailable");
            Refusal::http(
                StatusCode::SERVICE_UNAVAILABLE,
                Code::Unavailable,
                "The server cannot answer right now. Try again in a moment.",
            )
        }
        EdgeError::Internal(chain) => {
            tracing::error!(chain, "internal error");
            Refusal::internal(id)
        }
    }
}

/// What is said to somebody without a good token.
pub(super) fn unauthenticated(message: impl Into<String>, has_token: bool) -> Refusal {
    let challenge = if has_token { "Bearer error=\"invalid_token\"" } else { "Bearer" };
    Refusal::http(StatusCode::UNAUTHORIZED, Code::Unauthenticated, message)
        .with_header(WWW_AUTHENTICATE, challenge)
}
