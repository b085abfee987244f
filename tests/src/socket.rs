//! A client that speaks graphql-transport-ws, message by message.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        self, Message,
        client::IntoClientRequest as _,
        http::{HeaderName, HeaderValue},
        protocol::CloseFrame,
    },
};

use crate::{Client, TestApp};

/// Only a test that fails waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// What comes of something that has to happen.
///
/// # Panics
/// When it does not.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("it happens")
}

/// A connection.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What the server has said.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A message.
    Message(Value),
    /// That it closes the connection, and why.
    Closed(u16, String),
    /// Nothing: the connection is gone.
    Gone,
}

impl Socket {
    /// Opens a connection that offers that subprotocol and has those headers.
    ///
    /// # Errors
    /// What the server answers to the handshake.
    pub async fn open(
        app: &TestApp,
        protocol: Option<&'static str>,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, tungstenite::Error> {
        let url = format!("{}/graphql", app.url().replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("a request");
        let protocol = protocol.map(|protocol| ("sec-websocket-protocol", protocol));
        for (name, value) in protocol.iter().chain(headers) {
            let value = HeaderValue::from_str(value).expect("a value");
            request.headers_mut().insert(HeaderName::from_static(name), value);
        }
        Ok(Self(soon(connect_async(request)).await?.0))
    }

    /// Opens a connection on which nobody has said anything.
    pub async fn silent(app: &TestApp) -> Self {
        Self::open(app, Some("graphql-transport-ws"), &[]).await.expect("a connection")
    }

    /// Opens a connection on which `client` has said who it is.
    pub async fn of(app: &TestApp, client: &Client) -> Self {
        let mut socket = Self::silent(app).await;
        let token = format!("Bearer {}", client.token().expect("a token"));
        socket
            .send(json!({ "type": "connection_init", "payload": { "Authorization": token } }))
            .await;
        assert_eq!(socket.message().await, json!({ "type": "connection_ack" }));
        socket
    }

    /// Sends a message.
    pub async fn send(&mut self, message: Value) {
        self.send_text(&message.to_string()).await;
    }

    /// Sends anything at all.
    pub async fn send_text(&mut self, text: &str) {
        soon(self.0.send(Message::text(text))).await.expect("the message is sent");
    }

    /// Begins an operation, and returns when the server has.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: impl Serialize) {
        let payload = json!({ "query": query, "variables": json!(variables) });
        self.send(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Hears that everything sent so far has been taken, and nothing said but that.
    pub async fn settle(&mut self) {
        self.send(json!({ "type": "ping" })).await;
        assert_eq!(self.message().await, json!({ "type": "pong" }));
    }

    /// Waits for what the server says next.
    pub async fn hear(&mut self) -> Heard {
        loop {
            match soon(self.0.next()).await {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Message(serde_json::from_str(&text).expect("JSON"));
                }
                Some(Ok(Message::Close(Some(CloseFrame { code, reason })))) => {
                    return Heard::Closed(code.into(), reason.to_string());
                }
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Heard::Gone,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Waits for a message.
    ///
    /// # Panics
    /// When the connection is closed instead.
    pub async fn message(&mut self) -> Value {
        match self.hear().await {
            Heard::Message(message) => message,
            other => panic!("a message, but {other:?}"),
        }
    }

    /// Waits for the next answer of an operation: its data.
    ///
    /// # Panics
    /// When something else comes.
    pub async fn next(&mut self, id: &str) -> Value {
        let mut message = self.message().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message}");
        assert_eq!(message["payload"]["errors"], Value::Null, "{message}");
        message["payload"]["data"].take()
    }

    /// Waits until an operation ends with one error: its code.
    ///
    /// # Panics
    /// When something else comes.
    pub async fn error(&mut self, id: &str) -> String {
        let message = self.message().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)), "{message}");
        assert_eq!(message["payload"].as_array().map(Vec::len), Some(1), "{message}");
        message["payload"][0]["extensions"]["code"].as_str().unwrap_or("(no code)").to_owned()
    }

    /// Waits until the connection is closed: the code, and the reason.
    ///
    /// # Panics
    /// When something else comes.
    pub async fn closed(&mut self) -> (u16, String) {
        match self.hear().await {
            Heard::Closed(code, reason) => (code, reason),
            other => panic!("a close, but {other:?}"),
        }
    }

    /// Ends the connection.
    pub async fn close(mut self) {
        // The server may have been first.
        let _ = soon(self.0.close(None)).await;
    }
}
