//! Databases on the server, one a test, each copied from a template that was migrated once.
//!
//! A run of the tests has a number and holds the advisory lock of that number as long as it lives. Databases of a
//! number that nobody holds were left by a run that ended in the middle: the next run removes them. That matters on
//! the server at `TEST_DATABASE_URL` only, since a throwaway one takes everything with it.

use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};
use tokio::sync::OnceCell;

use super::Server;
use crate::database::migrate;

const PREFIX: &str = "rodtrad_test_";

/// The databases of this run.
pub struct Databases {
    server: &'static Server,
    /// One connection for all: two copies of a template at once would wait for each other anyhow.
    maintenance: DatabaseConnection,
    run: i64,
    made: AtomicU32,
}

impl Databases {
    /// Those of this process.
    pub async fn shared() -> &'static Self {
        static SERVER: LazyLock<Result<Server, String>> = LazyLock::new(Server::for_tests);
        static SHARED: OnceCell<Databases> = OnceCell::const_new();
        let server = SERVER.as_ref().unwrap_or_else(|problem| panic!("{problem}"));
        SHARED.get_or_init(async || Self::open(server).await).await
    }

    async fn open(server: &'static Server) -> Self {
        let mut options = ConnectOptions::new(server.maintenance());
        options
            .max_connections(1)
            .acquire_timeout(std::time::Duration::from_secs(300))
            // The lock belongs to the session: it must stay the same one.
            .idle_timeout(None)
            .max_lifetime(None)
            .sqlx_logging(false);
        let maintenance = Database::connect(options).await.unwrap_or_else(|error| {
            panic!("no connection to the PostgreSQL of the tests: {error}");
        });
        let run = i64::from(uuid::Uuid::new_v4().as_fields().0);
        let databases = Self { server, maintenance, run, made: AtomicU32::new(0) };
        assert!(databases.lock(run).await, "another run has the number {run}");
        databases.remove_what_was_left().await;
        let template = databases.template();
        databases.execute(&format!("CREATE DATABASE {template} TEMPLATE template0")).await;
        migrate(&server.url(&template)).await;
        databases
    }

    /// Makes a migrated database: its name and where it is.
    pub async fn create(&self) -> (String, String) {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}_{number}", self.run);
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {}", self.template())).await;
        let url = self.server.url(&name);
        (name, url)
    }

    /// Removes a database, whoever is connected to it.
    pub async fn remove(&self, name: &str) {
        self.execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }

    fn template(&self) -> String {
        format!("{PREFIX}{}_template", self.run)
    }

    async fn remove_what_was_left(&self) {
        for name in self.names().await {
            let run =
                name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()?.parse().ok());
            if let Some(run) = run
                && self.lock(run).await
            {
                self.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            }
        }
    }

    /// The databases of all runs, as far as they are ours to remove.
    async fn names(&self) -> Vec<String> {
        let rows = self
            .maintenance
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT datname::text FROM pg_database
                 WHERE starts_with(datname::text, $1) AND pg_get_userbyid(datdba) = current_user",
                [PREFIX.into()],
            ))
            .await
            .expect("the names of the databases");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect()
    }

    async fn lock(&self, run: i64) -> bool {
        self.maintenance
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_try_advisory_lock($1)",
                [run.into()],
            ))
            .await
            .ok()
            .flatten()
            .is_some_and(|row| row.try_get_by_index(0).unwrap_or(false))
    }

    async fn execute(&self, sql: &str) {
        if let Err(error) = self.maintenance.execute_unprepared(sql).await {
            panic!("{sql}: {error}");
        }
    }
}
