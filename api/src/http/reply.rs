//! From a response of the library to one on the wire.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use async_graphql::{Response, ServerError, Value};

use super::negotiate::MediaType;
use super::trace::RequestId;
use crate::answers::Page;
use crate::graphql::code::Code;
use crate::graphql::direct::json;
use crate::graphql::document::coded;

/// What of a request the answer depends on, besides what was asked.
const VARIES: &str = "Accept, Accept-Language, Authorization";

/// Errors of a document that fits the schema nowhere; who has more has seen enough.
const MAX_REQUEST_ERRORS: usize = 50;

/// Why a request has no answer but an error.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Nothing: it was well-formed GraphQL over HTTP, and the media type decides.
    status: Option<StatusCode>,
    error: Box<ServerError>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// Of a request that is no well-formed GraphQL over HTTP, or that the server cannot answer at all.
    pub(super) fn http(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status: Some(status), error: Box::new(coded(code, message)), header: None }
    }

    /// Of a well-formed request whose document is not run.
    pub(super) fn graphql(error: ServerError) -> Self {
        Self { status: None, error: Box::new(error), header: None }
    }

    /// A fault of ours. What went wrong has to be in the log already.
    pub(super) fn internal(id: &RequestId) -> Self {
        Self {
            status: Some(StatusCode::INTERNAL_SERVER_ERROR),
            error: Box::new(internal_error(id)),
            header: None,
        }
    }

    /// The error alone, for where there is no status.
    pub(super) fn into_error(self) -> ServerError {
        *self.error
    }

    pub(super) fn with_header(self, name: HeaderName, value: &'static str) -> Self {
        Self { header: Some((name, HeaderValue::from_static(value))), ..self }
    }

    pub(super) fn into_response(self, media: MediaType) -> HttpResponse {
        let status = self.status.unwrap_or_else(|| status_without_data(media, &self.error));
        let mut response = write(
            media,
            status,
            &Body { data: None, errors: &[*self.error], extensions: &BTreeMap::new() },
            true,
        );
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }

    #[cfg(test)]
    pub(super) fn seen(&self) -> (Option<u16>, &str) {
        (self.status.map(|status| status.as_u16()), code_of(&self.error).unwrap_or_default())
    }
}

/// An answer without errors, in that form.
pub(super) fn page(media: MediaType, response: &Response) -> Option<Page> {
    if !response.errors.is_empty() {
        return None;
    }
    let body = Body { data: Some(&response.data), errors: &[], extensions: &response.extensions };
    Some(Page::new(media.content_type(), body.to_json().ok()?))
}

/// Sends an answer to a query, or that it is still the one that the client has.
pub(super) fn send(media: MediaType, page: &Page, conditions: &HeaderMap) -> HttpResponse {
    let has = has_already(conditions, &page.tag);
    let mut response = if has { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, VARIES))
        .insert_header((ETAG, &*page.tag));
    if has {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, media.content_type())).body(page.body.clone())
}

/// Whether the client says that it has that one. A query changes nothing, by POST as little as by GET.
fn has_already(conditions: &HeaderMap, tag: &str) -> bool {
    conditions
        .get_all(IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || weak(known) == weak(tag))
}

fn weak(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// Writes what an operation answered. `changes` says whether it was a mutation.
pub(super) fn answer(
    media: MediaType,
    mut response: Response,
    id: &RequestId,
    changes: bool,
) -> HttpResponse {
    let ran = settle(&mut response, id);
    let status = match response.errors.first() {
        Some(error) if !ran => status_without_data(media, error),
        _ => StatusCode::OK,
    };
    let data = (ran || response.errors.is_empty()).then_some(&response.data);
    let body = Body { data, errors: &response.errors, extensions: &response.extensions };
    write(media, status, &body, changes || !response.errors.is_empty())
}

/// Gives every error its code, and says whether anything ran.
pub(super) fn settle(response: &mut Response, id: &RequestId) -> bool {
    // The library gives `null` for data both when nothing ran and when an error reached the root.
    let ran =
        response.data != Value::Null || response.errors.iter().any(|error| !error.path.is_empty());
    if !ran && response.errors.len() > MAX_REQUEST_ERRORS {
        response.errors.truncate(MAX_REQUEST_ERRORS);
    }
    for error in &mut response.errors {
        give_code(error, ran, id);
    }
    ran
}

/// A response that ran, or errors without one, as they stand in a message.
pub(super) fn payload(response: &Response) -> serde_json::Result<Vec<u8>> {
    let data = Some(&response.data);
    Body { data, errors: &response.errors, extensions: &response.extensions }.to_json()
}

struct Body<'a> {
    /// Left out when nothing ran, as the specification has it.
    data: Option<&'a Value>,
    errors: &'a [ServerError],
    extensions: &'a BTreeMap<String, Value>,
}

impl Body<'_> {
    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(4096);
        let mut separator = b'{';
        let mut key = |name: &str, out: &mut Vec<u8>| {
            out.push(separator);
            separator = b',';
            out.extend_from_slice(name.as_bytes());
        };
        if let Some(data) = self.data {
            key("\"data\":", &mut out);
            json::write(data, &mut out);
        }
        if !self.errors.is_empty() {
            key("\"errors\":", &mut out);
            serde_json::to_writer(&mut out, self.errors)?;
        }
        if !self.extensions.is_empty() {
            key("\"extensions\":", &mut out);
            serde_json::to_writer(&mut out, self.extensions)?;
        }
        out.push(b'}');
        Ok(out)
    }
}

fn write(media: MediaType, status: StatusCode, body: &Body, once: bool) -> HttpResponse {
    let json = match body.to_json() {
        Ok(json) => json,
        Err(error) => {
            tracing::error!(%error, "the answer cannot be written as JSON");
            return HttpResponse::InternalServerError().finish();
        }
    };
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, media.content_type()))
        .insert_header((CACHE_CONTROL, if once { "no-store" } else { "private, no-cache" }))
        .insert_header((VARY, VARIES))
        .body(json)
}

/// To a client that knows only `application/json`, 200 is every answer to well-formed GraphQL; what is wrong
/// with the caller or the server still shows.
fn status_without_data(media: MediaType, error: &ServerError) -> StatusCode {
    let status = code_of(error).and_then(Code::parse).map_or(400, Code::status);
    if media == MediaType::Json && status == 400 {
        return StatusCode::OK;
    }
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)
}

/// The code that an error carries.
pub(super) fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        Value::Enum(code) => Some(code),
        _ => None,
    }
}

/// Sees to it that every error has a code, and that a fault of ours shows nothing but the request's id. A
/// resolver's error without a code is such a fault, with all that led to it in its message.
fn give_code(error: &mut ServerError, ran: bool, id: &RequestId) {
    let code = match code_of(error) {
        Some(code) if code != Code::Internal.as_str() => return,
        Some(_) => Code::Internal,
        None if !ran => Code::ValidationFailed,
        None if is_bad_argument(error) => Code::BadUserInput,
        None => Code::Internal,
    };
    if code == Code::Internal {
        tracing::error!(chain = error.message, path = ?error.path, "internal error");
        let hidden = internal_error(id);
        (error.message, error.extensions, error.source) = (hidden.message, hidden.extensions, None);
    } else {
        error.extensions.get_or_insert_default().set("code", code.as_str());
    }
}

/// Whether the library could not read an argument, which it finds out only when the field is resolved. It
/// gives such errors no code, and these words.
fn is_bad_argument(error: &ServerError) -> bool {
    error.source.is_none()
        && ["Failed to parse \"", "Expected input type \""]
            .iter()
            .any(|start| error.message.starts_with(start))
}

fn internal_error(id: &RequestId) -> ServerError {
    let mut error = coded(
        Code::Internal,
        format!(
            "Something went wrong on the server. Quote request id {} when you report it.",
            id.0
        ),
    );
    error.extensions.get_or_insert_default().set("requestId", id.0.as_str());
    error
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Pos};

    use super::*;

    fn error(message: &str, path: bool, code: Option<&str>) -> ServerError {
        let mut error = ServerError::new(message, Some(Pos { line: 1, column: 1 }));
        error.path = path.then(|| PathSegment::Field("a".to_owned())).into_iter().collect();
        if let Some(code) = code {
            error.extensions.get_or_insert_default().set("code", code);
        }
        error
    }

    #[test]
    fn every_error_gets_a_code_and_the_status_that_goes_with_it() {
        let id = RequestId("the-id".to_owned());
        let some = Value::from("data");
        for (data, error, code, response, json) in [
            (
                Value::Null,
                error("Unknown field", false, None),
                "GRAPHQL_VALIDATION_FAILED",
                400,
                200,
            ),
            (Value::Null, error("No", false, Some("UNAUTHENTICATED")), "UNAUTHENTICATED", 401, 401),
            (Value::Null, error("No", false, Some("RATE_LIMITED")), "RATE_LIMITED", 429, 429),
            (Value::Null, error("No", true, Some("FORBIDDEN")), "FORBIDDEN", 200, 200),
            (some.clone(), error("No", true, Some("BAD_USER_INPUT")), "BAD_USER_INPUT", 200, 200),
            (
                some.clone(),
                error("Failed to parse \"Decimal\": x", true, None),
                "BAD_USER_INPUT",
                200,
                200,
            ),
            (some.clone(), error("UNIQUE constraint failed", true, None), "INTERNAL", 200, 200),
            (some, error("UNIQUE constraint failed", true, Some("INTERNAL")), "INTERNAL", 200, 200),
            (Value::Null, error("UNIQUE constraint failed", true, None), "INTERNAL", 200, 200),
        ] {
            let mut given = error.clone();
            let ran = data != Value::Null || !given.path.is_empty();
            give_code(&mut given, ran, &id);
            assert_eq!(code_of(&given), Some(code));
            assert!(!given.message.contains("UNIQUE"));
            assert_eq!((&given.path, &given.locations), (&error.path, &error.locations));
            for (media, status) in [(MediaType::Response, response), (MediaType::Json, json)] {
                let mut answered = Response::from_errors(vec![error.clone()]);
                answered.data = data.clone();
                assert_eq!(answer(media, answered, &id, false).status().as_u16(), status, "{code}");
            }
        }
    }
}
