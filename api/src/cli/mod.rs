//! The command line: serve, migrate, token, schema, demo.

mod demo;
mod serve;
mod token;

use std::{path::Path, sync::Arc, time::Duration};

use clap::{Parser, Subcommand};

use crate::{
    access::token::TokenConfig,
    app::App,
    config::{
        ANSWER_BYTES, AUDIENCE, Config, DEVELOPER, ISSUER, configured_secret, development_secret,
        sqlite_path,
    },
    error::{Error, Result},
    graphql::schema,
};

/// Rödtråd: planning and follow-up for Swedish regions and municipalities.
#[derive(Parser, Debug)]
#[command(name = "rodtrad", version, about)]
pub struct Cli {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Answer requests (the same as no command at all).
    Serve,
    /// Bring the database up to date, or take it down again.
    Migrate {
        /// Take every table down. All data is lost.
        #[arg(long)]
        down: bool,
    },
    /// Grant a role and print a token for it, for development and for the first steps of an installation.
    Token(token::Token),
    /// Print the GraphQL schema.
    Schema,
    /// Load the demo, or made-up data of any size.
    Demo(demo::Demo),
}

/// Where the database is, and what makes a token good.
#[derive(Parser, Debug)]
struct Setup {
    /// `sqlite:<file>` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:data/rodtrad.sqlite",
        global = true,
        hide_env_values = true
    )]
    database_url: String,
    /// Connections to the database.
    #[arg(long, env = "RODTRAD_CONNECTIONS", default_value_t = 8, global = true)]
    connections: u32,
    /// The address to answer on. Without a secret it must be of this machine only.
    #[arg(long, env = "RODTRAD_BIND", default_value = "127.0.0.1:8080", global = true)]
    bind: String,
    /// The secret that tokens are signed with (HS256), at least 32 bytes. Without it: development mode.
    #[arg(long, env = "RODTRAD_JWT_SECRET", global = true, hide_env_values = true)]
    jwt_secret: Option<String>,
    /// Who must have issued a token (`iss`).
    #[arg(long, env = "RODTRAD_JWT_ISSUER", default_value = ISSUER, global = true)]
    jwt_issuer: String,
    /// Whom a token must be for (`aud`).
    #[arg(long, env = "RODTRAD_JWT_AUDIENCE", default_value = AUDIENCE, global = true)]
    jwt_audience: String,
    /// Subjects that may make new organisations, comma-separated.
    #[arg(long, env = "RODTRAD_OPERATORS", value_delimiter = ',', global = true)]
    operators: Vec<String>,
    /// Let anonymous callers read what readers read (öppna data).
    #[arg(long, env = "RODTRAD_PUBLIC_READ", global = true)]
    public_read: bool,
    /// Bytes of answers that are kept between requests, for as long as they hold. 0: nothing is kept.
    #[arg(long, env = "RODTRAD_ANSWER_CACHE", default_value_t = ANSWER_BYTES, global = true)]
    answer_cache: usize,
    /// Origins whose pages may call the API, comma-separated.
    #[arg(long, env = "RODTRAD_CORS_ORIGINS", value_delimiter = ',', global = true)]
    cors_origins: Vec<String>,
    /// Live connections at a time: WebSockets and event streams.
    #[arg(long, env = "RODTRAD_LIVE_CONNECTIONS", default_value_t = 1_000, global = true)]
    live_connections: usize,
    /// Seconds that a live connection may take nothing while something waits for it.
    #[arg(
        long,
        env = "RODTRAD_LIVE_STALL",
        default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=3_600),
        global = true
    )]
    live_stall: u64,
    /// Answer `/metrics` to anybody who reaches the server. Always so in development mode.
    #[arg(long, env = "RODTRAD_METRICS", global = true)]
    metrics: bool,
}

impl Setup {
    fn config(&self) -> Result<Config> {
        let development = self.jwt_secret.is_none();
        let secret = match &self.jwt_secret {
            Some(secret) => configured_secret(secret)?,
            None => development_secret(&self.database_url)?,
        };
        let mut operators = self.operators.clone();
        if development {
            operators.push(DEVELOPER.to_owned());
        }
        let token = TokenConfig {
            secret,
            issuer: self.jwt_issuer.clone(),
            audience: self.jwt_audience.clone(),
            operators,
        };
        let mut config = Config::new(self.database_url.clone(), token);
        config.connections = self.connections.clamp(2, 500);
        config.public_read = self.public_read;
        config.answer_bytes = self.answer_cache;
        config.http.cors_origins.clone_from(&self.cors_origins);
        config.http.live.connections = self.live_connections;
        config.http.live.stall = Duration::from_secs(self.live_stall);
        config.http.metrics = self.metrics || development;
        config.development = development;
        Ok(config)
    }

    async fn open(&self) -> Result<App> {
        make_folder(&self.database_url)?;
        App::open(self.config()?, Arc::new(chrono::Utc::now)).await
    }
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// Why it could not be done.
    pub async fn run(self) -> Result<()> {
        match self.command {
            None | Some(Command::Serve) => serve::run(&self.setup).await,
            Some(Command::Migrate { down: false }) => self.setup.open().await.map(|_| ()),
            Some(Command::Migrate { down: true }) => {
                crate::db::Db::connect(&self.setup.database_url, 2).await?.migrate_down().await
            }
            Some(Command::Token(token)) => token.run(&self.setup.open().await?).await,
            Some(Command::Schema) => {
                print!("{}", schema::sdl(&schema::build()));
                Ok(())
            }
            Some(Command::Demo(demo)) => demo.run(&self.setup.open().await?).await,
        }
    }
}

fn make_folder(database_url: &str) -> Result<()> {
    let Some(file) = sqlite_path(database_url) else { return Ok(()) };
    match file.parent().filter(|folder| *folder != Path::new("")) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(Error::internal),
        None => Ok(()),
    }
}

/// An error for whoever typed the command.
#[must_use]
pub fn explain(error: &Error) -> String {
    match error {
        Error::Problems(problems) => {
            problems.iter().map(|problem| problem.message.en.as_str()).collect::<Vec<_>>().join(" ")
        }
        Error::Unauthenticated => "Not signed in.".to_owned(),
        Error::Forbidden(message) | Error::BadInput(message) | Error::TooLarge(message) => {
            message.clone()
        }
        Error::Unavailable(source) => format!("The database is not available: {source}"),
        Error::Internal(source) => source.to_string(),
    }
}
