//! The pages around the API: where to go, GraphiQL, the schema.

use std::fmt::Write;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, REFERRER_POLICY,
};
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};

use super::{Edge, HttpConfig, read};

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Everything from this origin and nothing from any other. GraphiQL's libraries write style elements.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Checked at every use.
const FRESH: &str = "no-cache";
/// Never changes under its name.
const FOREVER: &str = "public, max-age=31536000, immutable";

const INDEX: &str = include_str!("assets/index.html");
const GRAPHIQL_LINK: &str =
    "<li><a href=\"/graphiql\">/graphiql</a> – write a query and see its answer</li>\n";

const METRICS_LINK: &str =
    "<li><a href=\"/metrics\">/metrics</a> – what the server counts, as Prometheus reads it</li>\n";

/// What is served as it stands.
struct Asset {
    path: &'static str,
    content_type: &'static str,
    cache: &'static str,
    body: &'static str,
}

const INDEX_STYLE: Asset = Asset {
    path: "/index.css",
    content_type: STYLE,
    cache: FRESH,
    body: include_str!("assets/index.css"),
};

const GRAPHIQL: [Asset; 8] = [
    Asset {
        path: "/graphiql",
        content_type: HTML,
        cache: FRESH,
        body: include_str!("assets/graphiql/index.html"),
    },
    Asset {
        path: "/graphiql/start.js",
        content_type: SCRIPT,
        cache: FRESH,
        body: include_str!("assets/graphiql/start.js"),
    },
    Asset {
        path: "/graphiql/start.css",
        content_type: STYLE,
        cache: FRESH,
        body: include_str!("assets/graphiql/start.css"),
    },
    Asset {
        path: "/graphiql/LICENSES.txt",
        content_type: TEXT,
        cache: FRESH,
        body: include_str!("assets/graphiql/LICENSES.txt"),
    },
    Asset {
        path: "/graphiql/graphiql-3.9.0.min.css",
        content_type: STYLE,
        cache: FOREVER,
        body: include_str!("assets/graphiql/graphiql-3.9.0.min.css"),
    },
    Asset {
        path: "/graphiql/graphiql-3.9.0.min.js",
        content_type: SCRIPT,
        cache: FOREVER,
        body: include_str!("assets/graphiql/graphiql-3.9.0.min.js"),
    },
    Asset {
        path: "/graphiql/react-18.3.1.production.min.js",
        content_type: SCRIPT,
        cache: FOREVER,
        body: include_str!("assets/graphiql/react-18.3.1.production.min.js"),
    },
    Asset {
        path: "/graphiql/react-dom-18.3.1.production.min.js",
        content_type: SCRIPT,
        cache: FOREVER,
        body: include_str!("assets/graphiql/react-dom-18.3.1.production.min.js"),
    },
];

/// The routes of the pages.
pub(super) fn configure(app: &mut web::ServiceConfig, config: &HttpConfig) {
    app.route("/", read().to(index)).route("/schema.graphql", read().to(schema));
    serve(app, &INDEX_STYLE);
    if config.graphiql {
        GRAPHIQL.iter().for_each(|asset| serve(app, asset));
    }
}

fn serve(app: &mut web::ServiceConfig, asset: &'static Asset) {
    let tag = tag(asset.body);
    let answer = move |request: HttpRequest| {
        let response = page(request.headers(), asset.content_type, asset.cache, &tag, asset.body);
        std::future::ready(response)
    };
    app.route(asset.path, read().to(answer));
}

async fn index(request: HttpRequest, edge: web::Data<Edge>) -> HttpResponse {
    let when = |on: bool, link: &'static str| if on { link } else { "" };
    let body = INDEX
        .replace("{{graphiql}}", when(edge.config.graphiql, GRAPHIQL_LINK))
        .replace("{{metrics}}", when(edge.config.metrics, METRICS_LINK))
        .replace("{{origin}}", &origin(&request));
    page(request.headers(), HTML, FRESH, &tag(&body), body)
}

/// Where the caller found this server, for the command that it can copy.
fn origin(request: &HttpRequest) -> String {
    let info = request.connection_info();
    let origin = format!("{}://{}", info.scheme(), info.host());
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b".:/-_[]".contains(&byte);
    if origin.bytes().all(harmless) { origin } else { "http://localhost".to_owned() }
}

/// As text, so that a browser shows it.
async fn schema(request: HttpRequest, edge: web::Data<Edge>) -> HttpResponse {
    let body = edge.engine.sdl();
    page(request.headers(), TEXT, FRESH, &tag(body), body.to_owned())
}

fn page(
    headers: &HeaderMap,
    content_type: &'static str,
    cache: &'static str,
    tag: &str,
    body: impl actix_web::body::MessageBody + 'static,
) -> HttpResponse {
    let known = headers.get_all(IF_NONE_MATCH).any(|value| knows(value, tag));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, cache));
    if known {
        return response.finish();
    }
    response
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .body(body)
}

/// Weak, because the same page may leave compressed or not.
fn tag(body: &str) -> String {
    let hash = Sha256::digest(body.as_bytes());
    let mut tag = String::from("W/\"");
    for byte in hash.iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn knows(value: &HeaderValue, tag: &str) -> bool {
    value.to_str().is_ok_and(|value| value.split(',').any(|known| known.trim() == tag))
}
