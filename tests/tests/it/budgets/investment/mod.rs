//! Investment budgets: a frame, the items that share it, and what comes of them.

mod at_once;
mod bad_input;
mod follow_ups;
mod frame;
mod sequence;
mod statements;
mod transfers;
mod tree;
mod years;

use serde_json::{Value, json};
use tests::{
    Client, UserError,
    setup::{self, create, document, document_of},
};

/// Makes the budget of a unit and year, in kronor.
async fn budget(client: &Client, unit: &str, year: i32, frame: &str) -> String {
    let input = json!({ "orgUnit": unit, "year": year, "frame": { "amount": frame } });
    create(client, "investmentBudget", input).await
}

/// Makes an item, for the budget's unit unless said.
async fn item(
    client: &Client,
    budget: &str,
    unit: Option<&str>,
    name: &str,
    amount: &str,
) -> String {
    let mut input = new_item(budget, name, amount);
    input["orgUnit"] = json!(unit);
    create(client, "investmentItem", input).await
}

fn new_item(budget: &str, name: &str, amount: &str) -> Value {
    json!({ "budget": budget, "name": name, "kind": "NEW", "amount": { "amount": amount } })
}

/// Sends a mutation that is refused: the code, path and Swedish message of each userError.
async fn refusals(client: &Client, mutation: &str, input: &Value) -> Vec<(String, String, String)> {
    let client = client.clone().in_swedish();
    let answer = client.query(&document(mutation, ""), json!({ "input": input })).await;
    let told = |error: UserError| (error.code.clone(), error.path(), error.message.clone());
    answer.user_errors(mutation).into_iter().map(told).collect()
}

/// The code and path of the one userError with which a mutation is refused.
async fn refusal(client: &Client, mutation: &str, input: &Value) -> (String, String) {
    let found = refusals(client, mutation, input).await;
    let [(code, path, _)] = &found[..] else { panic!("{mutation} {input}: {found:?}") };
    (code.clone(), path.clone())
}

/// What is asked of a node.
async fn node(client: &Client, id: &str, of: &str, selection: &str) -> Value {
    let query = format!("query ($id: ID!) {{ node(id: $id) {{ ... on {of} {{ {selection} }} }} }}");
    client.query(&query, json!({ "id": id })).await.ok().data("node").clone()
}

/// The version of a node.
async fn version(client: &Client, id: &str) -> i64 {
    node(client, id, "Tracked", "version").await["version"].as_i64().expect("a version")
}

/// An amount of money at a path.
fn money<'v>(value: &'v Value, path: &str) -> &'v str {
    let amount = value.pointer(&format!("{path}/amount")).and_then(Value::as_str);
    amount.unwrap_or_else(|| panic!("money at {path} in {value}"))
}

/// Says what was spent on items in a follow-up of 2024, and what the year is expected to come to.
async fn record(client: &Client, kind: &str, said: &[(&str, &str, &str)]) {
    let one = |(item, spent, forecast): &(&str, &str, &str)| said_of(item, spent, forecast);
    let items: Vec<Value> = said.iter().map(one).collect();
    let input = json!({ "period": { "year": 2024, "kind": kind }, "items": items });
    setup::send(client, "investmentFollowUpRecord", "", input).await;
}

fn said_of(item: &str, spent: &str, forecast: &str) -> Value {
    json!({ "item": item, "spent": { "amount": spent }, "forecast": { "amount": forecast } })
}

/// Makes a unit's plan of a year and takes it to the board, which decides it.
async fn decided_plan(client: &Client, unit: &str, year: i32) -> String {
    let plan = setup::plan(client, unit, year).await;
    decide(client, &plan).await;
    plan
}

async fn decide(client: &Client, plan: &str) {
    let input =
        json!({ "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": "Nämnden" });
    setup::send(client, "planDecide", "", input).await;
}

/// Opens a unit's report of 2024.
async fn open(client: &Client, unit: &str, kind: &str) -> String {
    let input = json!({ "orgUnit": unit, "period": { "year": 2024, "kind": kind } });
    let answer = setup::send(client, "reportOpen", "report { id }", input).await;
    answer.text("reportOpen.report.id").to_owned()
}

/// Takes a step in the life of a report.
async fn step(client: &Client, mutation: &str, report: &str) {
    let version = version(client, report).await;
    let document = document_of(mutation, "ReportTransitionInput", "");
    let input = json!({ "id": report, "version": version, "reason": "För att" });
    client.query(&document, json!({ "input": input })).await.ok();
}
