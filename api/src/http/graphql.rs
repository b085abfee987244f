//! `/graphql`, by <https://graphql.github.io/graphql-over-http/draft/>.
//!
//! Batches, uploads and subscriptions are not taken here.

use std::panic::AssertUnwindSafe;

use actix_web::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, ALLOW, AUTHORIZATION, HeaderName, WWW_AUTHENTICATE,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::Response;
use async_graphql::parser::types::OperationType;
use futures_util::FutureExt;

use super::negotiate::{MediaType, negotiate};
use super::reply::{self, Refusal};
use super::trace::RequestId;
use super::{Edge, EdgeError, request};
use crate::graphql::code::Code;
use crate::graphql::document::{self, coded};

/// Answers one request, whatever its method.
pub(super) async fn answer(
    http: HttpRequest,
    payload: web::Payload,
    edge: web::Data<Edge>,
) -> HttpResponse {
    let accept: Vec<&str> =
        http.headers().get_all(ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    let Some(media) = negotiate(Some(&accept.join(","))) else {
        let message = "Answers are application/graphql-response+json or application/json, in UTF-8: name one in Accept.";
        return Refusal::http(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message)
            .into_response(MediaType::Json);
    };
    let id = RequestId::of(&http);
    match serve(&http, payload, &edge, &id).await {
        Ok((response, operation)) => {
            reply::answer(media, response, &id, operation == OperationType::Mutation)
        }
        Err(refusal) => refusal.into_response(media),
    }
}

async fn serve(
    http: &HttpRequest,
    payload: web::Payload,
    edge: &Edge,
    id: &RequestId,
) -> Result<(Response, OperationType), Refusal> {
    let mut request = match *http.method() {
        Method::POST => {
            request::expect_json(http.headers())?;
            let body = request::read_body(
                http.headers(),
                payload,
                edge.config.body_limit,
                edge.config.body_timeout,
            )
            .await?;
            request::from_body(&body)?
        }
        Method::GET => request::from_url(http.query_string())?,
        _ => {
            return Err(method_not_allowed(
                "Send a query by GET or POST, a mutation by POST.",
                "GET, POST",
            ));
        }
    };
    let operation =
        document::admit(&mut request, &edge.config.limits).map_err(Refusal::graphql)?.operation;
    match operation {
        OperationType::Mutation if http.method() == Method::GET => {
            return Err(method_not_allowed("Send a mutation by POST.", "POST"));
        }
        OperationType::Subscription => {
            return Err(Refusal::graphql(coded(
                Code::BadUserInput,
                "A subscription cannot be answered over plain HTTP.",
            )));
        }
        _ => {}
    }
    let response = run(http, request.data(id.clone()), edge, id).await?;
    Ok((response, operation))
}

/// Runs a request within its time. What is dropped in the middle of a transaction is rolled back.
async fn run(
    http: &HttpRequest,
    request: async_graphql::Request,
    edge: &Edge,
    id: &RequestId,
) -> Result<Response, Refusal> {
    let authorization = header(http, AUTHORIZATION)?;
    let language = header(http, ACCEPT_LANGUAGE).unwrap_or_default();
    let execution = async {
        let request = edge.engine.prepare(authorization, language, request).await?;
        Ok(edge.engine.execute(request).await)
    };
    let time = edge.config.execution_timeout;
    match tokio::time::timeout(time, AssertUnwindSafe(execution).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome.map_err(|error| refused(error, authorization.is_some(), id)),
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

fn refused(error: EdgeError, has_token: bool, id: &RequestId) -> Refusal {
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

fn unauthenticated(message: impl Into<String>, has_token: bool) -> Refusal {
    let challenge = if has_token { "Bearer error=\"invalid_token\"" } else { "Bearer" };
    Refusal::http(StatusCode::UNAUTHORIZED, Code::Unauthenticated, message)
        .with_header(WWW_AUTHENTICATE, challenge)
}

fn method_not_allowed(message: &str, allow: &'static str) -> Refusal {
    Refusal::http(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, message)
        .with_header(ALLOW, allow)
}

fn header(http: &HttpRequest, name: HeaderName) -> Result<Option<&str>, Refusal> {
    let value = http.headers().get(name).map(|value| value.to_str());
    value.transpose().map_err(|_| unauthenticated("The Authorization header cannot be read.", true))
}
