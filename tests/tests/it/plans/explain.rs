//! What a database says of how it answers a statement, and what it had to read for that.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
    sea_query::{ArrayType, Expr, PostgresQueryBuilder, Query, Value},
};
use serde_json::Value as Json;

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
        let explainer = Self { connection, instructions };
        if explainer.connection.get_database_backend() == DbBackend::Postgres {
            explainer.say("SET plan_cache_mode = force_generic_plan").await;
        }
        explainer
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

    /// The server keeps one plan for any values, so that one is looked at, not the one for these.
    async fn on_postgres(&self, statement: &Statement, most: u32) -> Vec<String> {
        let values: &[Value] = statement.values.as_ref().map_or(&[], |values| &values.0);
        let types: Vec<&str> = values.iter().map(type_of).collect();
        let types =
            if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
        let given: Vec<String> = values.iter().map(literal).collect();
        let given =
            if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) };
        self.say(&format!("PREPARE asked{types} AS {}", statement.sql)).await;
        let explain = format!("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE asked{given}");
        let rows = self.ask("", &Statement::from_string(DbBackend::Postgres, explain)).await;
        self.say("DEALLOCATE asked").await;
        let plan: Json = rows[0].try_get_by_index(0).expect("a plan");
        let mut faults = Vec::new();
        let read = read(&plan[0]["Plan"], &mut faults);
        if read > f64::from(most) {
            faults.push(format!("{read} rows read: {}", outline(&plan[0]["Plan"])));
        }
        faults
    }

    async fn say(&self, sql: &str) {
        let said = self.connection.execute_unprepared(sql).await;
        said.unwrap_or_else(|error| panic!("{sql}: {error}"));
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

/// PostgreSQL's name for the type in which a value is sent.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Int(_) => "integer",
        Value::BigInt(_) | Value::BigUnsigned(_) => "bigint",
        Value::String(_) => "text",
        Value::Uuid(_) => "uuid",
        Value::ChronoDate(_) => "date",
        Value::ChronoDateTimeUtc(_) => "timestamptz",
        Value::Array(ArrayType::Uuid, _) => "uuid[]",
        Value::Array(ArrayType::String, _) => "text[]",
        Value::Array(ArrayType::Int, _) => "integer[]",
        other => panic!("no type for {other:?}"),
    }
}

fn literal(value: &Value) -> String {
    let select = Query::select().expr(Expr::val(value.clone())).to_string(PostgresQueryBuilder);
    format!("CAST({} AS {})", select.trim_start_matches("SELECT "), type_of(value))
}

/// How many rows of the large tables a plan has read: those that a bitmap found and then fetched once. What is read whole
/// is a fault.
fn read(plan: &Json, faults: &mut Vec<String>) -> f64 {
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
    let (mut found, mut below) = (0.0, 0.0);
    for part in plan["Plans"].as_array().into_iter().flatten() {
        let is_bitmap = part["Node Type"].as_str().is_some_and(|node| node.starts_with("Bitmap"));
        *if is_bitmap { &mut found } else { &mut below } += read(part, faults);
    }
    if plan["Node Type"] == "Bitmap Heap Scan" {
        return rows.max(found) + below;
    }
    rows + found + below
}

/// A plan in one line.
fn outline(plan: &Json) -> String {
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
