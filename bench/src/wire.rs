//! HTTP/1.1 as a load needs it: requests written beforehand, answers read by their length, and little else done, so
//! that the cores are the servers'.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::Result;

/// As long as no head of an answer should be.
const LONGEST_HEAD: usize = 64 * 1024;

/// Where a server answers, and how it knows who asks.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Its address.
    pub address: SocketAddr,
    /// A token, where it wants one.
    pub token: Option<String>,
}

impl Peer {
    /// The server at `http://host:port`.
    pub fn new(url: &str, token: Option<String>) -> Result<Self> {
        use std::net::ToSocketAddrs as _;
        let host = url.strip_prefix("http://").ok_or("the URL must begin with http://")?;
        let host = host.split('/').next().unwrap_or(host);
        let host = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
        let address = host.to_socket_addrs()?.next().ok_or("the server has no address")?;
        Ok(Self { address, token })
    }

    /// A request with JSON in it.
    pub fn post(&self, path: &str, body: &str, headers: &[(&str, &str)]) -> Vec<u8> {
        let mut head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Accept: application/graphql-response+json\r\nContent-Length: {}\r\n",
            self.address,
            body.len()
        );
        let token = self.token.as_ref().map(|token| ("Authorization", format!("Bearer {token}")));
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
        for (name, value) in headers.chain(token) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        format!("{head}\r\n{body}").into_bytes()
    }

    /// A GraphQL operation.
    pub fn operation(&self, document: &str, variables: &Value) -> Vec<u8> {
        let body = json!({ "query": document, "variables": variables }).to_string();
        self.post("/graphql", &body, &[])
    }

    /// A request without a body.
    pub fn get(&self, path: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).into_bytes()
    }

    /// A connection to it.
    pub async fn connect(&self) -> Result<Connection> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: Vec::with_capacity(128 * 1024) })
    }
}

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer; it lies in the connection's buffer until the next one.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The lines before the body.
    head: &'a [u8],
    /// The body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// A header of the answer; its name in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        header(self.head, name)
    }
}

impl Connection {
    /// Asks, and waits for the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (status, body, end) = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed the connection".into());
            }
            if let Some(found) = extent(&self.buffer)? {
                break found;
            }
        };
        while self.buffer.len() < end {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed the connection in the middle of its answer".into());
            }
        }
        let (head, body) = (self.buffer.get(..body), self.buffer.get(body..end));
        Ok(Answer { status, head: head.unwrap_or_default(), body: body.unwrap_or_default() })
    }
}

/// The status, and where the body begins and ends; nothing as long as the head is not all there.
fn extent(buffer: &[u8]) -> Result<Option<(u16, usize, usize)>> {
    let Some(at) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return if buffer.len() > LONGEST_HEAD {
            Err("the head is too long".into())
        } else {
            Ok(None)
        };
    };
    let (head, body) = (buffer.get(..at).unwrap_or_default(), at + 4);
    let status = head.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
    let status: u16 = status.and_then(|digits| digits.parse().ok()).ok_or("that is no HTTP/1.1")?;
    let length = match header(head, "content-length") {
        Some(length) => length.parse()?,
        None if status == 304 || status == 204 => 0,
        None => return Err("the answer does not say how long it is".into()),
    };
    // An answer that says only that nothing has changed may tell the length of what it leaves out.
    Ok(Some((status, body, body + if status == 304 { 0 } else { length })))
}

fn header(head: &[u8], name: &str) -> Option<String> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (key, value) = line.split_at_checked(name.len())?;
        let value = value.strip_prefix(b":")?;
        let value = key.eq_ignore_ascii_case(name.as_bytes()).then_some(value)?;
        std::str::from_utf8(value).ok().map(|value| value.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_as_long_as_it_says() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\netag: \"a\"\r\n\r\nhello";
        assert_eq!(extent(answer).unwrap(), Some((200, 49, 54)));
        assert_eq!(header(&answer[..49], "etag").as_deref(), Some("\"a\""));
        assert_eq!(header(&answer[..49], "tag"), None);
        assert_eq!(extent(&answer[..30]).unwrap(), None);
        assert_eq!(
            extent(b"HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n").unwrap(),
            Some((304, 48, 48))
        );
        assert!(extent(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert!(extent(b"SSH-2.0-x\r\n\r\n").is_err());
    }

    #[test]
    fn a_request_is_written_whole() {
        let peer = Peer::new("http://127.0.0.1:4711/", Some("eyJ".to_owned())).unwrap();
        let request =
            String::from_utf8(peer.post("/x", "{}", &[("If-None-Match", "\"a\"")])).unwrap();
        assert!(request.starts_with("POST /x HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n"), "{request}");
        assert!(
            request.contains("If-None-Match: \"a\"\r\nAuthorization: Bearer eyJ\r\n"),
            "{request}"
        );
        assert!(request.ends_with(
            "Content-Length: 2\r\nIf-None-Match: \"a\"\r\nAuthorization: Bearer eyJ\r\n\r\n{}"
        ));
        assert!(Peer::new("https://127.0.0.1", None).is_err());
    }
}
