//! Operations that are answered with events.

use super::*;

const EVENTS: &str = "text/event-stream";

/// The answer, and the codes of its errors, in the events that there are.
fn told(answer: &Answer) -> (Value, Vec<String>) {
    let end = "event: complete\ndata:\n\n";
    let events = answer.text.strip_suffix(end).unwrap_or_else(|| panic!("{}", answer.text));
    let mut said = events.split("\n\n").filter(|event| !event.is_empty());
    let next = said.next().and_then(|event| event.strip_prefix("event: next\ndata: "));
    assert_eq!(said.next(), None, "{events}");
    let mut next: Value = serde_json::from_str(next.unwrap_or_default()).unwrap();
    let errors = next["errors"].as_array().cloned().unwrap_or_default();
    let codes = errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap().to_owned());
    (next["data"].take(), codes.collect())
}

#[actix_web::test]
async fn an_operation_is_answered_with_events() {
    for (query, data, codes) in [
        ("{ greeting }", json!({ "greeting": "Hej " }), &[][..]),
        ("mutation { change(by: 1) }", json!({ "change": 1 }), &[]),
        ("{ unknown }", Value::Null, &["GRAPHQL_VALIDATION_FAILED"]),
        ("{ optionalFault }", json!({ "optionalFault": null }), &["INTERNAL"]),
        ("{ fault }", Value::Null, &["INTERNAL"]),
        ("{ panic }", Value::Null, &["INTERNAL"]),
        ("{ slow }", Value::Null, &["TIMEOUT"]),
    ] {
        let answer = send(post(EVENTS, query)).await;
        assert_eq!(answer.status, 200, "{query}");
        assert_eq!(answer.header("content-type"), "text/event-stream; charset=utf-8");
        let (told, errors) = told(&answer);
        assert_eq!(errors, codes, "{query}");
        assert_eq!(told, data, "{query}");
    }
}

#[actix_web::test]
async fn events_are_for_those_who_want_nothing_else_and_for_subscriptions() {
    let both = format!("{EVENTS}, {JSON}");
    for (accept, query, status, form) in [
        (EVENTS, "{ greeting }", 200, EVENTS),
        (&both, "{ greeting }", 200, JSON),
        (&both, "mutation { change(by: 1) }", 200, JSON),
        (&both, "subscription { x }", 200, EVENTS),
        ("*/*", "subscription { x }", 200, JSON),
        ("text/event-stream;q=0", "{ greeting }", 406, JSON),
        (EVENTS, "{", 400, RESPONSE),
        (EVENTS, "subscription { a b }", 400, RESPONSE),
    ] {
        let answer = send(post(accept, query)).await;
        assert_eq!(answer.status, status, "{accept} {query}");
        assert!(answer.header("content-type").starts_with(form), "{accept} {query}");
    }
    let by_url = TestRequest::get().uri("/graphql?query=mutation%7Bchange(by:1)%7D");
    assert_eq!(send(by_url.insert_header(("accept", EVENTS))).await.status, 405);
    let bad = post(EVENTS, "{ greeting }").insert_header(("authorization", "Bearer bad"));
    assert_eq!(send(bad).await.status, 401);
}
