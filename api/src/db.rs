//! The two databases behind one door: pools, collations, migrations and the count of statements.

mod reader;

use std::{
    cmp::Ordering,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering as Memory},
    },
    time::Duration,
};

use icu_collator::{
    Collator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
    preferences::CollationNumericOrdering,
};
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection,
    DatabaseTransaction, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait as _,
    sqlx::{
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use reader::{Reader, Watch};

use crate::{
    error::{Error, Result},
    fresh::{Fresh, Reads, Tables},
};

/// Connections that write on PostgreSQL: one writes at a time, and somebody asks whether the database is ready.
const WRITERS: u32 = 3;
const ACQUIRE: Duration = Duration::from_secs(10);
const LOCK: &str = "20s";
const TURN: Duration = Duration::from_secs(20);
const MOVED: &str = "UPDATE change_head SET unlogged = unlogged + 1";

/// An open database. Cloning is cheap.
#[derive(Clone)]
pub struct Db {
    read: Reader,
    write: DatabaseConnection,
    statements: Arc<AtomicU64>,
    watcher: Arc<OnceLock<Watcher>>,
    writers: Arc<Semaphore>,
    fresh: Fresh,
}

/// Is shown each statement that has been sent.
type Watcher = Box<dyn Fn(&Statement) + Send + Sync>;

impl Db {
    /// Connects to `sqlite:…` or `postgres://…`. A SQLite file is made when it is missing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when there is no connection to be had, [`Error::BadInput`] for another kind of URL.
    pub async fn connect(url: &str, connections: u32) -> Result<Self> {
        let statements = Arc::new(AtomicU64::new(0));
        let watcher = Arc::new(OnceLock::<Watcher>::new());
        let (counted, watching) = (Arc::clone(&statements), Arc::clone(&watcher));
        let watch: Watch = Arc::new(move |statement: &Statement| {
            counted.fetch_add(1, Memory::Relaxed);
            if let Some(watcher) = watching.get() {
                watcher(statement);
            }
        });
        let (read, mut write) = if url.starts_with("sqlite:") {
            // One connection writes, so that writers queue here and not as SQLITE_BUSY; the others only read.
            let mut write = common(url, 1);
            write.map_sqlx_sqlite_opts(|options| sqlite(options, false));
            let read = sqlite(url.parse().map_err(bad_url)?, true);
            let write = Database::connect(write).await?;
            (Reader::sqlite(read, connections, ACQUIRE, Arc::clone(&watch))?, write)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut write = common(url, WRITERS);
            write.test_before_acquire(true).map_sqlx_postgres_opts(postgres);
            // Plans that hold for any values: making one anew for each question takes longer than most questions.
            let read = postgres(url.parse().map_err(bad_url)?)
                .options([("plan_cache_mode", "force_generic_plan")]);
            let write = Database::connect(write).await?;
            (Reader::postgres(read, connections, ACQUIRE, Arc::clone(&watch))?, write)
        } else {
            return Err(Error::BadInput(
                "DATABASE_URL must begin with sqlite: or postgres:".to_owned(),
            ));
        };
        write.set_metric_callback({
            let watch = Arc::clone(&watch);
            move |sent| watch(sent.statement)
        });
        let (writers, fresh) = (Arc::new(Semaphore::new(1)), Fresh::watch(url));
        Ok(Self { read, write, statements, watcher, writers, fresh })
    }

    /// The same database, whose reader says which tables its statements name.
    #[must_use]
    pub fn recording(&self, reads: &Arc<Reads>) -> Self {
        let (watch, reads) = (self.read.watch(), Arc::clone(reads));
        let watch: Watch = Arc::new(move |statement: &Statement| {
            watch(statement);
            reads.note(Tables::named(&statement.sql));
        });
        Self { read: self.read.watched(watch), ..self.clone() }
    }

    /// How far the database has come, to prove that what is kept still holds.
    #[must_use]
    pub fn fresh(&self) -> &Fresh {
        &self.fresh
    }

    /// The connection for reading.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.read
    }

    /// Which of the databases it is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Whether this is SQLite.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// How many SQL statements have been sent since the start.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Memory::Relaxed)
    }

    /// Shows every statement from now on to `watcher`, to see what it costs; the first one that watches stays.
    pub fn watch(&self, watcher: impl Fn(&Statement) + Send + Sync + 'static) {
        let _ = self.watcher.set(Box::new(watcher));
    }

    /// Waits for this process's turn to write. Writers queue here, first come first served, and not with a
    /// connection in their hands: however many there are, readers find one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the turn does not come in time.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = tokio::time::timeout(TURN, Arc::clone(&self.writers).acquire_owned());
        match turn.await {
            Ok(permit) => permit.map_err(Error::internal),
            Err(_) => {
                Err(Error::Unavailable(Arc::new(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))))
            }
        }
    }

    /// Begins a transaction that will write, and says which tables it changes.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot take it now.
    pub async fn begin_noting(&self, writes: &Arc<Reads>) -> Result<DatabaseTransaction> {
        let mut write = self.write.clone();
        let (statements, writes) = (Arc::clone(&self.statements), Arc::clone(writes));
        write.set_metric_callback(move |info| {
            statements.fetch_add(1, Memory::Relaxed);
            writes.note(Tables::written(&info.statement.sql));
        });
        self.begin_on(&write).await
    }

    /// Begins a transaction that will write. What it changes without a row in the log, it has to count in
    /// `change_head.unlogged`.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot take it now.
    pub async fn begin(&self) -> Result<DatabaseTransaction> {
        self.begin_on(&self.write).await
    }

    async fn begin_on(&self, connection: &DatabaseConnection) -> Result<DatabaseTransaction> {
        Ok(connection
            .begin_with_options(TransactionOptions {
                // Writers follow each other by the lock on the log's head; what they read after it must be what the one before
                // them left, whatever the server's default is.
                isolation_level: Some(IsolationLevel::ReadCommitted).filter(|_| !self.is_sqlite()),
                access_mode: Some(AccessMode::ReadWrite).filter(|_| !self.is_sqlite()),
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            })
            .await?)
    }

    /// Brings the schema up to date; several processes may do so at once.
    ///
    /// # Errors
    /// Whatever the database says; nothing has changed then.
    pub async fn migrate(&self) -> Result<()> {
        let transaction = self.begin().await?;
        if !self.is_sqlite() {
            transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7239461)").await?;
        }
        let pending = Migrator::get_pending_migrations(&transaction).await?;
        Migrator::up(&transaction, None).await?;
        if !pending.is_empty() {
            // Other processes may be running, and what they keep was read from the tables as they were.
            transaction.execute_unprepared(MOVED).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Takes the schema down again, all of it.
    ///
    /// # Errors
    /// Whatever the database says; nothing has changed then.
    pub async fn migrate_down(&self) -> Result<()> {
        let transaction = self.begin().await?;
        Migrator::down(&transaction, None).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Lets the database count its rows, which it does by itself only after a while: without it, what has just been
    /// filled in by the million is read as if it were a handful.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn settle(&self) -> Result<()> {
        let sql = if self.is_sqlite() { "ANALYZE" } else { "VACUUM (ANALYZE)" };
        self.write.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Whether the database answers and has every migration.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub async fn ready(&self) -> std::result::Result<(), String> {
        let pending = Migrator::get_pending_migrations(&self.write)
            .await
            .map_err(|_| "The database does not answer.".to_owned())?;
        if pending.is_empty() {
            Ok(())
        } else {
            Err(format!("{} migrations are pending.", pending.len()))
        }
    }

    /// Lets go of every connection.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn close(self) -> Result<(), DbErr> {
        self.fresh.close().await;
        self.read.close();
        self.write.close().await
    }
}

fn common(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .sqlx_logging(false);
    options
}

fn postgres(options: PgConnectOptions) -> PgConnectOptions {
    // Compiling a plan would take longer than any of our statements does.
    let settings = [("lock_timeout", LOCK), ("timezone", "UTC"), ("jit", "off")];
    options.options(settings).statement_cache_capacity(256)
}

fn sqlite(options: SqliteConnectOptions, read_only: bool) -> SqliteConnectOptions {
    let options = options
        .create_if_missing(!read_only)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: what was acknowledged survives the loss of power, not only of the process.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(20))
        .statement_cache_capacity(256)
        .pragma("temp_store", "memory")
        .collation("swedish", collation(false))
        .collation("swedish_numeric", collation(true));
    if read_only { options.pragma("query_only", "on") } else { options }
}

fn bad_url(error: impl std::fmt::Display) -> Error {
    Error::BadInput(format!("DATABASE_URL cannot be read: {error}."))
}

/// Swedish order as ICU has it; what is equal to ICU is told apart by its bytes, as PostgreSQL does.
fn collation(numeric: bool) -> impl Fn(&str, &str) -> Ordering + Send + Sync + 'static {
    let collator = collator(numeric);
    move |left, right| {
        collator
            .as_ref()
            .map_or(Ordering::Equal, |collator| collator.compare(left, right))
            .then_with(|| left.cmp(right))
    }
}

fn collator(numeric: bool) -> Option<CollatorBorrowed<'static>> {
    let locale = icu_locale_core::locale!("sv-SE");
    let mut preferences = CollatorPreferences::from(&locale);
    if numeric {
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    }
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}
