//! Plans and the red thread in them.

mod activity;
mod assignment;
mod basis;
mod conflict;
mod copy;
mod life;
mod removal;
mod targets;

use serde_json::{Value, json};
use tests::{
    Answer, Client, UserError,
    setup::{self, create, document},
};

/// Makes a plan that answers another.
async fn plan_on(client: &Client, org_unit: &str, year: i32, basis: &str) -> String {
    let title = format!("Verksamhetsplan {year}");
    let input = json!({ "orgUnit": org_unit, "year": year, "title": title, "basedOn": basis });
    create(client, "plan", input).await
}

/// Makes a focus area.
async fn focus_area(client: &Client, plan: &str, name: &str, origin: &str) -> String {
    create(client, "focusArea", json!({ "plan": plan, "name": name, "origin": origin })).await
}

/// The version of a node.
async fn version(client: &Client, id: &str) -> i64 {
    let node = "query ($id: ID!) { node(id: $id) { ... on Tracked { version } } }";
    let answer = client.query(node, json!({ "id": id })).await.ok();
    answer.data("node.version").as_i64().unwrap_or_else(|| panic!("a version in {answer}"))
}

/// Sends a mutation that must succeed: its payload.
async fn send(client: &Client, mutation: &str, selection: &str, input: Value) -> Value {
    setup::send(client, mutation, selection, input).await.data(mutation).clone()
}

/// Takes a plan to the board, which decides it.
async fn decide(client: &Client, plan: &str) {
    let input = json!({
        "id": plan,
        "version": version(client, plan).await,
        "decidedOn": "2023-11-15",
        "decidedBy": "Driftnämnden",
    });
    send(client, "planDecide", "", input).await;
}

/// Closes a plan when its year is over.
async fn close(client: &Client, plan: &str) {
    let input = json!({ "id": plan, "version": version(client, plan).await });
    send(client, "planClose", "", input).await;
}

/// Sends a mutation that is refused: its one userError's code and path.
async fn refused(client: &Client, mutation: &str, input: Value) -> (String, String) {
    let answer = client.query(&document(mutation, ""), json!({ "input": input })).await;
    match answer.user_errors(mutation).as_slice() {
        [error @ UserError { code, .. }] => (code.clone(), error.path()),
        _ => panic!("one userError, but:\n{answer}"),
    }
}

/// Removes a node that may be refused: the answer.
async fn remove(client: &Client, noun: &str, id: &str) -> Answer {
    let mutation = format!("{noun}Delete");
    let input = json!({ "id": id, "version": version(client, id).await });
    client.query(&document(&mutation, "deletedId"), json!({ "input": input })).await
}

fn of(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}
