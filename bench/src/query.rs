//! The queries, their variables, and how many rows their answers must have.

use serde_json::{Value, json};

use crate::{
    Result,
    contender::{Contender, Name},
    ground::Ground,
};

/// A query that is measured.
pub struct Query {
    /// Its name in the table.
    pub name: &'static str,
    /// Whether it is one of the five that the geometric means are over.
    pub counts: bool,
    /// What is asked, in GraphQL.
    pub document: &'static str,
    variables: fn(&Ground) -> Value,
    /// Where rows are in the answer, and how many there must be.
    rows: fn(&Ground) -> Vec<(&'static str, u64)>,
}

/// The queries, in the order in which they are measured.
pub const QUERIES: [Query; 6] = [
    Query {
        name: "scorecard",
        counts: true,
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
        counts: true,
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
        counts: true,
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
        counts: true,
        document: include_str!("../queries/units.graphql"),
        variables: |ground| json!({ "indicator": ground.indicator(), "year": ground.year }),
        rows: |ground| vec![("indicator.outcomes.nodes.orgUnit.name", ground.units.min(20))],
    },
    Query {
        name: "indicator",
        counts: true,
        document: include_str!("../queries/indicator.graphql"),
        variables: |ground| json!({ "indicator": ground.indicator() }),
        rows: |_| vec![("indicator.code", 1)],
    },
    Query {
        name: "page",
        counts: false,
        document: include_str!("../queries/page.graphql"),
        variables: |ground| json!({ "indicators": ground.some_indicators(ground.many) }),
        rows: |_| vec![("outcomes.nodes.value", 20)],
    },
];

impl Query {
    /// The request, in the words of a server.
    pub fn request(
        &self,
        contender: &Contender,
        ground: &Ground,
        headers: &[(&str, &str)],
    ) -> Vec<u8> {
        let variables = (self.variables)(ground);
        let (path, body) = match contender.name {
            Name::Limit => (format!("/{}", self.name), variables),
            _ => ("/graphql".to_owned(), json!({ "query": self.document, "variables": variables })),
        };
        contender.peer.post(&path, &body.to_string(), headers)
    }

    /// Refuses an answer that does not have exactly the rows that the made-up data must give.
    pub fn check(&self, data: &Value, ground: &Ground) -> Result<()> {
        for (path, wanted) in (self.rows)(ground) {
            let found = count(data, path);
            if found != wanted {
                return Err(format!(
                    "{}: {found} rows at {path} where {wanted} are to be",
                    self.name
                )
                .into());
            }
        }
        Ok(())
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
