//! The messages of graphql-transport-ws, read and written.
//!
//! <https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverWebSocket.md>

use async_graphql::ServerError;
use serde_json::{Map, Value};

use crate::http::request::{self, Wanted};

/// What a client says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Message {
    /// Who asks.
    Init(Map<String, Value>),
    /// Whether anybody is there; the answer brings the payload back.
    Ping(Option<Map<String, Value>>),
    /// Somebody is there.
    Pong,
    /// Begin this operation.
    Subscribe(String, Box<Wanted>),
    /// Stop that operation.
    Complete(String),
}

/// Bytes of an operation's id; clients count, or make up UUIDs.
const LONGEST_ID: usize = 256;

/// Reads a message.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub(super) fn read(text: &str) -> Result<Message, String> {
    let mut message: Map<String, Value> = serde_json::from_str(text)
        .map_err(|error| format!("A message is a JSON object: {error}."))?;
    let payload = message.remove("payload").unwrap_or_default();
    let kind = match message.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        _ => return Err("A message has a type.".to_owned()),
    };
    let object = |payload| match payload {
        Value::Null => Ok(None),
        Value::Object(payload) => Ok(Some(payload)),
        _ => Err(format!("The payload of {kind} is an object.")),
    };
    let id = || match message.get("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= LONGEST_ID => Ok(id.clone()),
        _ => Err(format!("{kind} has an id: a text of 1 to {LONGEST_ID} bytes.")),
    };
    match kind {
        "connection_init" => Ok(Message::Init(object(payload)?.unwrap_or_default())),
        "ping" => Ok(Message::Ping(object(payload)?)),
        "pong" => object(payload).map(|_| Message::Pong),
        "subscribe" => {
            let id = id()?;
            let wanted = request::from_message(payload).ok_or(
                "The payload of subscribe has a query, and may have operationName, variables and extensions.",
            )?;
            Ok(Message::Subscribe(id, Box::new(wanted)))
        }
        "complete" => Ok(Message::Complete(id()?)),
        _ => Err(format!("There is no message of type {kind:?} from a client.")),
    }
}

/// Who asks is known.
pub(super) const ACK: &str = r#"{"type":"connection_ack"}"#;

/// Somebody is there.
pub(super) fn pong(payload: Option<Map<String, Value>>) -> String {
    match payload {
        Some(payload) => format!(r#"{{"type":"pong","payload":{}}}"#, Value::Object(payload)),
        None => r#"{"type":"pong"}"#.to_owned(),
    }
}

/// An answer of an operation, which is JSON already.
pub(super) fn next(id: &str, payload: &[u8]) -> String {
    let payload = String::from_utf8_lossy(payload);
    format!(r#"{{"id":{},"type":"next","payload":{payload}}}"#, Value::from(id))
}

/// An operation has ended: well, or with errors.
pub(super) fn end(id: &str, errors: &[ServerError]) -> String {
    let id = Value::from(id);
    if errors.is_empty() {
        return format!(r#"{{"id":{id},"type":"complete"}}"#);
    }
    // Of texts, numbers and lists of them.
    let errors = serde_json::to_string(errors).unwrap_or_else(|_| "[]".to_owned());
    format!(r#"{{"id":{id},"type":"error","payload":{errors}}}"#)
}

#[cfg(test)]
mod tests {
    use async_graphql::Variables;
    use serde_json::json;

    use super::*;

    fn wanted(query: &str, variables: Value) -> Box<Wanted> {
        Box::new(Wanted {
            query: query.to_owned(),
            operation_name: None,
            variables: Variables::from_json(variables),
            extensions: Default::default(),
        })
    }

    #[test]
    fn messages_are_read() {
        let map = |value: Value| value.as_object().cloned().unwrap();
        for (text, message) in [
            (r#"{"type":"connection_init"}"#, Message::Init(Map::new())),
            (r#"{"type":"connection_init","payload":null}"#, Message::Init(Map::new())),
            (
                r#"{"type":"connection_init","payload":{"a":1}}"#,
                Message::Init(map(json!({ "a": 1 }))),
            ),
            (r#"{"type":"ping"}"#, Message::Ping(None)),
            (r#"{"type":"ping","payload":{"a":1}}"#, Message::Ping(Some(map(json!({ "a": 1 }))))),
            (r#"{"type":"pong"}"#, Message::Pong),
            (r#"{"type":"complete","id":"1"}"#, Message::Complete("1".to_owned())),
            (
                r#"{"id":"1","type":"subscribe","payload":{"query":"{ a }"}}"#,
                Message::Subscribe("1".to_owned(), wanted("{ a }", json!({}))),
            ),
            (
                r#"{"id":"1","type":"subscribe","payload":{"query":"{ a }","variables":{"b":2},"operationName":null}}"#,
                Message::Subscribe("1".to_owned(), wanted("{ a }", json!({ "b": 2 }))),
            ),
        ] {
            assert_eq!(read(text), Ok(message), "{text}");
        }
    }

    #[test]
    fn what_is_no_message_is_said_to_be_none() {
        let long = format!(r#"{{"type":"complete","id":"{}"}}"#, "x".repeat(257));
        for text in [
            "",
            "{",
            "[]",
            "1",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"next","id":"1"}"#,
            r#"{"type":"start","id":"1","payload":{"query":"{ a }"}}"#,
            r#"{"type":"connection_init","payload":"token"}"#,
            r#"{"type":"ping","payload":[]}"#,
            r#"{"type":"pong","payload":1}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"complete","id":1}"#,
            &long,
            r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_json() {
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(parse(ACK), json!({ "type": "connection_ack" }));
        assert_eq!(parse(&pong(None)), json!({ "type": "pong" }));
        let payload = json!({ "a": "\"" });
        let pong = pong(payload.as_object().cloned());
        assert_eq!(parse(&pong), json!({ "type": "pong", "payload": payload }));
        let said = json!({ "id": "\"1", "type": "next", "payload": { "data": null } });
        assert_eq!(parse(&next("\"1", br#"{"data":null}"#)), said);
        assert_eq!(parse(&end("1", &[])), json!({ "id": "1", "type": "complete" }));
        let errors = [ServerError::new("Nej", None)];
        let said = json!({ "id": "1", "type": "error", "payload": [{ "message": "Nej" }] });
        assert_eq!(parse(&end("1", &errors)), said);
    }
}
