//! The composition root: everything that runs is put together here, and only here.

use std::{net::TcpListener, sync::Arc};

use actix_web::{App as ActixApp, HttpServer, dev::Server};
use async_graphql::{Request, Response};
use async_trait::async_trait;

use crate::{
    access::{
        verified::Tokens,
        viewer::{Language, Principal, Viewer},
    },
    answers::{Answers, Caller, Rests},
    config::Config,
    db::Db,
    domain::access::known::{self, Holders, Known},
    error::{Error, Result},
    fresh::Reads,
    graphql::{
        context::{Clock, Session},
        schema::Schemas,
    },
    http::{self, Counts, EdgeError, Engine},
};

/// A running Rödtråd: its database, its schema and its clock.
#[derive(Clone)]
pub struct App {
    db: Db,
    schemas: Schemas,
    sdl: Arc<str>,
    config: Config,
    clock: Clock,
    tokens: Arc<Tokens>,
    holders: Arc<Holders>,
    anonymous: Arc<Known>,
    answers: Answers,
}

impl App {
    /// Opens the database, brings it up to date and builds the schema.
    ///
    /// # Errors
    /// When there is no database to be had, or it cannot be brought up to date.
    pub async fn open(config: Config, clock: Clock) -> Result<Self> {
        let db = Db::connect(&config.database_url, config.connections).await?;
        db.migrate().await?;
        let schemas = Schemas::build();
        let sdl = schemas.sdl().into();
        let tokens = Arc::new(Tokens::new(config.token.clone()));
        let holders = Arc::new(Holders::new(config.public_read));
        let anonymous = Arc::new(Known::anonymous(config.public_read));
        let answers = Answers::new(db.fresh().clone(), config.answer_bytes);
        Ok(Self { db, schemas, sdl, config, clock, tokens, holders, anonymous, answers })
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The schema as text.
    #[must_use]
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What it keeps between requests.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// How it is set up.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }
}

/// Answers on a listener until it is told to stop.
///
/// # Errors
/// Whatever the operating system says of the listener.
pub fn serve(app: App, listener: TcpListener) -> Result<Server> {
    let http = app.config.http.clone();
    let engine: Arc<dyn Engine> = Arc::new(app);
    let routes = http::configure(engine, http);
    let server = HttpServer::new(move || ActixApp::new().configure(routes.clone()))
        .shutdown_timeout(10)
        .listen(listener)
        .map_err(Error::internal)?;
    Ok(server.run())
}

#[async_trait]
impl Engine for App {
    async fn recognise(
        &self,
        authorization: Option<&str>,
        accept_language: Option<&str>,
    ) -> Result<Caller, EdgeError> {
        let now = (self.clock)();
        let principal = match authorization {
            Some(header) => {
                let token = bearer(header).ok_or_else(|| {
                    EdgeError::Unauthenticated("Send `Authorization: Bearer <token>`.".to_owned())
                })?;
                Some(self.tokens.verify(token).map_err(EdgeError::Unauthenticated)?)
            }
            None => None,
        };
        let language = Language::preferred(accept_language);
        // Who asks is known under the same proof as answers, also when those are not kept. Nothing is kept for those who
        // may see nothing.
        let open = self.answers.is_on() && self.config.public_read;
        let proof = if principal.is_some() || open {
            Some(self.db.fresh().check().await.map_err(edge)?)
        } else {
            None
        };
        let known = match (&principal, &proof) {
            (None, _) => Arc::clone(&self.anonymous),
            (Some(principal), Some(proof)) => {
                self.holders.held(&self.db, principal, proof).await.map_err(edge)?
            }
            (Some(principal), None) => {
                let public_read = self.config.public_read;
                Arc::new(known::read(&self.db, principal, public_read).await.map_err(edge)?)
            }
        };
        Ok(Caller { principal, known, language, now, proof })
    }

    async fn execute(&self, caller: &Caller, request: Request) -> (Response, Rests) {
        let viewer = match &caller.principal {
            Some(principal) => Viewer::new(
                Principal::clone(principal),
                caller.known.grants.clone(),
                caller.known.whole.clone(),
                self.config.public_read,
                caller.language,
            ),
            None => Viewer::anonymous(self.config.public_read, caller.language),
        };
        let reads = Arc::<Reads>::default();
        let db = if self.answers.is_on() { self.db.recording(&reads) } else { self.db.clone() };
        let session = Arc::new(Session::new(db, viewer, caller.now));
        let response = self.schemas.execute(request.data(Arc::clone(&session))).await;
        let rests = Rests {
            tables: reads.tables(),
            personal: session.viewer.is_personal(),
            exact: session.is_exact(),
        };
        (response, rests)
    }

    fn answers(&self) -> &Answers {
        &self.answers
    }

    async fn ready(&self) -> Result<(), String> {
        self.db.ready().await
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    fn counts(&self) -> Counts {
        Counts {
            sql_statements: self.db.statements(),
            head_readings: self.db.fresh().readings(),
            given: self.answers.given(),
            answer_bytes: self.answers.bytes(),
        }
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

fn edge(error: Error) -> EdgeError {
    match error {
        Error::Unavailable(source) => EdgeError::Unavailable(source.to_string()),
        other => EdgeError::Internal(format!("{other:?}")),
    }
}
