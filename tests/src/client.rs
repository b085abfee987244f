//! A caller of the API: who it is, and what it asks.

use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, ACCEPT_LANGUAGE},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Answer;

/// Somebody with a token, or without.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
    language: &'static str,
}

impl Client {
    /// Somebody who talks to the server at `url`.
    #[must_use]
    pub fn new(http: reqwest::Client, url: String, token: Option<String>) -> Self {
        Self { http, url, token, language: "en" }
    }

    /// The same caller, who reads Swedish.
    #[must_use]
    pub fn in_swedish(mut self) -> Self {
        self.language = "sv";
        self
    }

    /// The bearer token, for what is sent in another way.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Sends a document with its variables: a struct, `json!` or `()`.
    pub async fn query(&self, document: &str, variables: impl Serialize) -> Answer {
        self.post(&json!({ "query": document, "variables": json!(variables) })).await
    }

    /// Sends a document to a server that may be gone before it answers.
    pub async fn try_query(&self, document: &str, variables: impl Serialize) -> Option<Answer> {
        self.try_post(&json!({ "query": document, "variables": json!(variables) })).await.ok()
    }

    /// Sends a body as it is.
    pub async fn post(&self, body: &Value) -> Answer {
        self.try_post(body).await.expect("the server answers")
    }

    async fn try_post(&self, body: &Value) -> reqwest::Result<Answer> {
        let request = self
            .request(Method::POST, "/graphql")
            .header(ACCEPT, "application/graphql-response+json")
            .json(body);
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await?;
        let body = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("the answer is JSON ({error}): {status} {text}"));
        Ok(Answer { status, headers, body })
    }

    /// A request of any kind to any path of the server, as this caller.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .header(ACCEPT_LANGUAGE, self.language);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}
