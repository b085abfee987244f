//! The handshake of a WebSocket: who may have one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{
            ACCEPT_LANGUAGE, AUTHORIZATION, HeaderName, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE,
        },
    },
    rt, web,
};
use tracing::Instrument as _;

use super::{close::Close, connection::Connection, who::Hello, wire::Wire};
use crate::{
    graphql::code::Code,
    http::{Edge, negotiate::MediaType, reply::Refusal, trace::RequestId},
};

/// The protocol that we speak.
const PROTOCOL: &str = "graphql-transport-ws";

/// Bytes of a message. What is larger goes by POST.
const LARGEST: usize = 1024 * 1024;

/// Whether a request asks for a WebSocket.
pub(in crate::http) fn is_wanted(http: &HttpRequest) -> bool {
    text(http, UPGRADE).is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
}

/// Opens a WebSocket, and has the conversation in a task of its own.
pub(in crate::http) fn answer(
    http: &HttpRequest,
    payload: web::Payload,
    edge: &web::Data<Edge>,
) -> HttpResponse {
    open(http, payload, edge).unwrap_or_else(|refusal| refusal.into_response(MediaType::Response))
}

fn open(
    http: &HttpRequest,
    payload: web::Payload,
    edge: &web::Data<Edge>,
) -> Result<HttpResponse, Refusal> {
    let config = &edge.config;
    if !comes_from_a_page_of_ours(http, &config.cors_origins) {
        return Err(Refusal::http(
            StatusCode::FORBIDDEN,
            Code::Forbidden,
            "Pages of that origin may not call this API.",
        ));
    }
    let place = edge.live.connect(&config.live)?;
    let (response, session, incoming) = actix_ws::handle_with_protocols(http, payload, &[PROTOCOL])
        .map_err(|error| {
            Refusal::http(StatusCode::BAD_REQUEST, Code::BadUserInput, format!("{error}."))
        })?;
    let (wire, response) = Wire::new(session, response, config.live.stall);
    if !response.headers().contains_key(SEC_WEBSOCKET_PROTOCOL) {
        rt::spawn(async move { wire.close(&Close::Protocol).await });
        return Ok(response);
    }
    let largest = LARGEST.min(config.body_limit);
    let incoming =
        incoming.max_frame_size(largest).aggregate_continuations().max_continuation_size(largest);
    let hello = Hello {
        authorization: text(http, AUTHORIZATION).map(str::to_owned),
        language: text(http, ACCEPT_LANGUAGE).map(str::to_owned),
    };
    let connection = Connection::new(edge.clone(), wire, hello, RequestId::of(http));
    let span = tracing::Span::current();
    let talk = async move {
        connection.talk(incoming).await;
        drop(place);
    };
    rt::spawn(talk.instrument(span));
    Ok(response)
}

/// A browser says which page it is that connects, and lets any page do so: this is what keeps other sites out. Whoever
/// is no browser does not say.
fn comes_from_a_page_of_ours(http: &HttpRequest, allowed: &[String]) -> bool {
    let Some(origin) = http.headers().get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let own = origin.split_once("://").map(|(_, host)| host);
    own.is_some_and(|host| host.eq_ignore_ascii_case(http.connection_info().host()))
        || allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin))
}

fn text(http: &HttpRequest, name: HeaderName) -> Option<&str> {
    http.headers().get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_our_own_pages_and_those_that_were_named_connect() {
        let allowed = ["https://plan.example.se".to_owned()];
        for (origin, good) in [
            (None, true),
            (Some("https://rodtrad.example.se"), true),
            (Some("http://RODTRAD.example.se"), true),
            (Some("https://plan.example.se"), true),
            (Some("http://plan.example.se"), false),
            (Some("https://rodtrad.example.se:444"), false),
            (Some("https://rodtrad.example.se.evil.se"), false),
            (Some("https://evil.se"), false),
            (Some("rodtrad.example.se"), false),
            (Some("null"), false),
            (Some(""), false),
        ] {
            let mut http = TestRequest::get().insert_header(("host", "rodtrad.example.se"));
            if let Some(origin) = origin {
                http = http.insert_header((ORIGIN, origin));
            }
            let http = http.to_http_request();
            assert_eq!(comes_from_a_page_of_ours(&http, &allowed), good, "{origin:?}");
        }
    }
}
