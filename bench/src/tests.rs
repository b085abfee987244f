//! The bench against a server that knows its answers by heart.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    client::Client,
    ground::Ground,
    load::{self, Question},
    query::{QUERIES, Query},
    size::Size,
    wire::Peer,
};

/// Statements that the stub says each request takes.
const STATEMENTS: u64 = 3;

/// Answers each operation by `answer`, which is told its document.
async fn stub(answer: fn(&str) -> Value) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let statements = Arc::new(AtomicU64::new(0));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let statements = Arc::clone(&statements);
            thread::spawn(move || serve(&stream.unwrap(), answer, &statements));
        }
    });
    Client::connect(Peer::new(&url, Some("eyJ".to_owned())).unwrap()).await.unwrap()
}

fn serve(stream: &TcpStream, answer: fn(&str) -> Value, statements: &AtomicU64) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let metrics = line.starts_with("GET /metrics");
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let text = if metrics {
            format!(
                "# a comment\nrodtrad_sql_statements_total {}\n",
                statements.load(Ordering::SeqCst)
            )
        } else {
            statements.fetch_add(STATEMENTS, Ordering::SeqCst);
            let body: Value = serde_json::from_slice(&body).unwrap();
            answer(body["query"].as_str().unwrap()).to_string()
        };
        write!(writer, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{text}", text.len()).unwrap();
    }
}

fn by_heart(document: &str) -> Value {
    let data = if document.contains("query Ground") {
        json!({
            "orgUnits": { "totalCount": 3, "nodes": [
                { "id": "root", "kind": "COUNCIL", "parent": null },
                { "id": "board", "kind": "BOARD", "parent": { "id": "root" } },
                { "id": "unit", "kind": "UNIT", "parent": { "id": "board" } },
            ] },
            "indicators": { "nodes": [{ "id": "one" }, { "id": "two" }] },
            "plans": { "nodes": [
                { "id": "new", "year": 2024, "orgUnit": { "id": "board" } },
                { "id": "other", "year": 2024, "orgUnit": { "id": "root" } },
                { "id": "old", "year": 2023, "orgUnit": { "id": "board" } },
            ] },
        })
    } else if document.contains("query Plan") {
        json!({ "plan": {
            "focusAreas": { "totalCount": 1 }, "goals": { "totalCount": 1 },
            "assignments": { "totalCount": 2 }, "activities": { "totalCount": 2 },
        } })
    } else if document.contains("query Units") {
        json!({ "indicator": { "outcomes": { "nodes": [
            { "orgUnit": { "name": "a" } }, { "orgUnit": { "name": "b" } },
        ] } } })
    } else if document.contains("query Indicator") {
        json!({ "indicator": { "code": "I1" } })
    } else {
        json!({ "indicators": { "nodes": [] } })
    };
    json!({ "data": data })
}

fn query(name: &str) -> &'static Query {
    QUERIES.iter().find(|query| query.name == name).unwrap()
}

const SIZE: Size = Size { units: 2, indicators: 2, years: 2 };

#[tokio::test]
async fn the_ground_is_found_through_the_api() {
    let mut client = stub(by_heart).await;
    let ground = Ground::discover(&mut client, SIZE).await.unwrap();
    assert_eq!((ground.unit.as_str(), ground.plan.as_str()), ("unit", "new"));
    assert_eq!((ground.year, ground.years, ground.units), (2024, 2, 2));
    assert_eq!(ground.thread, [1, 1, 2, 2]);
    assert_eq!(ground.some_indicators(10), ["one", "two"]);
    let larger = Size { units: 3, ..SIZE };
    assert!(Ground::discover(&mut client, larger).await.is_err());
}

#[tokio::test]
async fn answers_without_the_right_rows_are_not_measured() {
    let mut client = stub(by_heart).await;
    let ground = Ground::discover(&mut client, SIZE).await.unwrap();
    let mut check = async |name: &str, ground: &Ground| {
        let query = query(name);
        let data = client.ask(query.document, &json!({})).await.unwrap();
        query.check(&data, ground)
    };
    assert!(check("units", &ground).await.is_ok());
    assert!(check("indicator", &ground).await.is_ok());
    assert!(check("series", &ground).await.is_err());
    assert!(check("units", &Ground { units: 3, ..ground }).await.is_err());
    let mut failing = stub(|_| json!({ "data": null, "errors": [{ "message": "no" }] })).await;
    let error = failing.ask(query("indicator").document, &json!({})).await.unwrap_err();
    assert!(error.to_string().contains("no"), "{error}");
}

#[tokio::test]
async fn a_load_counts_requests_and_statements() {
    let mut client = stub(by_heart).await;
    let request = client.peer.operation(query("indicator").document, &json!({}));
    let body = client.send(&request).await.unwrap();
    let statements = client.statements_of(&request).await.unwrap().unwrap();
    assert!((statements - 3.0).abs() < 1e-9, "{statements}");
    let question = Question {
        peer: client.peer.clone(),
        request: request.into(),
        status: 200,
        body: body.into(),
    };
    let run = |question| async move { load::run(&question, 4, Duration::from_millis(100)).await };
    let load = run(question.clone()).await.unwrap();
    assert!(load.requests > 0 && load.per_second > 0.0 && load.p50 <= load.p99, "{load:?}");
    let other = Question { body: b"{}".to_vec().into(), ..question };
    assert!(run(other).await.is_err());
}
