//! The edge with an engine that does what the token says.

mod live;

use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse};
use async_graphql::{EmptySubscription, Object, Request, Response, Schema};
use chrono::DateTime;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::*;
use crate::access::viewer::Language;
use crate::domain::access::known::Known;
use crate::fresh::{Fresh, Tables};
use crate::graphql::budget::Cost;

const RESPONSE: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

struct Query;

#[Object]
impl Query {
    async fn greeting(&self, #[graphql(default)] name: String) -> String {
        format!("Hej {name}")
    }

    async fn cost(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<u64> {
        Ok(ctx.data::<Cost>()?.complexity)
    }

    async fn fault(&self) -> async_graphql::Result<Option<i32>> {
        Err(std::io::Error::other("secret: disk full").into())
    }

    async fn optional_fault(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err(std::io::Error::other("secret: disk full").into()))
    }

    async fn panic(&self) -> i32 {
        "secret".parse().unwrap()
    }

    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        1
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self, by: i32) -> i32 {
        by
    }
}

struct Toy {
    schema: Schema<Query, Mutation, EmptySubscription>,
    sdl: String,
    answers: Answers,
    fresh: Fresh,
}

#[async_trait]
impl Engine for Toy {
    async fn recognise(
        &self,
        authorization: Option<&str>,
        _: Option<&str>,
    ) -> Result<Caller, EdgeError> {
        match authorization {
            Some("Bearer bad") => {
                Err(EdgeError::Unauthenticated("The token has expired.".to_owned()))
            }
            Some("Bearer down") => Err(EdgeError::Unavailable("secret".to_owned())),
            Some("Bearer fault") => Err(EdgeError::Internal("secret".to_owned())),
            _ => Ok(Caller {
                principal: None,
                known: Arc::new(Known::anonymous(true)),
                language: Language::English,
                now: DateTime::UNIX_EPOCH,
                until: None,
                proof: None,
            }),
        }
    }

    async fn again(&self, caller: &Caller) -> Result<Caller, EdgeError> {
        Ok(caller.clone())
    }

    fn follow(&self) -> Follower {
        self.fresh.follow()
    }

    async fn turn(&self, _: &Caller, request: Request, _: Option<i64>) -> Turn {
        let said = self.schema.execute_stream(request).collect().await;
        let rests = Rests { tables: Tables::default(), personal: false, exact: false };
        Turn { said, rests, reached: None }
    }

    async fn execute(&self, _: &Caller, request: Request) -> (Response, Rests) {
        let rests = Rests { tables: Tables::default(), personal: false, exact: false };
        (self.schema.execute(request).await, rests)
    }

    fn answers(&self) -> &Answers {
        &self.answers
    }

    async fn ready(&self) -> Result<(), String> {
        Err("secret".to_owned())
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    fn counts(&self) -> Counts {
        Counts { sql_statements: 42, ..Counts::default() }
    }
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }

    fn code(&self) -> &str {
        self.at("/errors/0/extensions/code").as_str().unwrap_or("")
    }
}

async fn send(request: TestRequest) -> Answer {
    send_to(HttpConfig::default(), request).await
}

async fn send_to(config: HttpConfig, request: TestRequest) -> Answer {
    let schema = Schema::new(Query, Mutation, EmptySubscription);
    let fresh = Fresh::watch("sqlite::memory:");
    let answers = Answers::new(fresh.clone(), 0);
    let engine = Toy { sdl: schema.sdl(), schema, answers, fresh };
    let config = HttpConfig {
        cors_origins: vec!["https://plan.example.se".to_owned()],
        body_limit: 10_000,
        execution_timeout: Duration::from_millis(200),
        ..config
    };
    let app =
        init_service(App::new().configure(configure(Arc::new(engine), config, Live::default())))
            .await;
    let response: HttpResponse<_> = call_service(&app, request.to_request()).await.into();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = to_bytes(response.into_body()).await.unwrap_or_else(|_| panic!("the body ends"));
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(!text.contains("secret"), "{text}");
    assert!(headers.contains_key("x-request-id"), "{status}");
    Answer { status, headers, body: serde_json::from_str(&text).unwrap_or_default(), text }
}

fn post(accept: &str, query: &str) -> TestRequest {
    TestRequest::post()
        .uri("/graphql")
        .insert_header(("accept", accept))
        .set_json(json!({ "query": query }))
}

#[actix_web::test]
async fn the_status_follows_the_media_type() {
    for (query, response, json, code) in [
        ("{ greeting }", 200, 200, ""),
        ("{ cost }", 200, 200, ""),
        ("mutation { change(by: 1) }", 200, 200, ""),
        ("{", 400, 200, "GRAPHQL_PARSE_FAILED"),
        ("{ unknown }", 400, 200, "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...F } fragment F on Query { ...F }", 400, 200, "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { change(by: \"x\") }", 400, 200, "GRAPHQL_VALIDATION_FAILED"),
        ("query($by: Int!) { __typename }", 400, 200, "BAD_USER_INPUT"),
        ("query A { cost } query B { cost }", 400, 200, "BAD_USER_INPUT"),
        ("subscription { x }", 400, 200, "BAD_USER_INPUT"),
        (&"{a".repeat(1000), 400, 200, "QUERY_TOO_DEEP"),
        (
            "{ a { b { c { d { e { f { g { h { i { j { k { l { m { n { o { p } } } } } } } } } } } } } } } }",
            400,
            200,
            "QUERY_TOO_DEEP",
        ),
        (&format!("{{ {} }}", "cost ".repeat(101)), 400, 200, "QUERY_TOO_COMPLEX"),
        ("{ fault }", 200, 200, "INTERNAL"),
        ("{ optionalFault }", 200, 200, "INTERNAL"),
        ("{ panic }", 500, 500, "INTERNAL"),
        ("{ slow }", 504, 504, "TIMEOUT"),
    ] {
        for (media, status) in [(RESPONSE, response), (JSON, json)] {
            let answer = send(post(media, query)).await;
            assert_eq!((answer.status, answer.code()), (status, code), "{query} {}", answer.text);
            assert_eq!(answer.header("content-type"), format!("{media}; charset=utf-8"));
            let ran = response == 200;
            assert_eq!(answer.body.get("data").is_some(), ran, "{query} {}", answer.text);
            let once = !code.is_empty() || query.starts_with("mutation");
            assert_eq!(
                answer.header("cache-control"),
                if once { "no-store" } else { "private, no-cache" }
            );
        }
    }
}

#[actix_web::test]
async fn a_fault_shows_only_the_requests_id() {
    let answer =
        send(post(RESPONSE, "{ greeting fault }").insert_header(("x-request-id", "mine"))).await;
    assert_eq!(answer.header("x-request-id"), "mine");
    assert_eq!(
        answer.at("/errors/0/extensions"),
        &json!({ "code": "INTERNAL", "requestId": "mine" })
    );
    assert_eq!(answer.at("/errors/0/path"), &json!(["fault"]));
}

#[actix_web::test]
async fn the_cost_is_among_the_requests_data() {
    let answer = send(post(RESPONSE, "{ cost greeting __typename }")).await;
    assert_eq!(answer.at("/data/cost"), &json!(3));
}

#[actix_web::test]
async fn only_queries_travel_by_get() {
    for (method, uri, status, allow) in [
        ("GET", "/graphql?query=%7Bcost%7D", 200, ""),
        ("GET", "/graphql?query=query+A%7Bcost%7Dquery+B%7Bx:cost%7D&operationName=B", 200, ""),
        ("GET", "/graphql?query=mutation%7Bchange(by:1)%7D", 405, "POST"),
        (
            "GET",
            "/graphql?query=query+A%7Bcost%7Dmutation+B%7Bchange(by:1)%7D&operationName=B",
            405,
            "POST",
        ),
        ("GET", "/graphql", 400, ""),
        ("PUT", "/graphql?query=%7Bcost%7D", 405, "GET, HEAD, POST"),
        ("DELETE", "/graphql", 405, "GET, HEAD, POST"),
    ] {
        let request = TestRequest::default().method(method.parse().unwrap()).uri(uri);
        let answer = send(request).await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (status, allow),
            "{method} {uri} {}",
            answer.text
        );
    }
    let uri =
        "/graphql?query=query($n:String!)%7Bgreeting(name:$n)%7D&variables=%7B%22n%22:%22du%22%7D";
    assert_eq!(send(TestRequest::get().uri(uri)).await.at("/data/greeting"), &json!("Hej du"));
}

#[actix_web::test]
async fn what_is_no_graphql_over_http_is_refused_as_json() {
    let to = || TestRequest::post().uri("/graphql");
    let body = r#"{"query":"{ cost }"}"#;
    for (request, status) in [
        (to().set_payload(body), 415),
        (to().insert_header(("content-type", "text/plain")).set_payload(body), 415),
        (
            to().insert_header(("content-type", "multipart/form-data; boundary=x"))
                .set_payload(body),
            415,
        ),
        (
            to().insert_header(("content-type", "application/json; charset=latin1"))
                .set_payload(body),
            415,
        ),
        (
            to().insert_header(("content-type", JSON))
                .insert_header(("content-encoding", "gzip"))
                .set_payload(body),
            415,
        ),
        (to().insert_header(("content-type", JSON)), 400),
        (to().insert_header(("content-type", JSON)).set_payload("{"), 400),
        (to().insert_header(("content-type", JSON)).set_payload(format!("[{body}]")), 400),
        (to().insert_header(("content-type", JSON)).set_payload(" ".repeat(10_001)), 413),
        (
            to().insert_header(("content-type", JSON))
                .insert_header(("accept", "text/html"))
                .set_payload(body),
            406,
        ),
    ] {
        let answer = send(request).await;
        assert_eq!((answer.status, answer.code()), (status, "BAD_USER_INPUT"), "{}", answer.text);
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    }
}

#[actix_web::test]
async fn what_stands_in_the_way_of_every_request_has_its_status() {
    for (token, status, code, challenge) in [
        ("Bearer good", 200, "", ""),
        ("Bearer bad", 401, "UNAUTHENTICATED", "Bearer error=\"invalid_token\""),
        ("Bearer down", 503, "UNAVAILABLE", ""),
        ("Bearer fault", 500, "INTERNAL", ""),
    ] {
        let answer = send(post(JSON, "{ cost }").insert_header(("authorization", token))).await;
        assert_eq!(
            (answer.status, answer.code(), answer.header("www-authenticate")),
            (status, code, challenge)
        );
    }
}

#[actix_web::test]
async fn only_listed_origins_are_let_in() {
    for (origin, allowed) in
        [("https://plan.example.se", "https://plan.example.se"), ("https://other.example.se", "")]
    {
        let answer = send(post(JSON, "{ cost }").insert_header(("origin", origin))).await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, allowed));
        assert!(answer.header("vary").to_ascii_lowercase().contains("accept"));
        let preflight = TestRequest::default().method("OPTIONS".parse().unwrap()).uri("/graphql");
        let preflight = preflight
            .insert_header(("origin", origin))
            .insert_header(("access-control-request-method", "POST"));
        let preflight = preflight
            .insert_header(("access-control-request-headers", "authorization, content-type"));
        let answer = send(preflight).await;
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
    }
}

#[actix_web::test]
async fn the_pages_are_there_and_name_no_other_host() {
    for (uri, status, content_type) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.css", 200, "text/css; charset=utf-8"),
        ("/graphiql", 200, "text/html; charset=utf-8"),
        ("/graphiql/start.js", 200, "text/javascript; charset=utf-8"),
        ("/graphiql/graphiql-3.9.0.min.js", 200, "text/javascript; charset=utf-8"),
        ("/schema.graphql", 200, "text/plain; charset=utf-8"),
        ("/healthz", 200, "text/plain; charset=utf-8"),
        ("/readyz", 503, "text/plain; charset=utf-8"),
        ("/nowhere", 404, ""),
    ] {
        let answer = send(TestRequest::get().uri(uri)).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, content_type), "{uri}");
        assert!(!answer.text.contains("{{"), "{uri}");
        let tag = answer.header("etag");
        if !tag.is_empty() {
            let again =
                send(TestRequest::get().uri(uri).insert_header(("if-none-match", tag))).await;
            assert_eq!((again.status, again.text.as_str()), (304, ""), "{uri}");
        }
        for element in ["src=\"http", "stylesheet\" href=\"http", "@import", "url(http"] {
            assert!(!answer.text.contains(element), "{uri} {element}");
        }
    }
}

#[actix_web::test]
async fn metrics_are_shown_only_when_asked_for() {
    for (metrics, status) in [(false, 404), (true, 200)] {
        let config = || HttpConfig { metrics, ..HttpConfig::default() };
        let answer = send_to(config(), TestRequest::get().uri("/metrics")).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.text.contains("\nrodtrad_sql_statements_total 42\n"), metrics);
        let index = send_to(config(), TestRequest::get().uri("/")).await;
        assert_eq!(index.text.contains("/metrics"), metrics);
    }
}
