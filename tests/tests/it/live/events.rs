//! Subscriptions over server-sent events.

use reqwest::{Method, StatusCode, header};
use serde_json::json;
use tests::{Events, TestApp, scenario, setup};

use super::{SCORECARD, TINY, card, otherwise, region, until_live};

scenario!(a_scorecard_changes_over_events, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let mut events = Events::of(&admin, SCORECARD, json!({ "unit": region })).await;
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_ENCODING, "identity"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ] {
        assert_eq!(events.response().headers()[&name], value);
    }
    assert_eq!(events.next().await, card(&[("SJUK", Some("5"), None)]));
    for value in ["4.1", "4.2"] {
        setup::outcome(&admin, &indicator, &region, (2024, "UR1"), value).await;
        assert_eq!(events.next().await, card(&[("SJUK", Some("5"), Some(value))]));
    }
});

/// As it stands in a URL.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

scenario!(queries_and_mutations_are_one_event, async |app: &TestApp| {
    let admin = app.admin();
    let mut events = Events::of(&admin, "{ __typename }", ()).await;
    assert_eq!(events.next().await, json!({ "__typename": "Query" }));
    assert_eq!(events.block().await.as_deref(), Some("event: complete\ndata:"));
    assert_eq!(events.event().await, None);

    let make = "mutation { orgUnitCreate(input: { code: \"R\", name: \"Region\", kind: COUNCIL }) { orgUnit { code } } }";
    let by_url = admin
        .request(Method::GET, &format!("/graphql?query={}", encoded(make)))
        .header(header::ACCEPT, "text/event-stream");
    assert_eq!(by_url.send().await.expect("an answer").status(), StatusCode::METHOD_NOT_ALLOWED);
    let mut events = Events::of(&admin, make, ()).await;
    assert_eq!(events.next().await, json!({ "orgUnitCreate": { "orgUnit": { "code": "R" } } }));
    assert_eq!(events.event().await.expect("an event").0, "complete");
    let by_url = admin
        .request(Method::GET, &format!("/graphql?query={}", encoded("{ orgUnits { totalCount } }")))
        .header(header::ACCEPT, "text/event-stream");
    let text = by_url.send().await.expect("an answer").text().await.expect("text");
    assert_eq!(
        text,
        "event: next\ndata: {\"data\":{\"orgUnits\":{\"totalCount\":1}}}\n\nevent: complete\ndata:\n\n"
    );
});

scenario!(what_is_wrong_is_said_before_or_within, async |app: &TestApp| {
    let admin = app.admin();
    let response = Events::ask(&app.anonymous(), SCORECARD, json!({ "unit": "x" })).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert!(response.headers().contains_key(header::WWW_AUTHENTICATE));
    let response =
        Events::ask(&app.bearer("x".to_owned()), SCORECARD, json!({ "unit": "x" })).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let response = Events::ask(&admin, "{", ()).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);

    let mut events = Events::of(&admin, SCORECARD, json!({ "unit": "x" })).await;
    let (name, said) = events.event().await.expect("an event");
    assert_eq!(name, "next");
    assert_eq!(said["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(events.event().await.expect("an event").0, "complete");

    let plain = admin.query(SCORECARD, json!({ "unit": "x" })).await;
    assert_eq!(plain.code(), "BAD_USER_INPUT");
    let message = plain.errors()[0]["message"].as_str().expect("a message");
    assert!(message.contains("graphql-transport-ws") && message.contains("text/event-stream"));
});

scenario!(a_stream_shows_that_it_lives_and_ends_with_its_client, async |app: &TestApp| {
    let admin = app.admin();
    let (region, _) = region(&admin).await;
    let server = otherwise(app, |config| config.http.live.keep_alive = TINY).await;
    let admin = server.admin();
    let mut events = Events::of(&admin, SCORECARD, json!({ "unit": region })).await;
    events.next().await;
    for _ in 0..3 {
        assert_eq!(events.block().await.as_deref(), Some(":"));
    }
    until_live(&server, (1, 1)).await;
    drop(events);
    until_live(&server, (0, 0)).await;
});
