//! Every filter and order of the lists over large tables, taken from the schema: a new one without a case here fails.

use serde_json::{Value, json};
use tests::Client;

/// What the questions are about.
pub struct Ground {
    pub root: String,
    pub board: String,
    pub unit: String,
    pub indicators: Vec<String>,
    pub outcome: String,
    pub target: String,
    pub plan: String,
    pub year: i32,
}

/// A question, and what it is called when it fails.
pub struct Case {
    pub name: String,
    pub document: String,
    pub variables: Value,
    /// How many rows of the large tables it may take.
    pub rows: u32,
}

/// A page and its total: far from all there are.
const FEW: u32 = 30_000;
/// Figures of every unit put together, for the indicators and periods of a dashboard.
const MANY: u32 = 200_000;

impl Ground {
    pub async fn discover(client: &Client, year: i32) -> Self {
        let document = "query ($year: Int!) {
            councils: orgUnits(first: 1, filter: { kind: COUNCIL }) { nodes { id } }
            boards: orgUnits(first: 1, filter: { kind: BOARD }) { nodes { id } }
            units: orgUnits(first: 1, filter: { kind: UNIT }) { nodes { id } }
            indicators(first: 50) { nodes { id targets(first: 1) { nodes { id } } } }
            outcomes(first: 1) { nodes { id } }
            plans(first: 1, filter: { year: $year }) { nodes { id } }
        }";
        let found = client.query(document, json!({ "year": year })).await.ok();
        let text = |path: &str| found.text(path).to_owned();
        Self {
            root: text("councils.nodes.0.id"),
            board: text("boards.nodes.0.id"),
            unit: text("units.nodes.0.id"),
            indicators: found
                .each("indicators.nodes", "id")
                .iter()
                .map(|id| id.as_str().expect("an id").to_owned())
                .collect(),
            outcome: text("outcomes.nodes.0.id"),
            target: text("indicators.nodes.0.targets.nodes.0.id"),
            plan: text("plans.nodes.0.id"),
            year,
        }
    }

    /// A value for a field of a filter, or nothing for one that nobody has thought of.
    fn filtered_by(&self, field: &str) -> Option<Vec<Value>> {
        Some(match field {
            "indicator" => vec![json!(self.indicators[0])],
            "indicators" => vec![json!(self.indicators[..2]), json!(self.indicators)],
            "orgUnit" => vec![json!(self.unit)],
            "under" => vec![json!(self.board), json!(self.root)],
            "year" => vec![json!(self.year), json!(1999)],
            "kind" => vec![json!("AR"), json!("MONTH")],
            "month" => vec![json!(12)],
            "gender" => vec![json!("TOTAL"), json!("WOMEN")],
            "state" => vec![json!("CONFIRMED"), json!("PRELIMINARY")],
            "missing" => vec![json!(true), json!(false)],
            "missingReason" => vec![json!(["NOT_MEASURED"]), json!(["CONFIDENTIAL", "WITHDRAWN"])],
            "decidedAt" => vec![json!("BOARD"), json!("UNIT")],
            _ => return None,
        })
    }

    /// Every list over a large table, with every filter and order that the schema has, from both ends.
    pub async fn lists(&self, client: &Client) -> Vec<Case> {
        let mut cases = Vec::new();
        for (path, noun) in [
            ("outcomes", "Outcome"),
            ("indicator.outcomes", "Outcome"),
            ("indicator.targets", "Target"),
        ] {
            let mut filters = vec![json!({})];
            for field in names(client, &format!("{noun}Filter"), "inputFields").await {
                let values = self.filtered_by(&field);
                let values = values.unwrap_or_else(|| panic!("no case for {noun}Filter.{field}"));
                filters.extend(values.into_iter().map(|value| json!({ (field.clone()): value })));
            }
            let mut orders = vec![Value::Null];
            for field in names(client, &format!("{noun}OrderField"), "enumValues").await {
                for direction in ["ASC", "DESC"] {
                    orders.push(json!({ "field": field, "direction": direction }));
                }
            }
            for filter in &filters {
                for order in &orders {
                    cases.push(self.list(path, noun, filter, order));
                }
            }
        }
        cases
    }

    fn list(&self, path: &str, noun: &str, filter: &Value, order: &Value) -> Case {
        let counted = if path == "outcomes" { "" } else { "totalCount" };
        let list = |field: &str| {
            format!(
                "{field}(first: 20, filter: $filter, orderBy: $order) {{ {counted} nodes {{ id }} }}"
            )
        };
        let (declared, selected) = match path.split_once('.') {
            Some((parent, field)) => {
                ("$id: ID!, ", format!("{parent}(by: {{ id: $id }}) {{ {} }}", list(field)))
            }
            None => ("", list(path)),
        };
        Case {
            name: format!("{path} {filter} {order}"),
            document: format!(
                "query ({declared}$filter: {noun}Filter, $order: {noun}Order) {{ {selected} }}"
            ),
            variables: json!({ "id": self.indicators[0], "filter": filter, "order": order }),
            rows: FEW,
        }
    }

    /// The history of each kind of node that has many.
    pub fn histories(&self) -> Vec<Case> {
        [&self.outcome, &self.target, &self.indicators[0], &self.root]
            .iter()
            .map(|id| Case {
                name: format!("history of {id}"),
                document: "query ($id: ID!) { node(id: $id) {
                    ... on Tracked { history(first: 20) { totalCount nodes { at } } } } }"
                    .to_owned(),
                variables: json!({ "id": id }),
                rows: FEW,
            })
            .collect()
    }

    /// What dashboards ask: the queries of the benchmark, and the same of the root, where figures are put together.
    pub fn dashboards(&self) -> Vec<Case> {
        let period = json!({ "year": self.year, "kind": "AR" });
        let (from, to) = (format!("{}-01-01", self.year - 2), format!("{}-12-31", self.year));
        let mut cases = Vec::new();
        for (whose, unit, rows) in [("a unit", &self.unit, FEW), ("the root", &self.root, MANY)] {
            let indicators = &self.indicators;
            cases.push(Case {
                name: format!("scorecard of {whose}"),
                document: include_str!("../../../../bench/queries/scorecard.graphql").to_owned(),
                variables: json!({ "unit": unit, "period": period, "indicators": indicators }),
                rows,
            });
            cases.push(Case {
                name: format!("series of {whose}"),
                document: include_str!("../../../../bench/queries/series.graphql").to_owned(),
                variables: json!({ "unit": unit, "indicators": indicators[..10], "from": from, "to": to }), rows,
            });
            cases.push(Case {
                name: format!("comparison below {whose}"),
                document: "query ($indicator: ID!, $unit: ID!, $period: PeriodInput!) {
                    indicator(by: { id: $indicator }) {
                        comparison(orgUnit: $unit, period: $period) { status outcome { value } }
                    } }"
                .to_owned(),
                variables: json!({ "indicator": indicators[0], "unit": unit, "period": period }),
                rows,
            });
        }
        cases.push(Case {
            name: "red thread".to_owned(),
            document: include_str!("../../../../bench/queries/red-thread.graphql").to_owned(),
            variables: json!({ "plan": self.plan }),
            rows: FEW,
        });
        cases.push(Case {
            name: "units".to_owned(),
            document: include_str!("../../../../bench/queries/units.graphql").to_owned(),
            variables: json!({ "indicator": self.indicators[0], "year": self.year }),
            rows: FEW,
        });
        cases.push(Case {
            name: "indicator".to_owned(),
            document: include_str!("../../../../bench/queries/indicator.graphql").to_owned(),
            variables: json!({ "indicator": self.indicators[0] }),
            rows: FEW,
        });
        cases
    }
}

/// The fields of an input, or the values of an enum.
async fn names(client: &Client, name: &str, what: &str) -> Vec<String> {
    let document =
        format!("query ($name: String!) {{ __type(name: $name) {{ {what} {{ name }} }} }}");
    let found = client.query(&document, json!({ "name": name })).await.ok();
    let names = found.each(&format!("__type.{what}"), "name");
    names.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}
