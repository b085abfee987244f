//! The composition root: everything that runs is put together here, and only here.

use std::{net::TcpListener, sync::Arc};

use actix_web::{App as ActixApp, HttpServer, dev::Server};
use async_graphql::{Request, Response};
use async_trait::async_trait;

use crate::{
    access::{token, viewer::Language},
    config::Config,
    db::Db,
    domain::access::sign_in,
    error::{Error, Result},
    graphql::{
        context::{Clock, Session},
        schema::{self, Rodtrad},
    },
    http::{self, Counts, EdgeError, Engine},
};

/// A running Rödtråd: its database, its schema and its clock.
#[derive(Clone)]
pub struct App {
    db: Db,
    schema: Rodtrad,
    sdl: Arc<str>,
    config: Config,
    clock: Clock,
}

impl App {
    /// Opens the database, brings it up to date and builds the schema.
    ///
    /// # Errors
    /// When there is no database to be had, or it cannot be brought up to date.
    pub async fn open(config: Config, clock: Clock) -> Result<Self> {
        let db = Db::connect(&config.database_url, config.connections).await?;
        db.migrate().await?;
        let schema = schema::build();
        let sdl = schema::sdl(&schema).into();
        Ok(Self { db, schema, sdl, config, clock })
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
    async fn prepare(
        &self,
        authorization: Option<&str>,
        accept_language: Option<&str>,
        request: Request,
    ) -> Result<Request, EdgeError> {
        let now = (self.clock)();
        let principal = match authorization {
            Some(header) => {
                let token = bearer(header).ok_or_else(|| {
                    EdgeError::Unauthenticated("Send `Authorization: Bearer <token>`.".to_owned())
                })?;
                Some(token::verify(&self.config.token, token).map_err(EdgeError::Unauthenticated)?)
            }
            None => None,
        };
        let language = Language::preferred(accept_language);
        let viewer = sign_in::viewer(&self.db, principal, self.config.public_read, language)
            .await
            .map_err(edge)?;
        let session = Arc::new(Session::new(self.db.clone(), viewer, now));
        Ok(request.data(session))
    }

    async fn execute(&self, request: Request) -> Response {
        schema::execute(&self.schema, request).await
    }

    async fn ready(&self) -> Result<(), String> {
        self.db.ready().await
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    fn counts(&self) -> Counts {
        Counts { sql_statements: self.db.statements() }
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
