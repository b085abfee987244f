//! What one connection, and all of them, may take.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tests::{Client, Events, Heard, Socket, TestApp, scenario, setup};
use tokio_tungstenite::tungstenite;

use super::{SCORECARD, card, otherwise, region, until_live};

scenario!(a_connection_has_fifty_operations, async |app: &TestApp| {
    let admin = app.admin();
    let (region, _) = region(&admin).await;
    let mut socket = Socket::of(app, &admin).await;
    for number in 0..50 {
        let id = number.to_string();
        socket.subscribe(&id, SCORECARD, json!({ "unit": region })).await;
        socket.next(&id).await;
    }
    socket.subscribe("51", SCORECARD, json!({ "unit": region })).await;
    assert_eq!(socket.error("51").await, "RATE_LIMITED");
    socket.send(json!({ "type": "complete", "id": "7" })).await;
    socket.subscribe("51", SCORECARD, json!({ "unit": region })).await;
    assert_eq!(socket.next("51").await, card(&[("SJUK", Some("5"), None)]));
});

scenario!(a_server_has_so_many_connections, async |app: &TestApp| {
    let (region, _) = region(&app.admin()).await;
    let server = otherwise(app, |config| config.http.live.connections = 1).await;
    let admin = server.admin();
    let first = Socket::of(&server, &admin).await;
    match Socket::open(&server, Some("graphql-transport-ws"), &[]).await.err() {
        Some(tungstenite::Error::Http(response)) => {
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        }
        other => panic!("a refusal, but {other:?}"),
    }
    let refused = Events::ask(&admin, SCORECARD, json!({ "unit": region })).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    first.close().await;
    until_live(&server, (0, 0)).await;
    let mut events = Events::of(&admin, SCORECARD, json!({ "unit": region })).await;
    events.next().await;
});

/// A document whose answer is about two megabytes of what [`verbose`] says.
fn large() -> String {
    let again: String = (0..400).map(|n| format!("d{n}: definition ")).collect();
    format!(
        "subscription ($unit: ID!) {{ scorecard(orgUnit: $unit, period: {{ year: 2024, kind: UR1 }}) {{
            rows {{ nodes {{ outcome {{ value }} indicator {{ {again} }} }} }} }} }}"
    )
}

/// An indicator of which there is much to say.
async fn verbose(admin: &Client) -> (String, String) {
    let region = setup::org_unit(admin, None, "R", "Region Halland", "COUNCIL").await;
    let input = json!({
        "orgUnit": region, "code": "LÅNG", "name": "Lång", "category": "STAFF", "unit": "%",
        "decimals": 1,
        "definition": "x".repeat(5_000), "direction": "LOWER_IS_BETTER",
        "aggregation": "AVERAGE", "frequency": ["UR1"],
    });
    let indicator = setup::create(admin, "indicator", input).await;
    setup::target(admin, &indicator, &region, 2024, "5").await;
    (region, indicator)
}

scenario!(who_takes_nothing_is_hung_up_on_and_slows_nobody, async |app: &TestApp| {
    let (region, indicator) = verbose(&app.admin()).await;
    let server = otherwise(app, |config| config.http.live.stall = Duration::from_secs(2)).await;
    let admin = server.admin();
    let mut idle = Socket::of(&server, &admin).await;
    idle.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    idle.next("1").await;

    // More than the system keeps for a peer that does not read.
    let document = large();
    let mut stalled = Socket::of(&server, &admin).await;
    for number in 0..50 {
        stalled.subscribe(&number.to_string(), &document, json!({ "unit": region })).await;
    }
    let unread = Events::of(&admin, &document, json!({ "unit": region })).await;
    for value in 1..=20 {
        let value = value.to_string();
        setup::outcome(&admin, &indicator, &region, (2024, "UR1"), &value).await;
        let now = json!({ "code": "LÅNG" });
        let told = idle.next("1").await;
        let row = &told["scorecard"]["rows"]["nodes"][0];
        assert_eq!((&row["indicator"], &row["outcome"]["value"]), (&now, &json!(value)));
    }
    until_live(&server, (1, 1)).await;
    let close = loop {
        match stalled.hear().await {
            Heard::Message(message) => assert_eq!(message["type"], "next"),
            close => break close,
        }
    };
    let told = "Messages were not taken in time. Connect again.".to_owned();
    assert_eq!(close, Heard::Closed(1013, told));
    drop(unread);
});
