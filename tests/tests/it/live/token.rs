//! Who asks, for as long as the token lasts.

use chrono::{TimeDelta, Utc};
use entity::vocabulary::ActorKind;
use rodtrad::access::{token, viewer::Principal};
use serde_json::json;
use tests::{Client, Events, Socket, TestApp, scenario};

use super::{SCORECARD, card, otherwise, region};

/// The administrator, with a token that lasts so many seconds beyond what clocks may differ by.
fn passing(app: &TestApp, seconds: i64) -> Client {
    let principal = Principal {
        kind: ActorKind::User,
        subject: "operator".to_owned(),
        name: None,
        groups: Vec::new(),
        operator: false,
    };
    let valid = TimeDelta::seconds(seconds - 30);
    app.bearer(token::issue(app.token(), &principal, Utc::now(), valid).expect("a token"))
}

scenario!(a_token_that_runs_out_ends_what_is_live, async |app: &TestApp| {
    let (region, _) = region(&app.admin()).await;
    let brief = passing(app, 5);
    let mut socket = Socket::of(app, &brief).await;
    let mut events = Events::of(&brief, SCORECARD, json!({ "unit": region })).await;
    socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), None)]));
    assert_eq!(events.next().await, card(&[("SJUK", Some("5"), None)]));
    assert_eq!(socket.closed().await, (4403, "The token has run out.".to_owned()));
    let (name, said) = events.event().await.expect("an event");
    assert_eq!(
        (name.as_str(), &said["errors"][0]["extensions"]["code"]),
        ("next", &json!("UNAUTHENTICATED"))
    );
    assert_eq!(events.event().await.expect("an event").0, "complete");
    assert_eq!(events.event().await, None);
});

scenario!(a_token_that_has_run_out_is_not_let_in, async |app: &TestApp| {
    let token = format!("Bearer {}", passing(app, -60).token().expect("a token"));
    let mut socket = Socket::silent(app).await;
    socket.send(json!({ "type": "connection_init", "payload": { "Authorization": token } })).await;
    assert_eq!(socket.closed().await, (4403, "The token has expired.".to_owned()));
});

scenario!(the_handshake_can_carry_the_token, async |app: &TestApp| {
    let token = format!("Bearer {}", app.admin().token().expect("a token"));
    let headers = [("authorization", token.as_str()), ("accept-language", "sv")];
    let mut socket =
        Socket::open(app, Some("graphql-transport-ws"), &headers).await.expect("a connection");
    socket.send(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.message().await, json!({ "type": "connection_ack" }));
    let (refused, message) = (
        "mutation { goalCreate(input: { plan: \"x\", name: \"\" }) { userErrors { message } } }",
        "/payload/data/goalCreate/userErrors/0/message",
    );
    socket.subscribe("1", refused, ()).await;
    let answer = socket.message().await;
    let text = answer.pointer(message).and_then(|text| text.as_str()).expect("a message");
    assert!(text.contains("är"), "in Swedish: {text}");
});

scenario!(open_data_is_live_for_everybody, async |app: &TestApp| {
    let (region, _) = region(&app.admin()).await;
    let open = otherwise(app, |config| config.public_read = true).await;
    let mut socket = Socket::silent(&open).await;
    socket.send(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.message().await, json!({ "type": "connection_ack" }));
    socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), None)]));
    let mut events = Events::of(&open.anonymous(), SCORECARD, json!({ "unit": region })).await;
    assert_eq!(events.next().await, card(&[("SJUK", Some("5"), None)]));
    let second = tests::setup::indicator(&app.admin(), &region, "TID", "Övertid").await;
    tests::setup::target(&app.admin(), &second, &region, 2024, "3").await;
    let both = card(&[("SJUK", Some("5"), None), ("TID", Some("3"), None)]);
    assert_eq!(socket.next("1").await, both);
    assert_eq!(events.next().await, both);
});
