//! From an HTTP request to a GraphQL request.

use std::collections::HashMap;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
};
use actix_web::web;
use async_graphql::{Request, Value, Variables};
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::reply::Refusal;
use crate::graphql::code::Code;
use crate::graphql::document::coded;

/// The parameters of a request, by the specification. What it does not name is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    extensions: Option<HashMap<String, Value>>,
}

/// The same in a URL, where maps are JSON in a string.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UrlParameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// Refuses a body that is not JSON in UTF-8.
///
/// A form or `text/plain` can be sent by any page on the web without asking first, so this is also what
/// keeps other sites from acting through somebody's browser.
pub(super) fn expect_json(headers: &HeaderMap) -> Result<(), Refusal> {
    if let Some(encoding) = text(headers, CONTENT_ENCODING)
        .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    {
        let encoding: String = encoding.chars().take(40).collect();
        return Err(unsupported(format!(
            "The body must not be compressed (Content-Encoding: {encoding})."
        )));
    }
    if is_json(text(headers, CONTENT_TYPE).unwrap_or_default()) {
        return Ok(());
    }
    Err(unsupported(
        "Send the request as JSON in UTF-8, with Content-Type: application/json.".to_owned(),
    ))
}

fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    json && parts.all(|part| match part.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    })
}

/// Reads a body of at most `limit` bytes that arrives within `time`. Nobody else would close a connection
/// whose body stalls.
pub(super) async fn read_body(
    headers: &HeaderMap,
    mut payload: web::Payload,
    limit: usize,
    time: Duration,
) -> Result<web::BytesMut, Refusal> {
    let too_large = || {
        Refusal::http(
            StatusCode::PAYLOAD_TOO_LARGE,
            Code::BadUserInput,
            format!("The body is larger than {limit} bytes."),
        )
    };
    let announced = text(headers, CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let read = async {
        let mut body = web::BytesMut::with_capacity(announced.unwrap_or(0));
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| bad("The body ended before it was complete."))?;
            if body.len().saturating_add(chunk.len()) > limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    };
    let stalled = |_| {
        Refusal::http(
            StatusCode::REQUEST_TIMEOUT,
            Code::Timeout,
            format!("The body did not arrive within {} s.", time.as_secs()),
        )
    };
    tokio::time::timeout(time, read).await.map_err(stalled)?
}

/// A request from the body of a POST.
pub(super) fn from_body(body: &[u8]) -> Result<Request, Refusal> {
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => into_request(parse(body, "The body")?),
        Some(b'[') => Err(bad("Send one request at a time: batches are not taken.")),
        _ => Err(bad("The body is no JSON object.")),
    }
}

/// A request from the URL of a GET.
pub(super) fn from_url(query: &str) -> Result<Request, Refusal> {
    let parameters = web::Query::<UrlParameters>::from_query(query)
        .map_err(|_| bad("The parameters in the URL cannot be read."))?
        .into_inner();
    let present = |text: Option<String>| text.filter(|text| !text.is_empty());
    into_request(Parameters {
        query: parameters.query,
        operation_name: present(parameters.operation_name),
        variables: present(parameters.variables)
            .map_or(Ok(Variables::default()), |json| parse(json.as_bytes(), "variables"))?,
        extensions: present(parameters.extensions)
            .map_or(Ok(None), |json| parse(json.as_bytes(), "extensions"))?,
    })
}

/// A request from a message, if it is one.
pub(super) fn from_message(payload: serde_json::Value) -> Option<Wanted> {
    let Parameters { query, operation_name, variables, extensions } =
        serde_json::from_value(payload).ok()?;
    let extensions = extensions.unwrap_or_default();
    Some(Wanted { query: query?, operation_name, variables, extensions })
}

/// What is asked, to be asked again and again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Variables,
    pub extensions: HashMap<String, Value>,
}

impl Wanted {
    /// What a request asks.
    pub(super) fn of(request: Request) -> Self {
        let Request { query, operation_name, variables, extensions, .. } = request;
        Self { query, operation_name, variables, extensions: extensions.0 }
    }

    /// A request for it.
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new(self.query.as_str()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.extensions.0.clone_from(&self.extensions);
        request
    }
}

fn into_request(parameters: Parameters) -> Result<Request, Refusal> {
    let Some(query) = parameters.query.filter(|query| !query.is_empty()) else {
        let persisted = parameters
            .extensions
            .is_some_and(|extensions| extensions.contains_key("persistedQuery"));
        return Err(if persisted {
            // The words that clients of automatic persisted queries look for before they send the document.
            Refusal::graphql(coded(Code::PersistedQueryNotFound, "PersistedQueryNotFound"))
        } else {
            bad("The parameter query, with the document, is missing.")
        });
    };
    let mut request = Request::new(query).variables(parameters.variables);
    request.operation_name = parameters.operation_name;
    request.extensions.0 = parameters.extensions.unwrap_or_default();
    Ok(request)
}

fn parse<T: DeserializeOwned>(json: &[u8], what: &str) -> Result<T, Refusal> {
    serde_json::from_slice(json).map_err(|error| {
        // It quotes what it met, which may be long.
        let reason: String = error.to_string().chars().take(200).collect();
        bad(format!("{what} cannot be read: {reason}."))
    })
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::http(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}

fn unsupported(message: String) -> Refusal {
    Refusal::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use actix_web::FromRequest;
    use actix_web::error::PayloadError;
    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;
    use futures_util::{Stream, stream};

    use super::*;

    const BAD: Option<(Option<u16>, &str)> = Some((Some(400), "BAD_USER_INPUT"));

    #[test]
    fn only_json_in_utf8_is_read() {
        for (content_type, good) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=iso-8859-1", false),
            ("application/json; charset=utf-16", false),
            ("text/plain", false),
            ("text/plain; application/json", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("application/jsonp", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type).unwrap());
            assert_eq!(expect_json(&headers).is_ok(), good, "{content_type}");
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            assert!(expect_json(&headers).is_err());
        }
        assert!(expect_json(&HeaderMap::new()).is_err());
    }

    #[actix_web::test]
    async fn a_body_is_small_and_arrives_in_time() {
        let forever = stream::repeat_with(|| Ok(web::Bytes::from_static(b"0123456789")));
        assert_eq!(read(forever.take(10)).await, Ok(100));
        let announced = [(CONTENT_LENGTH, HeaderValue::from_static("101"))].into_iter().collect();
        let body = read_body(&announced, payload(stream::pending()).await, 100, TIME).await;
        assert_eq!(body.unwrap_err().seen(), (Some(413), "BAD_USER_INPUT"));
        let forever = stream::repeat_with(|| Ok(web::Bytes::from_static(b"0123456789")));
        assert_eq!(read(forever).await, Err((Some(413), "BAD_USER_INPUT".to_owned())));
        assert_eq!(read(stream::pending()).await, Err((Some(408), "TIMEOUT".to_owned())));
        let cut = stream::iter([Err(PayloadError::Incomplete(None))]);
        assert_eq!(read(cut).await, Err((Some(400), "BAD_USER_INPUT".to_owned())));
    }

    const TIME: Duration = Duration::from_millis(50);

    async fn read(
        chunks: impl Stream<Item = Chunk> + 'static,
    ) -> Result<usize, (Option<u16>, String)> {
        let body = read_body(&HeaderMap::new(), payload(chunks).await, 100, TIME).await;
        body.map(|body| body.len()).map_err(|refusal| {
            let (status, code) = refusal.seen();
            (status, code.to_owned())
        })
    }

    type Chunk = Result<web::Bytes, PayloadError>;

    async fn payload(chunks: impl Stream<Item = Chunk> + 'static) -> web::Payload {
        let chunks: Pin<Box<dyn Stream<Item = Chunk>>> = Box::pin(chunks);
        web::Payload::from_request(&TestRequest::default().to_http_request(), &mut chunks.into())
            .await
            .unwrap()
    }

    #[test]
    fn a_body_is_read_strictly() {
        for (body, refusal) in [
            (r#"{"query":"{a}"}"#, None),
            (
                r#" {"query":"{a}","variables":null,"operationName":null,"extensions":null,"other":1}"#,
                None,
            ),
            (
                r#"{"query":"{a}","variables":{"a":[1,{"b":null}]},"operationName":"A","extensions":{"x":1}}"#,
                None,
            ),
            ("", BAD),
            ("null", BAD),
            ("\"{a}\"", BAD),
            ("{", BAD),
            ("{}", BAD),
            (r#"{"query":"{a}"} x"#, BAD),
            (r#"[{"query":"{a}"}]"#, BAD),
            (r#"["{a}"]"#, BAD),
            (r#"{"query":null}"#, BAD),
            (r#"{"query":""}"#, BAD),
            (r#"{"query":1}"#, BAD),
            (r#"{"query":"{a}","query":"{b}"}"#, BAD),
            (r#"{"query":"{a}","operationName":1}"#, BAD),
            (r#"{"query":"{a}","variables":"{}"}"#, BAD),
            (r#"{"query":"{a}","variables":[1]}"#, BAD),
            (r#"{"query":"{a}","variables":{"a":NaN}}"#, BAD),
            (r#"{"query":"{a}","variables":{"a":1e400}}"#, BAD),
            (r#"{"query":"{a}","extensions":1}"#, BAD),
            (r#"{"extensions":{"persistedQuery":{}}}"#, Some((None, "PERSISTED_QUERY_NOT_FOUND"))),
        ] {
            assert_eq!(
                from_body(body.as_bytes()).err().as_ref().map(Refusal::seen),
                refusal,
                "{body}"
            );
        }
        assert!(from_body(b"{\"query\":\"{a(x:\\\"\xff\\\")}\"}").is_err());
        let nested = format!(
            r#"{{"query":"{{a}}","variables":{{"a":{}{}}}}}"#,
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        assert!(from_body(nested.as_bytes()).is_err());
    }

    #[test]
    fn a_url_is_read_strictly() {
        for (query, refusal) in [
            ("query=%7Ba%7D", None),
            ("query={a}&variables={\"a\":1}&operationName=A&extensions={}", None),
            ("query={a}&variables=&operationName=&extensions=", None),
            ("query={a}&variables=null", None),
            ("", BAD),
            ("query=", BAD),
            ("query={a}&query={b}", BAD),
            ("query={a}&variables=[]", BAD),
            ("query={a}&variables=x", BAD),
            ("query={a}&extensions=1", BAD),
            ("extensions={\"persistedQuery\":{}}", Some((None, "PERSISTED_QUERY_NOT_FOUND"))),
        ] {
            assert_eq!(from_url(query).err().as_ref().map(Refusal::seen), refusal, "{query}");
        }
        let request =
            from_url("query=%7Ba%7D&operationName=A&variables=%7B%22a%22%3A1%7D").unwrap();
        assert_eq!((request.query.as_str(), request.operation_name.as_deref()), ("{a}", Some("A")));
        assert_eq!(request.variables.len(), 1);
    }
}
