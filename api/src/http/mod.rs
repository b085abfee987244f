//! The HTTP edge: GraphQL by the GraphQL-over-HTTP specification, and the few pages around it.
//!
//! What the edge needs of the application stands in [`Engine`]. A new route goes into [`configure`], inside
//! the scope, so that it gets a request id, CORS and compression like the others.

mod cors;
mod graphql;
mod health;
mod live;
mod metrics;
mod negotiate;
mod pages;
mod reply;
mod request;
mod trace;
mod within;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::middleware::{Compress, from_fn};
use actix_web::{Route, guard, web};
use async_trait::async_trait;

use crate::answers::{Answers, Caller, Rests};
use crate::fresh::Follower;
use crate::graphql::{budget::Limits, documents::Documents};

pub use live::{Live, LiveConfig};
pub use metrics::Counts;
pub use trace::RequestId;

/// How the edge behaves.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// Origins whose pages may call the API, such as `https://plan.example.se`. None: only its own.
    pub cors_origins: Vec<String>,
    /// Bytes of a request body.
    pub body_limit: usize,
    /// How long a request body may take to arrive.
    pub body_timeout: Duration,
    /// How long an operation may run.
    pub execution_timeout: Duration,
    /// Whether `/graphiql` is there.
    pub graphiql: bool,
    /// Whether `/metrics` is there. Anybody who reaches the server reads it.
    pub metrics: bool,
    /// What one document may be.
    pub limits: Limits,
    /// How connections behave that stay.
    pub live: LiveConfig,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            cors_origins: Vec::new(),
            // 5000 outcomes with comments are about half of it.
            body_limit: 8 * 1024 * 1024,
            body_timeout: Duration::from_secs(30),
            execution_timeout: Duration::from_secs(30),
            graphiql: true,
            metrics: false,
            limits: Limits::default(),
            live: LiveConfig::default(),
        }
    }
}

/// What the edge needs of the application.
#[async_trait]
pub trait Engine: Send + Sync + 'static {
    /// Says who is asking, and proves how far the database has come since the request arrived.
    async fn recognise(
        &self,
        authorization: Option<&str>,
        accept_language: Option<&str>,
    ) -> Result<Caller, EdgeError>;

    /// Runs a request, and says what its answer depends on. The request comes parsed and measured, with its `Cost` and
    /// [`RequestId`]. It is dropped when it takes too long.
    async fn execute(
        &self,
        caller: &Caller,
        request: async_graphql::Request,
    ) -> (async_graphql::Response, Rests);

    /// The same caller with what it holds now, its token aside, and a proof of how far the database has come now.
    async fn again(&self, caller: &Caller) -> Result<Caller, EdgeError>;

    /// Has one turn of a subscription, whose operation has read the log so far.
    async fn turn(
        &self,
        caller: &Caller,
        request: async_graphql::Request,
        from: Option<i64>,
    ) -> Turn;

    /// Hears of every commit from now on.
    fn follow(&self) -> Follower;

    /// The answers that are kept between requests.
    fn answers(&self) -> &Answers;

    /// Whether requests can be answered: the database is there and migrated. The reason is logged, and not
    /// shown.
    async fn ready(&self) -> Result<(), String>;

    /// The schema, as `/schema.graphql` shows it.
    fn sdl(&self) -> &str;

    /// What `/metrics` shows. Reading it asks nothing of the database.
    fn counts(&self) -> Counts;
}

/// What came of one turn of a subscription.
pub struct Turn {
    /// What it has to say, in order.
    pub said: Vec<async_graphql::Response>,
    /// What that depends on.
    pub rests: Rests,
    /// How far it has read the log, when it tells of each change in turn and not of how things stand.
    pub reached: Option<i64>,
}

/// Why nobody knows who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeError {
    /// No good token. The text is for the caller.
    Unauthenticated(String),
    /// Something that we need is out of reach. The text is for the log.
    Unavailable(String),
    /// A fault of ours. The text is for the log.
    Internal(String),
}

/// What every handler has at hand.
struct Edge {
    engine: Arc<dyn Engine>,
    config: HttpConfig,
    documents: Documents,
    live: Live,
    started: Instant,
}

/// The routes of the edge, to be given to `App::configure` after those that do not belong to it: what no
/// other route takes is answered here.
pub fn configure(
    engine: Arc<dyn Engine>,
    config: HttpConfig,
    live: Live,
) -> impl Fn(&mut web::ServiceConfig) + Clone {
    let documents = Documents::new(engine.sdl());
    let edge = web::Data::new(Edge { engine, config, documents, live, started: Instant::now() });
    move |app| {
        let scope = web::scope("")
            .app_data(edge.clone())
            .route("/graphql", web::route().to(graphql::answer))
            .route("/healthz", read().to(health::live))
            .route("/readyz", read().to(health::ready))
            .configure(|scope| pages::configure(scope, &edge.config))
            .configure(|scope| metrics::configure(scope, &edge.config))
            .wrap(Compress::default())
            .wrap(cors::allow(&edge.config.cors_origins))
            .wrap(from_fn(trace::trace));
        app.service(scope);
    }
}

/// A route that changes nothing. Probes like to ask with HEAD.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
