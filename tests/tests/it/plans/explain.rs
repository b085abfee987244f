//! What a database says of how it answers a statement, and what it had to read for that.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};
use serde_json::Value;

/// The tables that grow with every year and unit: nothing may read one of them whole.
const LARGE: [&str; 3] = ["outcome", "target", "change"];

/// Instructions that SQLite takes for a row.
const INSTRUCTIONS: u64 = 25;
/// How often SQLite counts.
const EVERY: i32 = 1_000;

/// Explains statements on a connection of its own.
pub struct Explainer {
    connection: DatabaseConnection,
    instructions: Arc<AtomicU64>,
}

impl Explainer {
    /// On the database at `url`.
    pub async fn open(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|options| {
            // Named in the schema, but not of the large tables: any order will do.
            options.collation("swedish", str::cmp).collation("swedish_numeric", str::cmp)
        });
        let connection = Database::connect(options).await.expect("a connection");
        let instructions = Arc::new(AtomicU64::new(0));
        if connection.get_database_backend() == DbBackend::Sqlite {
            let counter = Arc::clone(&instructions);
            let pool = connection.get_sqlite_connection_pool();
            let mut connection = pool.acquire().await.expect("the connection");
            let mut handle = connection.lock_handle().await.expect("the connection's handle");
            handle.set_progress_handler(EVERY, move || {
                counter.fetch_add(u64::from(EVERY.unsigned_abs()), Ordering::Relaxed);
                true
            });
        }
        Self { connection, instructions }
    }

    /// What is wrong with the way in which the database answers, which should read so many rows of the large tables
    /// at most.
    pub async fn faults(&self, statement: &Statement, rows: u32) -> Vec<String> {
        let sql = statement.sql.as_str();
        let reads = sql.starts_with("SELECT") || sql.starts_with("WITH");
        if !reads || !LARGE.iter().any(|table| sql.contains(table)) {
            return Vec::new();
        }
        if self.connection.get_database_backend() == DbBackend::Sqlite {
            self.on_sqlite(statement, rows).await
        } else {
            self.on_postgres(statement, rows).await
        }
    }

    async fn on_sqlite(&self, statement: &Statement, rows: u32) -> Vec<String> {
        let plan = self.ask("EXPLAIN QUERY PLAN", statement).await;
        let lines: Vec<String> =
            plan.iter().map(|row| row.try_get("", "detail").expect("a step")).collect();
        let mut faults: Vec<String> = lines
            .iter()
            .filter(|line| LARGE.iter().any(|table| **line == format!("SCAN {table}")))
            .cloned()
            .collect();
        let before = self.instructions.load(Ordering::Relaxed);
        self.ask("", statement).await;
        let instructions = self.instructions.load(Ordering::Relaxed) - before;
        if instructions > u64::from(rows) * INSTRUCTIONS {
            faults.push(format!("{instructions} instructions: {}", lines.join("; ")));
        }
        faults
    }

    async fn on_postgres(&self, statement: &Statement, most: u32) -> Vec<String> {
        let rows = self.ask("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)", statement).await;
        let plan: Value = rows[0].try_get_by_index(0).expect("a plan");
        let mut faults = Vec::new();
        let read = read(&plan[0]["Plan"], &mut faults);
        if read > f64::from(most) {
            faults.push(format!("{read} rows read: {}", outline(&plan[0]["Plan"])));
        }
        faults
    }

    async fn ask(&self, how: &str, statement: &Statement) -> Vec<sea_orm::QueryResult> {
        let asked = Statement {
            sql: format!("{how} {}", statement.sql),
            values: statement.values.clone(),
            db_backend: statement.db_backend,
        };
        let answer = self.connection.query_all_raw(asked).await;
        answer.unwrap_or_else(|error| panic!("{}: {error}", statement.sql))
    }
}

/// How many rows of the large tables a plan has read. What is read whole is a fault.
fn read(plan: &Value, faults: &mut Vec<String>) -> f64 {
    let number = |name: &str| plan[name].as_f64().unwrap_or(0.0);
    let mut rows = 0.0;
    let is_scan = plan["Node Type"].as_str().is_some_and(|node| node.contains("Scan"));
    let table = plan["Relation Name"].as_str().unwrap_or_default();
    if is_scan && (LARGE.contains(&table) || plan["Node Type"] == "Bitmap Index Scan") {
        if plan["Node Type"] == "Seq Scan" {
            faults.push(format!("Seq Scan on {table}"));
        }
        let seen = number("Actual Rows")
            + number("Rows Removed by Filter")
            + number("Rows Removed by Index Recheck");
        rows += seen * number("Actual Loops");
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        rows += read(part, faults);
    }
    rows
}

/// A plan in one line.
fn outline(plan: &Value) -> String {
    let text = |name: &str| plan[name].as_str().unwrap_or_default();
    let mut line = format!("{} {}", text("Node Type"), text("Index Name"));
    for name in ["Index Cond", "Filter", "Sort Key"] {
        if !plan[name].is_null() {
            line.push_str(&format!(" [{name}: {}]", plan[name]));
        }
    }
    let parts: Vec<String> = plan["Plans"].as_array().into_iter().flatten().map(outline).collect();
    if parts.is_empty() { line } else { format!("{line} ({})", parts.join(", ")) }
}
