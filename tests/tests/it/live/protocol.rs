//! What graphql-transport-ws has a server say, message by message.

use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Heard, Socket, TestApp, scenario, soon};
use tokio_tungstenite::tungstenite;

use super::{SCORECARD, TINY, otherwise, region, until_live};

scenario!(a_bad_conversation_is_closed_with_its_code, async |app: &TestApp| {
    let admin = app.admin();
    let init = json!({ "type": "connection_init", "payload": { "authorization":
        format!("bearer {}", admin.token().expect("a token")) } })
    .to_string();
    let subscribe = r#"{"id":"1","type":"subscribe","payload":{"query":"subscription { reportStatus(orgUnit: \"x\") { id } }"}}"#;
    let large = format!(r#"{{"type":"ping","payload":{{"x":"{}"}}}}"#, "x".repeat(1024 * 1024));
    let long = format!(r#"{{"type":"{}"}}"#, "å".repeat(200));
    for (messages, code) in [
        (vec!["nonsens"], 4400),
        (vec!["[]"], 4400),
        (vec![r#"{"type":"stop"}"#], 4400),
        (vec![&long], 4400),
        (vec![&large], 4400),
        (vec![subscribe], 4401),
        (vec![r#"{"type":"connection_init"}"#], 4401),
        (vec![r#"{"type":"connection_init","payload":{"Authorization":"Bearer x"}}"#], 4403),
        (vec![r#"{"type":"connection_init","payload":{"Authorization":"Basic x"}}"#], 4403),
        (vec![&init, &init], 4429),
        (vec![&init, r#"{"id":"1","type":"subscribe"}"#], 4400),
    ] {
        let mut socket = Socket::silent(app).await;
        for message in &messages {
            socket.send_text(message).await;
        }
        let heard = loop {
            match socket.hear().await {
                Heard::Message(message) => assert_eq!(message["type"], "connection_ack"),
                Heard::Closed(code, reason) => break (code, reason),
                Heard::Gone => panic!("a close for {messages:?}"),
            }
        };
        assert_eq!(heard.0, code, "{messages:?} {heard:?}");
        assert!(!heard.1.is_empty());
    }
    let mut socket = Socket::of(app, &admin).await;
    let (region, _) = region(&admin).await;
    for _ in 0..2 {
        socket.subscribe("same", SCORECARD, json!({ "unit": region })).await;
    }
    socket.next("same").await;
    assert_eq!(socket.closed().await, (4409, "Subscriber for same already exists".to_owned()));
});

scenario!(who_says_nothing_is_not_waited_for, async |app: &TestApp| {
    let hasty = otherwise(app, |config| config.http.live.init_timeout = TINY).await;
    assert_eq!(Socket::silent(&hasty).await.closed().await.0, 4408);
});

scenario!(only_our_protocol_and_our_pages_are_let_in, async |app: &TestApp| {
    let mut socket = Socket::open(app, None, &[]).await.expect("a connection");
    assert_eq!(socket.closed().await.0, 4406);
    let server = otherwise(app, |config| {
        config.http.cors_origins = vec!["https://plan.example.se".to_owned()];
    })
    .await;
    let own = server.url().to_owned();
    for (origin, good) in
        [("https://plan.example.se", true), (own.as_str(), true), ("https://evil.example", false)]
    {
        let opened =
            Socket::open(&server, Some("graphql-transport-ws"), &[("origin", origin)]).await;
        match opened {
            Ok(_) => assert!(good, "{origin}"),
            Err(tungstenite::Error::Http(response)) => {
                assert_eq!((response.status(), good), (StatusCode::FORBIDDEN, false), "{origin}");
            }
            Err(other) => panic!("{origin}: {other}"),
        }
    }
});

scenario!(pings_are_answered_both_ways, async |app: &TestApp| {
    let quick = otherwise(app, |config| config.http.live.ping_interval = TINY).await;
    let mut socket = Socket::silent(&quick).await;
    socket.send(json!({ "type": "ping", "payload": { "a": [1] } })).await;
    assert_eq!(socket.message().await, json!({ "type": "pong", "payload": { "a": [1] } }));
    socket.send(json!({ "type": "pong" })).await;
    socket.settle().await;
    // Nobody reads what this one is sent, and so it does not answer.
    let silent = Socket::silent(&quick).await;
    tokio::select! {
        heard = socket.hear() => panic!("nothing, but {heard:?}"),
        () = until_live(&quick, (1, 0)) => {}
    }
    socket.settle().await;
    drop(silent);
});

scenario!(what_cannot_run_ends_with_an_error, async |app: &TestApp| {
    let admin = app.admin();
    let (region, _) = region(&admin).await;
    let goal = entity::node_id::encode(entity::vocabulary::NodeType::Goal, uuid::Uuid::nil());
    let unknown = entity::node_id::encode(entity::vocabulary::NodeType::OrgUnit, uuid::Uuid::nil());
    let deep =
        format!("{{ goals {{ nodes {{ {} id {} }} }} }}", "parent {".repeat(40), "}".repeat(40));
    let unit = |id: &str| json!({ "unit": id });
    let month = SCORECARD.replace("kind: UR1", "kind: MONTH");
    let two = SCORECARD.replacen("scorecard(", "__typename scorecard(", 1);
    let fragment = "subscription ($unit: ID!) { ...F } fragment F on Subscription {
        scorecard(orgUnit: $unit, period: { year: 2024, kind: UR1 }) { orgUnit { code } } }";
    let mut socket = Socket::of(app, &admin).await;
    for (document, variables, code) in [
        ("{", json!({}), "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        (&two, unit(&region), "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { __typename }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        (&deep, json!({}), "QUERY_TOO_DEEP"),
        (SCORECARD, json!({}), "BAD_USER_INPUT"),
        (SCORECARD, unit("nonsens"), "BAD_USER_INPUT"),
        (SCORECARD, unit(&goal), "BAD_USER_INPUT"),
        (SCORECARD, unit(&unknown), "BAD_USER_INPUT"),
        (&month, unit(&region), "BAD_USER_INPUT"),
    ] {
        socket.subscribe("1", document, variables).await;
        assert_eq!(socket.error("1").await, code, "{document}");
    }
    socket.subscribe("1", fragment, unit(&region)).await;
    assert_eq!(socket.next("1").await, json!({ "scorecard": { "orgUnit": { "code": "R" } } }));
    // A field that fails alone does not end a query.
    socket.subscribe("2", "{ goals(first: -1) { totalCount } }", ()).await;
    let answer = socket.message().await;
    assert_eq!(answer["payload"]["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(answer["payload"]["data"], Value::Null);
    assert_eq!(socket.message().await["type"], "complete");
});

scenario!(an_operation_that_is_completed_stops_at_once, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let mut socket = Socket::of(app, &admin).await;
    for value in ["1", "2", "3"] {
        socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
        socket.next("1").await;
        socket.send(json!({ "type": "complete", "id": "1" })).await;
        socket.settle().await;
        tests::setup::outcome(&admin, &indicator, &region, (2024, "UR1"), value).await;
    }
    socket.settle().await;
});

scenario!(a_server_that_stops_says_so, async |app: &TestApp| {
    let server = otherwise(app, |_| {}).await;
    let admin = server.admin();
    let (region, _) = region(&admin).await;
    let mut socket = Socket::of(&server, &admin).await;
    socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    socket.next("1").await;
    let mut events = tests::Events::of(&admin, SCORECARD, json!({ "unit": region })).await;
    events.next().await;
    let (closed, ended, ()) =
        futures_util::future::join3(socket.closed(), events.event(), soon(server.stop())).await;
    assert_eq!(closed.0, 1001);
    assert_eq!(ended, None);
});
