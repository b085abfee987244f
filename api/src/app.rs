//! The composition root: everything that runs is put together here, and only here.

mod engine;
mod serving;

use std::sync::Arc;

pub use serving::{Stop, serve};

use crate::{
    access::verified::Tokens,
    answers::Answers,
    config::Config,
    db::Db,
    domain::access::known::{Holders, Known},
    error::Result,
    graphql::{context::Clock, schema::Schemas},
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
