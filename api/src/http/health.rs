//! Whether the process lives, and whether it can answer.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, ContentType};
use actix_web::{HttpResponse, HttpResponseBuilder, web};

use super::Edge;

/// A probe that waits longer than this has its answer: not ready.
const PATIENCE: Duration = Duration::from_secs(5);

/// `/healthz`: the process lives.
pub(super) async fn live() -> HttpResponse {
    text(HttpResponse::Ok(), "ok")
}

/// `/readyz`: the database is there and migrated.
pub(super) async fn ready(edge: web::Data<Edge>) -> HttpResponse {
    let reason = match tokio::time::timeout(PATIENCE, edge.engine.ready()).await {
        Ok(Ok(())) => return text(HttpResponse::Ok(), "ready"),
        Ok(Err(reason)) => reason,
        Err(_) => format!("no answer within {} s", PATIENCE.as_secs()),
    };
    tracing::warn!(reason, "not ready");
    text(HttpResponse::ServiceUnavailable(), "not ready")
}

fn text(mut response: HttpResponseBuilder, body: &'static str) -> HttpResponse {
    response
        .insert_header(ContentType::plaintext())
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body)
}
