//! Every read is at least as new as the last write that was acknowledged before it began, on every server.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use futures_util::future::{join, join_all};
use serde_json::json;
use tests::{Client, TestApp, scenario, setup};

use super::{is_kept, rename, twin, until_kept};

const WRITERS: usize = 3;
const READERS: usize = 6;
const WRITES: u64 = 25;

/// A goal whose name counts up, and the last name that was acknowledged.
struct Counter {
    goal: String,
    acknowledged: AtomicU64,
}

impl Counter {
    async fn count(&self, servers: [&Client; 2]) {
        for (value, server) in (1..=WRITES).zip(servers.into_iter().cycle()) {
            rename(server, &self.goal, &value.to_string()).await;
            self.acknowledged.store(value, Ordering::SeqCst);
        }
    }
}

/// Reads all counters by one document, which therefore changes with each of them, and each by itself.
async fn read(client: &Client, counters: &[Counter], done: &AtomicBool) -> u64 {
    let mut reads = 0;
    let each = "query ($id: ID!) { node(id: $id) { ... on Goal { id name plan { title } } } }";
    let all = "{ goals { nodes { id name } } }";
    while !done.load(Ordering::SeqCst) {
        for counter in counters {
            let least = |counter: &Counter| counter.acknowledged.load(Ordering::SeqCst);
            let floor = least(counter);
            let answer = client.query(each, json!({ "id": counter.goal })).await.ok();
            let seen: u64 = answer.text("node.name").parse().expect("a number");
            assert!(seen >= floor, "{seen} is older than {floor}");

            let floors: Vec<u64> = counters.iter().map(least).collect();
            let answer = client.query(all, ()).await.ok();
            let (ids, names) =
                (answer.each("goals.nodes", "id"), answer.each("goals.nodes", "name"));
            for (counter, floor) in counters.iter().zip(floors) {
                let at = ids.iter().position(|id| **id == counter.goal).expect("the goal is there");
                let seen: u64 =
                    names[at].as_str().and_then(|name| name.parse().ok()).expect("a number");
                assert!(seen >= floor, "{seen} is older than {floor} in the list");
            }
            reads += 1;
        }
    }
    reads
}

scenario!(no_read_is_older_than_an_acknowledged_write, async |app: &TestApp| {
    let other = twin(app).await;
    let (here, there) = (app.admin(), other.admin());
    let organisation = setup::organisation(&here).await;
    let plan = setup::plan(&here, &organisation.board, 2024).await;
    let mut counters = Vec::new();
    for _ in 0..WRITERS {
        let goal = setup::goal(&here, &plan, "0").await;
        counters.push(Counter { goal, acknowledged: AtomicU64::new(0) });
    }

    let done = AtomicBool::new(false);
    let writing = async {
        join_all(counters.iter().map(|counter| counter.count([&here, &there]))).await;
        done.store(true, Ordering::SeqCst);
    };
    let reading = join_all(
        [&here, &there]
            .into_iter()
            .cycle()
            .take(READERS)
            .map(|server| read(server, &counters, &done)),
    );
    let (reads, ()) = join(reading, writing).await;

    assert!(reads.iter().all(|reads| *reads > 0), "{reads:?}");
    let given = [app, &other].map(|app| app.answers().given());
    assert!(
        given.iter().any(|given| given.kept + given.joined > 0),
        "nothing was tried: {given:?}"
    );
    for server in [&here, &there] {
        let answer = server.query("{ goals { nodes { name } } }", ()).await.ok();
        assert_eq!(answer.each("goals.nodes", "name"), [&json!(WRITES.to_string()); WRITERS]);
    }
});

scenario!(a_write_shows_at_once_on_the_server_that_keeps_the_answer, async |app: &TestApp| {
    let other = twin(app).await;
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let plan = setup::plan(&admin, &organisation.board, 2024).await;
    let goal = setup::goal(&admin, &plan, "0").await;
    let query = "query ($id: ID!) { node(id: $id) { ... on Goal { name } } }";
    for count in 1..=20 {
        until_kept(app, &admin, query, &json!({ "id": goal })).await;
        rename(&other.admin(), &goal, &count.to_string()).await;
        let (kept, answer) = is_kept(app, &admin, query, &json!({ "id": goal })).await;
        assert_eq!(answer.text("node.name"), count.to_string());
        assert!(!kept);
    }
});
