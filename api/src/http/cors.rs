//! Which pages of other origins may call the API.

use actix_cors::Cors;
use actix_web::http::{Method, header};

/// Lets the pages of `origins` call the API, and no other.
///
/// Credentials stay off: who is asking is said by a token in a header, which a foreign page does not have.
pub(super) fn allow(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods([Method::GET, Method::POST])
        .allowed_headers([
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
        ])
        .allowed_header("x-request-id")
        .expose_headers(["etag", "x-request-id", "retry-after"])
        .max_age(3600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
