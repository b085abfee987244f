//! The one connection that reads `change_head`, and keeps what it has learnt.

use std::{future::Future, str::FromStr as _, sync::Arc, time::Duration};

use entity::vocabulary::NodeType;
use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{
        self, Connection as _, PgConnection, SqliteConnection, postgres::PgConnectOptions,
        sqlite::SqliteConnectOptions,
    },
};
use uuid::Uuid;

use super::seen::{Place, Seen};
use crate::error::{Error, Result};

/// How long one reading may take, with connecting. Longer, and its requests are better told.
const TIME: Duration = Duration::from_secs(5);
/// When more has changed than that, all is taken to have changed: it is cheaper than to look.
const MOST: i64 = 20_000;

const HEAD: &str = "SELECT last, unlogged FROM change_head";
const CHANGED: &str = "SELECT organisation_id, node_type, MAX(seq) FROM change \
     WHERE seq > $1 AND seq <= $2 GROUP BY organisation_id, node_type";

/// What changed last of one type of node in one organisation.
type Changed = (Uuid, String, i64);

enum Connection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

pub(super) struct Probe {
    url: String,
    connection: Option<Connection>,
    seen: Arc<Seen>,
}

impl Probe {
    pub(super) fn new(url: &str) -> Self {
        Self { url: url.to_owned(), connection: None, seen: Arc::default() }
    }

    /// Reads how far the database has come. A connection that has been lost is made anew once.
    pub(super) async fn read(&mut self) -> Result<Arc<Seen>> {
        if let Some(connection) = self.connection.take()
            && self.with(connection).await.is_ok()
        {
            return Ok(Arc::clone(&self.seen));
        }
        let connection = timed(Connection::open(&self.url)).await?;
        // Nothing is known of what went on while nobody was connected.
        Arc::make_mut(&mut self.seen).forget();
        self.with(connection).await?;
        Ok(Arc::clone(&self.seen))
    }

    /// Reads through a connection, and keeps it when it is good for another time. What is dropped in the middle is not.
    async fn with(&mut self, mut connection: Connection) -> Result<()> {
        let place = timed(connection.head()).await?;
        if let Some(since) = self.seen.behind(place) {
            let changes = if place.last - since > MOST {
                None
            } else {
                Some(timed(connection.changed(since, place.last)).await?)
            };
            Arc::make_mut(&mut self.seen).advance(place, known(changes));
        }
        self.connection = Some(connection);
        Ok(())
    }

    pub(super) async fn close(&mut self) {
        let closed = match self.connection.take() {
            Some(Connection::Postgres(connection)) => timed(connection.close()).await,
            Some(Connection::Sqlite(connection)) => timed(connection.close()).await,
            None => Ok(()),
        };
        if let Err(error) = closed {
            tracing::debug!(?error, "the connection that watches the log was not closed in order");
        }
    }
}

/// The changes with their types; nothing when there are some of a type that a newer version has made.
fn known(changes: Option<Vec<Changed>>) -> Option<Vec<(Uuid, NodeType, i64)>> {
    changes?
        .into_iter()
        .map(|(organisation, node, seq)| Some((organisation, NodeType::parse(&node)?, seq)))
        .collect()
}

impl Connection {
    async fn open(url: &str) -> sqlx::Result<Self> {
        Ok(if url.starts_with("sqlite:") {
            let options =
                SqliteConnectOptions::from_str(url)?.busy_timeout(TIME).pragma("query_only", "on");
            Self::Sqlite(SqliteConnection::connect_with(&options).await?)
        } else {
            Self::Postgres(PgConnection::connect_with(&PgConnectOptions::from_str(url)?).await?)
        })
    }

    async fn head(&mut self) -> sqlx::Result<Place> {
        let (last, unlogged) = match self {
            Self::Postgres(connection) => sqlx::query_as(HEAD).fetch_one(connection).await?,
            Self::Sqlite(connection) => sqlx::query_as(HEAD).fetch_one(connection).await?,
        };
        Ok(Place { last, unlogged })
    }

    async fn changed(&mut self, since: i64, until: i64) -> sqlx::Result<Vec<Changed>> {
        match self {
            Self::Postgres(connection) => {
                sqlx::query_as(CHANGED).bind(since).bind(until).fetch_all(connection).await
            }
            Self::Sqlite(connection) => {
                sqlx::query_as(CHANGED).bind(since).bind(until).fetch_all(connection).await
            }
        }
    }
}

async fn timed<T>(work: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    let error = match tokio::time::timeout(TIME, work).await {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) => error,
        Err(_) => sqlx::Error::PoolTimedOut,
    };
    Err(Error::Unavailable(Arc::new(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))))
}
