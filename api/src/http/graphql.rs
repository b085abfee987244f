//! `/graphql`, by <https://graphql.github.io/graphql-over-http/draft/>.
//!
//! Batches and uploads are not taken. What stays, subscriptions above all, goes on in [`live`].

use actix_web::http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, AUTHORIZATION, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response};

use super::negotiate::{MediaType, accepts, negotiate};
use super::reply::{self, Refusal};
use super::request::Wanted;
use super::trace::RequestId;
use super::within::{refused, unauthenticated, within};
use super::{Edge, live, request};
use crate::answers::{Asked, Boarding, Caller, Page};
use crate::graphql::code::Code;
use crate::graphql::document::coded;

/// Answers one request, whatever its method.
pub(super) async fn answer(
    http: HttpRequest,
    payload: web::Payload,
    edge: web::Data<Edge>,
) -> HttpResponse {
    if live::wants_socket(&http) {
        return live::socket(&http, payload, &edge);
    }
    let Some(form) = Form::wanted(&http) else {
        let message = "Answers are application/graphql-response+json, application/json or text/event-stream, in UTF-8: name one in Accept.";
        return Refusal::http(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message)
            .into_response(MediaType::Json);
    };
    let id = RequestId::of(&http);
    match serve(&http, payload, &edge, form, &id).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(form.media),
    }
}

/// The form of an answer.
#[derive(Clone, Copy)]
struct Form {
    /// Of one that is whole.
    media: MediaType,
    /// Whether nothing else than events is accepted.
    only_events: bool,
    /// Whether events are accepted. Some clients always say so.
    events: bool,
}

impl Form {
    fn wanted(http: &HttpRequest) -> Option<Self> {
        let accept: Vec<&str> =
            http.headers().get_all(ACCEPT).filter_map(|value| value.to_str().ok()).collect();
        let accept = accept.join(",");
        let events = accepts(&accept, live::MEDIA_TYPE);
        match negotiate(Some(&accept)) {
            Some(media) => Some(Self { media, only_events: false, events }),
            None => {
                events.then_some(Self { media: MediaType::Response, only_events: true, events })
            }
        }
    }
}

async fn serve(
    http: &HttpRequest,
    payload: web::Payload,
    edge: &web::Data<Edge>,
    form: Form,
    id: &RequestId,
) -> Result<HttpResponse, Refusal> {
    let media = form.media;
    let asked = asked(http, payload, edge, media).await?;
    // An answer that is kept needs no look into the document. Who may not ask is told after that look, as ever.
    let caller = within(edge, id, recognise(http, edge, id)).await.flatten();
    if !form.only_events
        && let Ok(caller) = &caller
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
    let is_subscription = operation == OperationType::Subscription;
    match operation {
        OperationType::Mutation if asked.by_url => {
            Err(method_not_allowed("Send a mutation by POST.", "POST"))
        }
        _ if form.only_events || is_subscription && form.events => {
            events(edge, caller?, request, id)
        }
        OperationType::Mutation => {
            let caller = caller?;
            let request = request.data(id.clone());
            let (response, _) = within(edge, id, edge.engine.execute(&caller, request)).await?;
            Ok(reply::answer(media, response, id, true))
        }
        OperationType::Subscription => Err(Refusal::graphql(coded(
            Code::BadUserInput,
            "A subscription is answered over WebSocket (graphql-transport-ws), or with Accept: text/event-stream.",
        ))),
        OperationType::Query => {
            let caller = caller?;
            let request = request.data(id.clone());
            let answer = within(edge, id, query(edge, media, &caller, &asked, request)).await?;
            Ok(match answer {
                Ok(page) => reply::send(media, &page, http.headers()),
                Err(response) => reply::answer(media, *response, id, false),
            })
        }
    }
}

/// Answers with events.
fn events(
    edge: &web::Data<Edge>,
    caller: Caller,
    request: Request,
    id: &RequestId,
) -> Result<HttpResponse, Refusal> {
    if caller.principal.is_none() && !caller.known.view.is_open() {
        return Err(unauthenticated("Send `Authorization: Bearer <token>`.", false));
    }
    let place = edge.live.connect(&edge.config.live)?;
    let (edge, wanted) = (edge.clone(), Wanted::of(request));
    let operation = live::Operation { edge, caller, wanted, id: id.clone() };
    Ok(live::events(operation, place))
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
    request: Request,
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

fn method_not_allowed(message: &str, allow: &'static str) -> Refusal {
    Refusal::http(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, message)
        .with_header(ALLOW, allow)
}

fn header(http: &HttpRequest, name: HeaderName) -> Result<Option<&str>, Refusal> {
    let value = http.headers().get(name).map(|value| value.to_str());
    value.transpose().map_err(|_| unauthenticated("The Authorization header cannot be read.", true))
}
