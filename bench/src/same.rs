//! Whether two answers say the same. Cursors are each server's own, so they may differ; so may the zeros that an instant
//! ends with.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

const CURSORS: [&str; 3] = ["cursor", "startCursor", "endCursor"];

/// The first place where two answers differ; nothing when they say the same.
pub fn difference(one: &Value, other: &Value) -> Option<String> {
    at("", one, other)
}

fn at(path: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            if !left.keys().eq(right.keys()) {
                let names = |map: &serde_json::Map<String, Value>| {
                    map.keys().cloned().collect::<Vec<_>>().join(" ")
                };
                return Some(format!("{path}: {} / {}", names(left), names(right)));
            }
            left.iter().zip(right).find_map(|((name, one), (_, other))| {
                (!CURSORS.contains(&name.as_str()))
                    .then(|| at(&format!("{path}.{name}"), one, other))
                    .flatten()
            })
        }
        (Value::Array(left), Value::Array(right)) => {
            let mut places = left.iter().zip(right).enumerate();
            places
                .find_map(|(place, (one, other))| at(&format!("{path}[{place}]"), one, other))
                .or_else(|| {
                    (left.len() != right.len())
                        .then(|| format!("{path}: {} / {} of them", left.len(), right.len()))
                })
        }
        (Value::String(left), Value::String(right)) if are_the_same_instant(left, right) => None,
        _ => (one != other).then(|| format!("{path}: {one} / {other}")),
    }
}

fn are_the_same_instant(one: &str, other: &str) -> bool {
    let instant = |text: &str| DateTime::<FixedOffset>::parse_from_rfc3339(text).ok();
    instant(one).is_some_and(|one| instant(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        let one =
            json!({ "a": [{ "b": "1" }], "pageInfo": { "endCursor": "x", "hasNextPage": true } });
        let same =
            json!({ "pageInfo": { "hasNextPage": true, "endCursor": "y" }, "a": [{ "b": "1" }] });
        assert_eq!(difference(&one, &same), None);
        let (one_at, other_at) =
            (json!("2026-11-23T11:53:41.121270+00:00"), json!("2026-11-23T11:53:41.12127+00:00"));
        assert_eq!(difference(&one_at, &other_at), None);
        assert!(difference(&one_at, &json!("2026-11-23T11:53:41.121271+00:00")).is_some());
        for (other, wanted) in [
            (json!({ "a": [{ "b": 1 }], "pageInfo": {} }), ".a[0].b: \"1\" / 1"),
            (json!({ "a": [], "pageInfo": {} }), ".a: 1 / 0 of them"),
            (json!({ "a": [{ "b": "1" }] }), ": a pageInfo / a"),
            (json!({ "a": null, "pageInfo": {} }), ".a: [{\"b\":\"1\"}] / null"),
        ] {
            assert_eq!(difference(&one, &other).as_deref(), Some(wanted));
        }
    }
}
