//! A client of server-sent events.

use reqwest::{Method, Response, header::ACCEPT};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Client, soon};

/// A stream of events.
pub struct Events {
    response: Response,
    text: String,
}

impl Events {
    /// What the server answers to an operation that is to be answered with events.
    pub async fn ask(client: &Client, query: &str, variables: impl Serialize) -> Response {
        let request = client
            .request(Method::POST, "/graphql")
            .header(ACCEPT, "text/event-stream")
            .header("accept-encoding", "gzip")
            .json(&json!({ "query": query, "variables": json!(variables) }));
        soon(request.send()).await.expect("an answer")
    }

    /// The events of an operation.
    pub async fn of(client: &Client, query: &str, variables: impl Serialize) -> Self {
        let response = Self::ask(client, query, variables).await;
        assert_eq!(response.status(), 200);
        Self { response, text: String::new() }
    }

    /// The response that they come in.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// The next thing between empty lines as it came, comments too; none when the stream has ended.
    pub async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = rest.to_owned();
                return Some(block);
            }
            let chunk = soon(self.response.chunk()).await.ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }

    /// The next event: its name and its data; none when the stream has ended.
    pub async fn event(&mut self) -> Option<(String, Value)> {
        loop {
            let block = self.block().await?;
            let Some(event) = block.strip_prefix("event: ") else { continue };
            if let Some((name, data)) = event.split_once("\ndata:") {
                let data = match data.trim() {
                    "" => Value::Null,
                    data => serde_json::from_str(data).expect("JSON"),
                };
                return Some((name.to_owned(), data));
            }
        }
    }

    /// The data of the next answer.
    ///
    /// # Panics
    /// When something else comes.
    pub async fn next(&mut self) -> Value {
        match self.event().await {
            Some((name, mut answer)) if name == "next" && answer["errors"].is_null() => {
                answer["data"].take()
            }
            other => panic!("an answer, but {other:?}"),
        }
    }
}
