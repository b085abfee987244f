//! Connections that read. SQLx's own pool asks the database whether a connection lives whenever one is taken or given
//! back: on a small query that is most of the work. Here a connection is asked only when it has lain idle, and a read
//! that meets a dead one goes on with another.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleError, RecycleResult},
};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement,
    sea_query::Values,
    sqlx::{
        self, Connection as _, Database, Executor, IntoArguments, Postgres, Sqlite,
        postgres::PgConnectOptions, sqlite::SqliteConnectOptions,
    },
};
use sea_query_sqlx::SqlxValues;

/// A connection that has lain idle so long is asked whether it still lives.
const IDLE: Duration = Duration::from_secs(5);

/// Hears of every statement before it is sent.
pub type Watch = Arc<dyn Fn(&Statement) + Send + Sync>;

/// Reads from either database. Cloning is cheap.
#[derive(Clone)]
pub struct Reader {
    pools: Pools,
    watch: Watch,
}

#[derive(Clone)]
enum Pools {
    Postgres(Pool<Opener<Postgres>>),
    Sqlite(Pool<Opener<Sqlite>>),
}

impl Reader {
    /// Connections to PostgreSQL.
    ///
    /// # Errors
    /// Never with the runtime that we have.
    pub fn postgres(
        options: PgConnectOptions,
        connections: u32,
        acquire: Duration,
        watch: Watch,
    ) -> Result<Self, DbErr> {
        Ok(Self { pools: Pools::Postgres(pool(options, connections, acquire)?), watch })
    }

    /// Connections to SQLite.
    ///
    /// # Errors
    /// Never with the runtime that we have.
    pub fn sqlite(
        options: SqliteConnectOptions,
        connections: u32,
        acquire: Duration,
        watch: Watch,
    ) -> Result<Self, DbErr> {
        Ok(Self { pools: Pools::Sqlite(pool(options, connections, acquire)?), watch })
    }

    /// Who hears of its statements.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Arc::clone(&self.watch)
    }

    /// The same connections, whose statements somebody else hears of.
    #[must_use]
    pub fn watched(&self, watch: Watch) -> Self {
        Self { pools: self.pools.clone(), watch }
    }

    /// Lets go of every connection.
    pub fn close(&self) {
        match &self.pools {
            Pools::Postgres(pool) => pool.close(),
            Pools::Sqlite(pool) => pool.close(),
        }
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match self.pools {
            Pools::Postgres(_) => DbBackend::Postgres,
            Pools::Sqlite(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a reader does not write".to_owned()))
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a reader does not write".to_owned()))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.query_all_raw(statement).await?.into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        (self.watch)(&statement);
        match &self.pools {
            Pools::Postgres(pool) => rows(pool, &statement).await,
            Pools::Sqlite(pool) => rows(pool, &statement).await,
        }
    }
}

/// Opens connections, and looks after those that come back.
struct Opener<DB: Database>(<DB::Connection as sqlx::Connection>::Options);

/// A connection, and whether a statement is under way on it: one that was dropped in the middle is not used again.
struct Line<DB: Database> {
    connection: DB::Connection,
    busy: bool,
}

impl<DB: Database> Manager for Opener<DB>
where
    <DB::Connection as sqlx::Connection>::Options: Send + Sync,
{
    type Type = Line<DB>;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Line<DB>, sqlx::Error> {
        Ok(Line { connection: DB::Connection::connect_with(&self.0).await?, busy: false })
    }

    async fn recycle(&self, line: &mut Line<DB>, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if line.busy {
            return Err(RecycleError::message("a statement was dropped in the middle"));
        }
        if metrics.last_used() > IDLE {
            line.connection.ping().await?;
        }
        Ok(())
    }
}

fn pool<DB: Database>(
    options: <DB::Connection as sqlx::Connection>::Options,
    connections: u32,
    acquire: Duration,
) -> Result<Pool<Opener<DB>>, DbErr>
where
    <DB::Connection as sqlx::Connection>::Options: Send + Sync,
{
    let size = usize::try_from(connections.max(1)).unwrap_or(usize::MAX);
    Pool::builder(Opener(options))
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(acquire))
        .create_timeout(Some(acquire))
        .recycle_timeout(Some(acquire))
        .build()
        .map_err(|error| DbErr::Custom(error.to_string()))
}

/// The rows of a statement. A connection that turns out to be dead is thrown away and another one asked: reading twice
/// changes nothing.
async fn rows<DB>(pool: &Pool<Opener<DB>>, statement: &Statement) -> Result<Vec<QueryResult>, DbErr>
where
    DB: Database,
    <DB::Connection as sqlx::Connection>::Options: Send + Sync,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    SqlxValues: IntoArguments<DB>,
    QueryResult: From<DB::Row>,
{
    let mut left = pool.status().max_size;
    loop {
        let mut line = pool.get().await.map_err(acquiring)?;
        let values = SqlxValues(statement.values.clone().unwrap_or(Values(Vec::new())));
        let query = sqlx::query_with(sqlx::AssertSqlSafe(statement.sql.as_str()), values);
        line.busy = true;
        let answer = query.fetch_all(&mut line.connection).await;
        line.busy = false;
        match answer {
            Ok(rows) => return Ok(rows.into_iter().map(QueryResult::from).collect()),
            Err(error) if is_dead(&error) && left > 0 => {
                drop(Object::take(line));
                left -= 1;
            }
            Err(error) => {
                if is_dead(&error) {
                    drop(Object::take(line));
                }
                return Err(query_error(error));
            }
        }
    }
}

fn query_error(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

fn acquiring(error: PoolError<sqlx::Error>) -> DbErr {
    match error {
        PoolError::Backend(error) => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
        PoolError::Closed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        _ => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
    }
}

/// Whether the connection is gone, and not only the statement wrong: PostgreSQL says 57P01 to 57P03 when it shuts down.
fn is_dead(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => {
            matches!(error.code().as_deref(), Some("57P01" | "57P02" | "57P03"))
        }
        _ => false,
    }
}
