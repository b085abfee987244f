//! GraphQL over HTTP, and the server's own count of its SQL statements.

use serde_json::Value;

use crate::{
    Result,
    wire::{Connection, Peer},
};

const STATEMENTS: &str = "rodtrad_sql_statements_total ";
/// Requests that the statements are counted over.
const COUNTED: u32 = 20;

/// Somebody who asks a server, one thing after the other on one connection.
pub struct Client {
    /// The server.
    pub peer: Peer,
    connection: Connection,
}

impl Client {
    /// A connection to a server.
    pub async fn connect(peer: Peer) -> Result<Self> {
        let connection = peer.connect().await?;
        Ok(Self { peer, connection })
    }

    /// The bytes of the answer; anything but 200 is an error.
    pub async fn send(&mut self, request: &[u8]) -> Result<Vec<u8>> {
        let answer = self.connection.send(request).await?;
        if answer.status != 200 {
            let text = String::from_utf8_lossy(answer.body);
            return Err(format!("{}: {text}", answer.status).into());
        }
        Ok(answer.body.to_vec())
    }

    /// The data of an answer without errors.
    pub async fn ask(&mut self, document: &str, variables: &Value) -> Result<Value> {
        let request = self.peer.operation(document, variables);
        data(&self.send(&request).await?)
    }

    /// The status, and the tag of the answer when it has one.
    pub async fn tag(&mut self, request: &[u8]) -> Result<(u16, Option<String>)> {
        let answer = self.connection.send(request).await?;
        Ok((answer.status, answer.header("etag")))
    }

    /// SQL statements that such a request takes; nothing when the server does not tell.
    pub async fn statements_of(&mut self, request: &[u8]) -> Result<Option<f64>> {
        let Some(before) = self.statements().await? else { return Ok(None) };
        for _ in 0..COUNTED {
            self.send(request).await?;
        }
        let after = self.statements().await?.ok_or("the server stopped counting")?;
        Ok(Some((after - before) / f64::from(COUNTED)))
    }

    async fn statements(&mut self) -> Result<Option<f64>> {
        let request = self.peer.get("/metrics");
        let answer = self.connection.send(&request).await?;
        if answer.status != 200 {
            return Ok(None);
        }
        let text = std::str::from_utf8(answer.body)?;
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
