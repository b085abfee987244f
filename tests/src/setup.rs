//! What a scenario starts from, made through the public API as any client would.

use serde_json::{Value, json};

use crate::{Answer, Client};

/// A small organisation: a region, its board, and two areas below it that know nothing of each other.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// The region (COUNCIL), `R`.
    pub region: String,
    /// Its board (BOARD), `DN`.
    pub board: String,
    /// Måltidsservice (AREA), `MAT`.
    pub meals: String,
    /// Logistikservice (AREA), `LOG`.
    pub logistics: String,
}

/// Makes [`Organisation`].
pub async fn organisation(admin: &Client) -> Organisation {
    let region = org_unit(admin, None, "R", "Region Halland", "COUNCIL").await;
    let board = org_unit(admin, Some(&region), "DN", "Driftnämnden", "BOARD").await;
    let meals = org_unit(admin, Some(&board), "MAT", "Måltidsservice", "AREA").await;
    let logistics = org_unit(admin, Some(&board), "LOG", "Logistikservice", "AREA").await;
    Organisation { region, board, meals, logistics }
}

/// Makes a unit; without a parent a new organisation.
pub async fn org_unit(
    client: &Client,
    parent: Option<&str>,
    code: &str,
    name: &str,
    kind: &str,
) -> String {
    let input = json!({ "parent": parent, "code": code, "name": name, "kind": kind });
    create(client, "orgUnit", input).await
}

/// Makes a unit's plan of a year, a draft.
pub async fn plan(client: &Client, org_unit: &str, year: i32) -> String {
    let title = format!("Verksamhetsplan {year}");
    create(client, "plan", json!({ "orgUnit": org_unit, "year": year, "title": title })).await
}

/// Makes a goal.
pub async fn goal(client: &Client, plan: &str, name: &str) -> String {
    create(client, "goal", json!({ "plan": plan, "name": name })).await
}

/// Makes an indicator: a percentage with one decimal, lower is better, averaged, measured in every kind of period.
pub async fn indicator(client: &Client, organisation: &str, code: &str, name: &str) -> String {
    let input = json!({
        "orgUnit": organisation,
        "code": code,
        "name": name,
        "category": "STAFF",
        "unit": "%",
        "decimals": 1,
        "direction": "LOWER_IS_BETTER",
        "aggregation": "AVERAGE",
        "frequency": ["MONTH", "UR1", "UR2", "AR"],
    });
    create(client, "indicator", input).await
}

/// Sets a unit's target for a year.
pub async fn target(client: &Client, indicator: &str, org_unit: &str, year: i32, value: &str) {
    let target = json!({
        "indicator": indicator,
        "orgUnit": org_unit,
        "year": year,
        "value": value,
        "decidedAt": "BOARD",
    });
    send(client, "targetsSet", "", json!({ "targets": [target] })).await;
}

/// Records a unit's outcome of a follow-up period (`UR1`, `UR2` or `AR`).
pub async fn outcome(
    client: &Client,
    indicator: &str,
    org_unit: &str,
    (year, kind): (i32, &str),
    value: &str,
) {
    let outcome = json!({
        "indicator": indicator,
        "orgUnit": org_unit,
        "period": { "year": year, "kind": kind },
        "value": value,
    });
    send(client, "outcomesRecord", "", json!({ "outcomes": [outcome] })).await;
}

/// Makes a node of any type by its `<noun>Create`: its id.
pub async fn create(client: &Client, noun: &str, input: Value) -> String {
    let mutation = format!("{noun}Create");
    let answer = send(client, &mutation, &format!("{noun} {{ id }}"), input).await;
    answer.text(&format!("{mutation}.{noun}.id")).to_owned()
}

/// Sends a mutation that must succeed, and asks for `selection` in its payload.
pub async fn send(client: &Client, mutation: &str, selection: &str, input: Value) -> Answer {
    client.query(&document(mutation, selection), json!({ "input": input })).await.ok()
}

/// The document of a mutation with one `$input`: its payload's userErrors and cursor, and what else is asked for.
#[must_use]
pub fn document(mutation: &str, selection: &str) -> String {
    let (first, rest) = mutation.split_at(1);
    document_of(mutation, &format!("{}{rest}Input", first.to_uppercase()), selection)
}

/// The same of a mutation whose input is called otherwise.
#[must_use]
pub fn document_of(mutation: &str, input: &str, selection: &str) -> String {
    format!(
        "mutation ($input: {input}!) {{
            {mutation}(input: $input) {{ {selection} cursor userErrors {{ code message field }} }}
        }}"
    )
}
