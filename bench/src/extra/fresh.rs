//! Whether a read on one process shows what was written through another right before.

use serde_json::json;

use super::record;
use crate::{Result, contender::Contender, ground::Ground};

const TIMES: u32 = 100;

const READ: &str = "query Read($indicator: ID!, $filter: OutcomeFilter!) {
  indicator(by: { id: $indicator }) { outcomes(filter: $filter, first: 1) { nodes { value } } }
}";

/// How many reads there were, and how many showed the write before them. The reading process has answered the same
/// question before each write, so that it has an old answer to give.
pub async fn measure(one: &Contender, other: &Contender, ground: &Ground) -> Result<(u32, u32)> {
    eprintln!("Reading after writing …");
    let (mut writer, mut reader) = (one.client().await?, other.client().await?);
    let filter = json!({
        "orgUnit": ground.unit,
        "year": ground.year - ground.years_made,
        "kind": "MONTH",
        "month": 12,
    });
    let variables = json!({ "indicator": ground.indicator(), "filter": filter });
    let mut shown = 0;
    for value in 1..=TIMES {
        reader.ask(READ, &variables).await?;
        record::one(&mut writer, ground, value).await?;
        let read = reader.ask(READ, &variables).await?;
        let found = read.pointer("/indicator/outcomes/nodes/0/value").cloned().unwrap_or_default();
        shown += u32::from(found.as_str() == Some(value.to_string().as_str()));
    }
    Ok((TIMES, shown))
}
