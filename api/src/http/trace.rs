//! A name for every request, on its log lines and on its answer.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest};
use tracing::Instrument;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const MAX_LENGTH: usize = 64;

/// What a request is called in the log, in `X-Request-Id` and in an INTERNAL error. It is in the data of
/// every GraphQL request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// The caller's, when it is one that can stand in a log; else a new one.
    fn new(theirs: Option<&HeaderValue>) -> Self {
        let theirs = theirs.and_then(|value| value.to_str().ok()).filter(|text| is_sane(text));
        Self(theirs.map_or_else(|| Uuid::now_v7().to_string(), str::to_owned))
    }

    /// That of a request that [`trace`] has named.
    pub(super) fn of(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_else(|| Self::new(None))
    }
}

fn is_sane(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.len() <= MAX_LENGTH && text.bytes().all(allowed)
}

/// Names the request, opens its span and says how it went.
pub(super) async fn trace(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let id = RequestId::new(request.headers().get(HEADER));
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!("request", id = %id.0, method = %request.method(), path = request.path());
    async move {
        let mut response = next.call(request).await?;
        // Sane by construction.
        if let Ok(id) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(HEADER, id);
        }
        response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        tracing::info!(status = response.status().as_u16(), elapsed = ?started.elapsed(), "answered");
        Ok(response)
    }
    .instrument(span)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_name_is_kept_when_it_is_sane() {
        let long = "a".repeat(65);
        for (theirs, kept) in [
            ("abc-1.2_3", true),
            (&long[1..], true),
            (&long[..], false),
            ("", false),
            ("a b", false),
            ("a\"b", false),
        ] {
            let id = RequestId::new(Some(&HeaderValue::from_str(theirs).unwrap()));
            assert_eq!(id.0 == theirs, kept, "{theirs}");
            assert!(is_sane(&id.0));
        }
        assert!(is_sane(&RequestId::new(None).0));
        assert!(is_sane(&RequestId::new(Some(&HeaderValue::from_bytes(b"\xff").unwrap())).0));
    }
}
