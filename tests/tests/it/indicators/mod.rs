//! Indicators, their targets and outcomes, and what is put together from them.

mod bulk;
mod confidential;
mod figures;
mod lists;
mod made_up;
mod outcome;
mod scorecard;
mod suggestion;
mod sums;

use serde_json::{Value, json};
use tests::{Answer, Client, setup};

/// Makes an indicator that is put together in that way: lower is better, one decimal, every kind of period.
async fn indicator(admin: &Client, organisation: &str, code: &str, aggregation: &str) -> String {
    let input = json!({
        "orgUnit": organisation,
        "code": code,
        "name": format!("Mått {code}"),
        "category": "SPECIFIC",
        "unit": "g",
        "decimals": 1,
        "direction": "LOWER_IS_BETTER",
        "aggregation": aggregation,
        "frequency": ["MONTH", "UR1", "UR2", "AR"],
    });
    setup::create(admin, "indicator", input).await
}

/// One outcome of a month of 2024, to be recorded; `says` adds to it or overwrites.
fn month(indicator: &str, unit: &str, month: i32, says: Value) -> Value {
    let mut item = json!({
        "indicator": indicator,
        "orgUnit": unit,
        "period": { "year": 2024, "kind": "MONTH", "month": month },
    });
    for (field, value) in says.as_object().expect("fields") {
        item[field] = value.clone();
    }
    item
}

async fn record(client: &Client, outcomes: impl IntoIterator<Item = Value>) -> Answer {
    let outcomes: Vec<Value> = outcomes.into_iter().collect();
    let selection = "outcomes { id version value missingReason status }";
    setup::send(client, "outcomesRecord", selection, json!({ "outcomes": outcomes })).await
}

/// What counts as a unit's outcome of a month of 2024.
async fn figure(client: &Client, indicator: &str, unit: &str, month: i32) -> Value {
    let document = "query ($indicator: ID!, $unit: ID!, $month: Int!) {
        indicator(by: { id: $indicator }) {
            outcome(orgUnit: $unit, period: { year: 2024, kind: MONTH, month: $month }) {
                id value numerator denominator missingReason displayValue status origin state version comment
                coverage { contributing expected } viewerCannotUpdate
            }
        }
    }";
    let variables = json!({ "indicator": indicator, "unit": unit, "month": month });
    client.query(document, variables).await.ok().data("indicator.outcome").clone()
}

/// Some fields of a node as one text, such as `"6.5 AGGREGATED"`.
fn shown(node: &Value, fields: &str) -> String {
    let show = |field: &str| match &node[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    fields.split(' ').map(show).collect::<Vec<_>>().join(" ")
}
