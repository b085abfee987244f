//! The five queries, their variables, and how many rows their answers must have.

use std::sync::Arc;

use reqwest::Request;
use serde_json::{Value, json};

use crate::{
    Result,
    client::{self, Client},
    ground::Ground,
};

/// One of the five.
pub struct Query {
    /// Its name in the table.
    pub name: &'static str,
    document: &'static str,
    variables: fn(&Ground) -> Value,
    /// Where rows are in the answer, and how many there must be.
    rows: fn(&Ground) -> Vec<(&'static str, u64)>,
}

/// The queries, in the order in which they are measured.
pub const QUERIES: [Query; 5] = [
    Query {
        name: "scorecard",
        document: include_str!("../queries/scorecard.graphql"),
        variables: |ground| {
            json!({
                "unit": ground.unit,
                "period": { "year": ground.year, "kind": "AR" },
                "indicators": ground.indicators,
            })
        },
        rows: |ground| {
            let indicators = as_u64(ground.indicators.len());
            vec![
                ("orgUnit.scorecard.rows.nodes", indicators),
                ("orgUnit.scorecard.rows.nodes.outcome.value", indicators),
                ("orgUnit.scorecard.rows.nodes.target.value", indicators),
            ]
        },
    },
    Query {
        name: "red-thread",
        document: include_str!("../queries/red-thread.graphql"),
        variables: |ground| json!({ "plan": ground.plan }),
        rows: |ground| {
            let [focus_areas, goals, assignments, activities] = ground.thread;
            vec![
                ("plan.focusAreas.nodes", focus_areas),
                ("plan.focusAreas.nodes.goals.nodes", goals),
                ("plan.focusAreas.nodes.goals.nodes.indicators.nodes", goals),
                ("plan.focusAreas.nodes.goals.nodes.assignments.nodes", assignments),
                (
                    "plan.focusAreas.nodes.goals.nodes.assignments.nodes.activities.nodes",
                    activities,
                ),
            ]
        },
    },
    Query {
        name: "series",
        document: include_str!("../queries/series.graphql"),
        variables: |ground| {
            let from = ground.year - i64::try_from(ground.years).unwrap_or(3) + 1;
            json!({
                "unit": ground.unit,
                "indicators": ground.some_indicators(10),
                "from": format!("{from}-01-01"),
                "to": format!("{}-12-31", ground.year),
            })
        },
        rows: |ground| {
            let series = as_u64(ground.some_indicators(10).len());
            let points = series * ground.years * 12;
            vec![
                ("indicators.nodes", series),
                ("indicators.nodes.series", points),
                ("indicators.nodes.series.value", points),
            ]
        },
    },
    Query {
        name: "units",
        document: include_str!("../queries/units.graphql"),
        variables: |ground| json!({ "indicator": ground.indicator(), "year": ground.year }),
        rows: |ground| vec![("indicator.outcomes.nodes.orgUnit.name", ground.units.min(20))],
    },
    Query {
        name: "indicator",
        document: include_str!("../queries/indicator.graphql"),
        variables: |ground| json!({ "indicator": ground.indicator() }),
        rows: |_| vec![("indicator.code", 1)],
    },
];

impl Query {
    /// The request.
    pub fn request(&self, client: &Client, ground: &Ground) -> Result<Request> {
        client.request(self.document, &(self.variables)(ground))
    }

    /// The answer, when it has no errors and the rows that it must have.
    pub async fn check(&self, client: &Client, ground: &Ground) -> Result<Arc<[u8]>> {
        let answer = client.send(&self.request(client, ground)?).await?;
        let data = client::data(&answer)?;
        for (path, wanted) in (self.rows)(ground) {
            let found = count(&data, path);
            // Somebody's own data may have less than is asked for.
            let fits = if ground.made { found == wanted } else { found > 0 || wanted == 0 };
            if !fits {
                return Err(format!("{found} rows at {path} where {wanted} are to be").into());
            }
        }
        Ok(answer.into())
    }
}

/// How many there are at a path, all of every list on the way, null not counted.
fn count(data: &Value, path: &str) -> u64 {
    let found = path.split('.').fold(vec![data], |found, name| {
        found
            .iter()
            .filter_map(|value| value.get(name))
            .flat_map(|value| match value {
                Value::Array(values) => values.iter().collect(),
                Value::Null => Vec::new(),
                value => vec![value],
            })
            .collect()
    });
    as_u64(found.len())
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_through_every_list_on_the_way() {
        let data = json!({ "a": [{ "b": { "c": [1, 2] } }, { "b": { "c": [3] } }, { "b": null }] });
        assert_eq!(count(&data, "a"), 3);
        assert_eq!(count(&data, "a.b"), 2);
        assert_eq!(count(&data, "a.b.c"), 3);
        assert_eq!(count(&data, "a.x.c"), 0);
    }
}
