//! GraphQL over HTTP, and the server's own count of its SQL statements.

use std::time::Duration;

use reqwest::{
    Method, Request, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde_json::{Value, json};

use crate::Result;

const STATEMENTS: &str = "rodtrad_sql_statements_total ";
/// Requests that the statements are counted over.
const COUNTED: u32 = 20;

/// Somebody who asks a server.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: Url,
}

impl Client {
    /// Asks the server at `url` with a token.
    pub fn new(url: &str, token: &str) -> Result<Self> {
        let mut authorization = HeaderValue::from_str(&format!("Bearer {token}"))?;
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, authorization),
            (ACCEPT, HeaderValue::from_static("application/graphql-response+json")),
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        ]);
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .no_proxy()
            .tcp_nodelay(true)
            .timeout(Duration::from_secs(60))
            .build()?;
        Ok(Self { http, url: Url::parse(url)? })
    }

    /// A request that can be sent again and again.
    pub fn request(&self, document: &str, variables: &Value) -> Result<Request> {
        let body = json!({ "query": document, "variables": variables }).to_string();
        Ok(self.http.post(self.url.join("/graphql")?).body(body).build()?)
    }

    /// The bytes of the answer; anything but 200 is an error.
    pub async fn send(&self, request: &Request) -> Result<Vec<u8>> {
        let request = request.try_clone().ok_or("the body is a stream")?;
        let mut response = self.http.execute(request).await?;
        let status = response.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        if status != 200 {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&bytes)).into());
        }
        Ok(bytes)
    }

    /// The data of an answer without errors.
    pub async fn ask(&self, document: &str, variables: &Value) -> Result<Value> {
        let request = self.request(document, variables)?;
        data(&self.send(&request).await?)
    }

    /// SQL statements that such a request takes; nothing when the server does not tell.
    pub async fn statements_of(&self, request: &Request) -> Result<Option<f64>> {
        let Some(before) = self.statements().await? else { return Ok(None) };
        for _ in 0..COUNTED {
            self.send(request).await?;
        }
        let after = self.statements().await?.ok_or("the server stopped counting")?;
        Ok(Some((after - before) / f64::from(COUNTED)))
    }

    async fn statements(&self) -> Result<Option<f64>> {
        let request = self.http.request(Method::GET, self.url.join("/metrics")?).build()?;
        let response = self.http.execute(request).await?;
        if response.status() != 200 {
            return Ok(None);
        }
        let text = response.text().await?;
        let count = text.lines().find_map(|line| line.strip_prefix(STATEMENTS));
        Ok(count.map(str::parse).transpose()?)
    }
}

/// The data of an answer; its errors are an error.
pub fn data(answer: &[u8]) -> Result<Value> {
    let mut answer: Value = serde_json::from_slice(answer)?;
    match answer.get("errors") {
        Some(errors) => Err(errors.to_string().into()),
        None => Ok(answer.get_mut("data").map(Value::take).unwrap_or_default()),
    }
}
