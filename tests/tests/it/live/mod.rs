//! Subscriptions over WebSocket and over server-sent events.

mod events;
mod limits;
mod protocol;
mod roles;
mod scorecard;
mod token;

use std::time::Duration;

use reqwest::Method;
use rodtrad::config::Config;
use serde_json::json;
use tests::{Client, TestApp, setup, soon};

/// A unit's scorecard of a period, as it changes.
const SCORECARD: &str = "subscription ($unit: ID!) {
    scorecard(orgUnit: $unit, period: { year: 2024, kind: UR1 }) {
        rows { nodes { indicator { code } target { value } outcome { value } } }
    }
}";

/// Another server on the same database, for the same tokens, that is set up otherwise.
async fn otherwise(app: &TestApp, change: impl FnOnce(&mut Config)) -> TestApp {
    let token = app.token().clone();
    app.another(move |config| {
        config.token = token;
        config.http.metrics = true;
        change(config);
    })
    .await
}

const TINY: Duration = Duration::from_millis(100);

/// A region with an indicator that has a target there.
async fn region(admin: &Client) -> (String, String) {
    let region = setup::org_unit(admin, None, "R", "Region Halland", "COUNCIL").await;
    let indicator = setup::indicator(admin, &region, "SJUK", "Sjukfrånvaro").await;
    setup::target(admin, &indicator, &region, 2024, "5").await;
    (region, indicator)
}

/// What [`SCORECARD`] answers.
fn card(rows: &[(&str, Option<&str>, Option<&str>)]) -> serde_json::Value {
    let rows: Vec<_> = rows
        .iter()
        .map(|(code, target, outcome)| {
            json!({
                "indicator": { "code": code },
                "target": target.map(|value| json!({ "value": value })),
                "outcome": outcome.map(|value| json!({ "value": value })),
            })
        })
        .collect();
    json!({ "scorecard": { "rows": { "nodes": rows } } })
}

/// How many live connections and operations a server says that it has.
async fn live(app: &TestApp) -> (u32, u32) {
    let response = app.anonymous().request(Method::GET, "/metrics").send().await.expect("metrics");
    let text = response.text().await.expect("text");
    let count = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("a count");
        line.trim().parse().expect("a number")
    };
    (count("rodtrad_live_connections "), count("rodtrad_live_operations "))
}

/// Waits until a server has so many live connections and operations.
async fn until_live(app: &TestApp, wanted: (u32, u32)) {
    soon(async { while live(app).await != wanted {} }).await;
}
