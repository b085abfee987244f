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
use crate::answers::{Asked, Boarding, Caller, Page};
use crate::graphql::code::Code;
use crate::graphql::document::coded;

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
    match serve(&http, payload, &edge, media, &id).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(media),
    }
}

async fn serve(
    http: &HttpRequest,
    payload: web::Payload,
    edge: &Edge,
    media: MediaType,
    id: &RequestId,
) -> Result<HttpResponse, Refusal> {
    let asked = asked(http, payload, edge, media).await?;
    // An answer that is kept needs no look into the document. Who may not ask is told after that look, as ever.
    let caller = within(edge, id, recognise(http, edge, id)).await.flatten();
    if let Ok(caller) = &caller
        && let Some(page) = edge.engine.answers().kept(caller, &asked)
    {
        return Ok(reply::send(media, &page, http.headers()));
    }
    let mut request = match asked.by_url {
        true => request::from_url(&String::from_utf8_lossy(&asked.text))?,
        false => request::from_body(&asked.text)?,
    };
    let admitted = edge.documents.admit(&mut request, &edge.config.limits);
    let operation = admitted.map_err(Refusal::graphql)?.operation;
    let request = request.data(id.clone());
    match operation {
        OperationType::Mutation if asked.by_url => {
            Err(method_not_allowed("Send a mutation by POST.", "POST"))
        }
        OperationType::Mutation => {
            let caller = caller?;
            let (response, _) = within(edge, id, edge.engine.execute(&caller, request)).await?;
            Ok(reply::answer(media, response, id, true))
        }
        OperationType::Subscription => Err(Refusal::graphql(coded(
            Code::BadUserInput,
            "A subscription cannot be answered over plain HTTP.",
        ))),
        OperationType::Query => {
            let caller = caller?;
            let answer = within(edge, id, query(edge, media, &caller, &asked, request)).await?;
            Ok(match answer {
                Ok(page) => reply::send(media, &page, http.headers()),
                Err(response) => reply::answer(media, *response, id, false),
            })
        }
    }
}

/// What the request asks, once it has arrived whole.
async fn asked(
    http: &HttpRequest,
    payload: web::Payload,
    edge: &Edge,
    media: MediaType,
) -> Result<Asked, Refusal> {
    let form = media.content_type();
    match *http.method() {
        Method::POST => {
            request::expect_json(http.headers())?;
            let (limit, time) = (edge.config.body_limit, edge.config.body_timeout);
            let body = request::read_body(http.headers(), payload, limit, time).await?;
            Ok(Asked { by_url: false, text: body.freeze(), form })
        }
        Method::GET | Method::HEAD => {
            let text = web::Bytes::copy_from_slice(http.query_string().as_bytes());
            Ok(Asked { by_url: true, text, form })
        }
        _ => Err(method_not_allowed(
            "Send a query by GET or POST, a mutation by POST.",
            "GET, HEAD, POST",
        )),
    }
}

async fn recognise(http: &HttpRequest, edge: &Edge, id: &RequestId) -> Result<Caller, Refusal> {
    let authorization = header(http, AUTHORIZATION)?;
    let language = header(http, ACCEPT_LANGUAGE).unwrap_or_default();
    let recognised = edge.engine.recognise(authorization, language).await;
    recognised.map_err(|error| refused(error, authorization.is_some(), id))
}

/// Answers a query, with what another request is having answered at this moment if that is the same.
async fn query(
    edge: &Edge,
    media: MediaType,
    caller: &Caller,
    asked: &Asked,
    request: async_graphql::Request,
) -> Result<Page, Box<Response>> {
    let answers = edge.engine.answers();
    let flight = match answers.board(caller, asked).await {
        Boarding::Landed(page) => return Ok(page),
        Boarding::Make(flight) => flight,
    };
    let (response, rests) = edge.engine.execute(caller, request).await;
    let page = reply::page(media, &response).ok_or_else(|| Box::new(response))?;
    answers.keep(caller, asked, flight, &page, rests);
    Ok(page)
}

/// Does work within its time. What is dropped in the middle of a transaction is rolled back.
async fn within<T>(
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
