//! `/metrics`: what the server counts, as Prometheus reads it.
//!
//! Counts only, nothing of anybody's data. It answers without a token, so it is there only when asked for.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

use super::{Edge, HttpConfig, read};
use crate::answers::Given;

const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What the application counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// SQL statements sent to the database since the start.
    pub sql_statements: u64,
    /// Readings of the log's head, each of which serves all requests that waited for it.
    pub head_readings: u64,
    /// Queries that were answered, and from where.
    pub given: Given,
    /// Bytes of answers that are kept.
    pub answer_bytes: usize,
}

/// The route, when it is wanted.
pub(super) fn configure(app: &mut web::ServiceConfig, config: &HttpConfig) {
    if config.metrics {
        app.route("/metrics", read().to(metrics));
    }
}

async fn metrics(edge: web::Data<Edge>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, FORMAT))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text(edge.engine.counts(), edge.live.counts(), edge.started.elapsed()))
}

fn text(counts: Counts, live: (usize, usize), uptime: Duration) -> String {
    let Counts { sql_statements, head_readings, given, answer_bytes } = counts;
    let Given { kept, joined, made } = given;
    let (connections, operations) = live;
    let version = env!("CARGO_PKG_VERSION");
    let uptime = uptime.as_secs_f64();
    format!(
        "# HELP rodtrad_build_info The version that runs.\n\
         # TYPE rodtrad_build_info gauge\n\
         rodtrad_build_info{{version=\"{version}\"}} 1\n\
         # HELP rodtrad_uptime_seconds Seconds since the start.\n\
         # TYPE rodtrad_uptime_seconds gauge\n\
         rodtrad_uptime_seconds {uptime:.3}\n\
         # HELP rodtrad_sql_statements_total SQL statements sent to the database since the start.\n\
         # TYPE rodtrad_sql_statements_total counter\n\
         rodtrad_sql_statements_total {sql_statements}\n\
         # HELP rodtrad_head_readings_total Readings of the head of the log of changes, besides those statements.\n\
         # TYPE rodtrad_head_readings_total counter\n\
         rodtrad_head_readings_total {head_readings}\n\
         # HELP rodtrad_answers_total Queries answered: kept from before, joined to one that was being made, or made.\n\
         # TYPE rodtrad_answers_total counter\n\
         rodtrad_answers_total{{from=\"kept\"}} {kept}\n\
         rodtrad_answers_total{{from=\"joined\"}} {joined}\n\
         rodtrad_answers_total{{from=\"made\"}} {made}\n\
         # HELP rodtrad_answer_bytes Bytes of answers that are kept.\n\
         # TYPE rodtrad_answer_bytes gauge\n\
         rodtrad_answer_bytes {answer_bytes}\n\
         # HELP rodtrad_live_connections WebSockets and event streams that are open.\n\
         # TYPE rodtrad_live_connections gauge\n\
         rodtrad_live_connections {connections}\n\
         # HELP rodtrad_live_operations Operations that run on them.\n\
         # TYPE rodtrad_live_operations gauge\n\
         rodtrad_live_operations {operations}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_one_that_prometheus_reads() {
        let counts = Counts { sql_statements: 7, ..Counts::default() };
        let text = text(counts, (3, 5), Duration::from_millis(1_500));
        assert!(text.contains("\nrodtrad_live_operations 5\n"), "{text}");
        assert!(text.contains("\nrodtrad_sql_statements_total 7\n"), "{text}");
        assert!(text.contains("\nrodtrad_uptime_seconds 1.500\n"), "{text}");
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with("rodtrad_"), "{line}");
            assert!(value.parse::<f64>().is_ok(), "{line}");
        }
    }
}
