//! What there is to ask about: found through the API, as a front-end would.

use serde_json::{Value, json};

use crate::{Result, client::Client, size::Size};

/// Outcomes of a long list.
const LONG: usize = 45_000;

/// The ids that the queries ask about, and how many rows their answers have.
pub struct Ground {
    /// A unit with outcomes of its own.
    pub unit: String,
    /// The latest plan.
    pub plan: String,
    /// Its year.
    pub year: i64,
    /// Years that its unit has plans of, at most three.
    pub years: u64,
    /// Years that data was made up for.
    pub years_made: i64,
    /// Indicators, at most 50.
    pub indicators: Vec<String>,
    /// How many indicators there are, at most 200.
    pub all_indicators: usize,
    /// Units with outcomes.
    pub units: u64,
    /// How many indicators have about 45,000 outcomes together.
    pub many: usize,
    /// Focus areas, goals, assignments and activities of the plan.
    pub thread: [u64; 4],
}

impl Ground {
    /// Looks around; the data must be as large as it was to be.
    pub async fn discover(client: &mut Client, size: Size) -> Result<Self> {
        let found = client.ask(include_str!("../queries/ground.graphql"), &json!({})).await?;
        let unit = leaf(&found).ok_or("there is no unit")?;
        let plan = found.pointer("/plans/nodes/0").ok_or("there is no plan")?;
        let year = plan["year"].as_i64().ok_or("a plan without year")?;
        let owner = plan.pointer("/orgUnit/id");
        let years = nodes(&found, "plans").filter(|plan| plan.pointer("/orgUnit/id") == owner);
        let years = u64::try_from(years.count())?.min(3);
        let plan = text(&plan["id"]);
        let sizes =
            client.ask(include_str!("../queries/plan.graphql"), &json!({ "id": plan })).await?;
        let total = |list: &str| {
            sizes.pointer(&format!("/plan/{list}/totalCount")).and_then(Value::as_u64).unwrap_or(0)
        };
        let units = found.pointer("/orgUnits/totalCount").and_then(Value::as_u64).unwrap_or(0);
        let ground = Self {
            unit,
            plan,
            year,
            years,
            years_made: i64::try_from(size.years)?,
            all_indicators: size.indicators.min(200),
            indicators: nodes(&found, "indicators").map(|node| text(&node["id"])).collect(),
            // The root has none of its own.
            units: units.saturating_sub(1),
            many: size.indicators_of(LONG),
            thread: ["focusAreas", "goals", "assignments", "activities"].map(total),
        };
        ground.expect(size)?;
        Ok(ground)
    }

    fn expect(&self, size: Size) -> Result<()> {
        for (what, found, wanted) in [
            ("units", usize::try_from(self.units)?, size.units),
            ("indicators", self.indicators.len(), size.indicators.min(50)),
            ("years", usize::try_from(self.years)?, size.years.min(3)),
        ] {
            if found != wanted {
                return Err(format!("{found} {what} were made, not {wanted}").into());
            }
        }
        if self.thread.contains(&0) {
            return Err("the red thread was made with a gap".into());
        }
        Ok(())
    }

    /// The first `most` indicators.
    pub fn some_indicators(&self, most: usize) -> Vec<&str> {
        self.indicators.iter().take(most).map(String::as_str).collect()
    }

    /// One indicator; no id when there is none.
    pub fn indicator(&self) -> &str {
        self.indicators.first().map_or("", String::as_str)
    }
}

/// A unit with nothing below it, or the root where there is nothing else.
fn leaf(found: &Value) -> Option<String> {
    let parents: Vec<&Value> =
        nodes(found, "orgUnits").filter_map(|unit| unit.pointer("/parent/id")).collect();
    let mut leaves = nodes(found, "orgUnits").filter(|unit| !parents.contains(&&unit["id"]));
    leaves.next().map(|unit| text(&unit["id"]))
}

fn nodes<'a>(found: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    found.pointer(&format!("/{list}/nodes")).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
