//! Sums up the whole tree: every indicator at the topmost unit, which has no outcomes of its own.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::middle;
use crate::{Result, contender::Contender, ground::Ground};

/// Over some seconds: a machine that others use too is slow for one.
const TIMES: u32 = 51;

const ROOT: &str = "query Root {
  orgUnits(filter: { rootsOnly: true }) { nodes { id } }
}";
const SUMS: &str = "query Sums($unit: ID!, $period: PeriodInput!) {
  indicators(first: 200) { nodes { outcome(orgUnit: $unit, period: $period) {
    value coverage { contributing expected }
  } } }
}";

/// The median of some calls; the first is not counted.
pub async fn measure(server: &Contender, ground: &Ground) -> Result<Duration> {
    eprintln!("Summing …");
    let mut client = server.client().await?;
    let units = client.ask(ROOT, &json!({})).await?;
    let root = units.pointer("/orgUnits/nodes/0/id").ok_or("no topmost unit")?;
    let period = json!({ "year": ground.year, "kind": "AR" });
    let request = client.peer.operation(SUMS, &json!({ "unit": root, "period": period }));
    let mut took = Vec::new();
    for time in 0..=TIMES {
        let started = Instant::now();
        let answer = client.send(&request).await?;
        if time > 0 {
            took.push(started.elapsed());
        }
        let sums = crate::client::data(&answer)?;
        let sums = sums.pointer("/indicators/nodes").and_then(Value::as_array).map(Vec::len);
        if sums != Some(ground.all_indicators) {
            return Err("not all indicators are summed".into());
        }
    }
    Ok(middle(took))
}
