//! The tables, in Markdown.

use std::{fmt::Write as _, time::Duration};

use crate::{load::Load, options::Options};

/// What one query showed.
pub struct Row {
    /// The query.
    pub name: &'static str,
    /// Under load.
    pub load: Load,
    /// SQL statements a request.
    pub statements: Option<f64>,
    /// The length of its answer.
    pub bytes: usize,
}

/// What the tables below it have in common.
pub fn setting(options: &Options) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let build =
        if cfg!(debug_assertions) { " **A debug build: its figures say nothing.**" } else { "" };
    format!(
        "{} connections, {} s a query after {} s to warm up; server, database and load share {cores} cores.{build}\n",
        options.connections,
        options.seconds.as_secs_f64(),
        options.warm_up.as_secs_f64(),
    )
}

/// A table with its title.
pub fn table(title: &str, rows: &[Row]) -> String {
    let mut table = format!(
        "### {title}\n\n\
         | query | requests/s | p50 ms | p99 ms | SQL statements | answer kB |\n\
         |---|---:|---:|---:|---:|---:|\n"
    );
    for Row { name, load, statements, bytes } in rows {
        let statements = statements.map_or("–".to_owned(), |count| format!("{}", rounded(count)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {name} | {:.0} | {:.1} | {:.1} | {statements} | {} |",
            load.per_second,
            milliseconds(load.p50),
            milliseconds(load.p99),
            rounded(f64::from(u32::try_from(*bytes).unwrap_or(u32::MAX)) / 1_000.0),
        );
    }
    table
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// To one decimal, which is left out when it is 0.
fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_one_that_markdown_reads() {
        let load = Load {
            per_second: 1_234.4,
            p50: Duration::from_micros(1_250),
            p99: Duration::from_millis(10),
        };
        let rows = [
            Row { name: "indicator", load, statements: Some(3.0), bytes: 412 },
            Row { name: "series", load, statements: None, bytes: 25_000 },
        ];
        let table = table("10x50x2 on SQLite", &rows);
        let lines: Vec<&str> = table.lines().skip(4).collect();
        assert_eq!(
            lines,
            [
                "| indicator | 1234 | 1.2 | 10.0 | 3 | 0.4 |",
                "| series | 1234 | 1.2 | 10.0 | – | 25 |"
            ]
        );
    }
}
