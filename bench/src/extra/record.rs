//! Recording 5,000 outcomes in one call.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::middle;
use crate::{Result, client::Client, contender::Contender, ground::Ground};

/// As many as a call takes.
const MANY: usize = 5_000;
const TIMES: i64 = 3;
const MONTHS: i64 = 12;

const RECORD: &str = "mutation Record($input: OutcomesRecordInput!) {
  outcomesRecord(input: $input) { outcomes { id } userErrors { code } }
}";
const ABOUT: &str = "query About {
  orgUnits(first: 200) { nodes { id parent { id } } }
  indicators(first: 200) { nodes { id } }
}";

/// The median of some calls, each about new periods of years that the made-up data does not have.
pub async fn measure(server: &Contender, ground: &Ground) -> Result<Duration> {
    eprintln!("Recording …");
    let mut client = server.client().await?;
    let mut took = Vec::new();
    for time in 0..TIMES {
        let year = ground.year - ground.years_made - time;
        let outcomes = outcomes(&client.ask(ABOUT, &json!({})).await?, year);
        let count = outcomes.len();
        let request = client.peer.operation(RECORD, &json!({ "input": { "outcomes": outcomes } }));
        let started = Instant::now();
        let answer = client.send(&request).await?;
        took.push(started.elapsed());
        recorded(&answer, count)?;
    }
    Ok(middle(took))
}

fn outcomes(about: &Value, year: i64) -> Vec<Value> {
    let nodes = |list: &str| about.pointer(list).and_then(Value::as_array).into_iter().flatten();
    let units = || nodes("/orgUnits/nodes").filter(|unit| !unit["parent"].is_null());
    (1..=MONTHS)
        .flat_map(|month| nodes("/indicators/nodes").map(move |indicator| (month, indicator)))
        .flat_map(|(month, indicator)| units().map(move |unit| (month, indicator, unit)))
        .take(MANY)
        .enumerate()
        .map(|(place, (month, indicator, unit))| {
            json!({
                "indicator": indicator["id"],
                "orgUnit": unit["id"],
                "period": { "year": year, "kind": "MONTH", "month": month },
                "value": format!("{}.5", place % 90),
            })
        })
        .collect()
}

fn recorded(answer: &[u8], count: usize) -> Result<()> {
    let data = crate::client::data(answer)?;
    let found =
        data.pointer("/outcomesRecord/outcomes").and_then(Value::as_array).map_or(0, Vec::len);
    if found != count || count == 0 {
        let errors = data.pointer("/outcomesRecord/userErrors/0").cloned().unwrap_or_default();
        return Err(format!("{found} of {count} outcomes were recorded: {errors}").into());
    }
    Ok(())
}

/// Records one outcome.
pub async fn one(client: &mut Client, ground: &Ground, value: u32) -> Result<()> {
    let outcome = json!({
        "indicator": ground.indicator(),
        "orgUnit": ground.unit,
        "period": { "year": ground.year - ground.years_made, "kind": "MONTH", "month": 12 },
        "value": value.to_string(),
    });
    let request = client.peer.operation(RECORD, &json!({ "input": { "outcomes": [outcome] } }));
    recorded(&client.send(&request).await?, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_about_something_else() {
        let nodes = |count: usize, parent: Value| -> Vec<Value> {
            (0..count).map(|id| json!({ "id": id.to_string(), "parent": parent })).collect()
        };
        let units = [nodes(1, Value::Null), nodes(40, json!({ "id": "0" }))].concat();
        let about = json!({
            "orgUnits": { "nodes": units },
            "indicators": { "nodes": nodes(20, Value::Null) },
        });
        let outcomes = outcomes(&about, 2020);
        assert_eq!(outcomes.len(), MANY);
        let keys: std::collections::HashSet<String> = outcomes
            .iter()
            .map(|outcome| {
                format!("{} {} {}", outcome["indicator"], outcome["orgUnit"], outcome["period"])
            })
            .collect();
        assert_eq!(keys.len(), MANY);
    }
}
