//! Follow-up reports, from opened to approved, and the calendar of the year.

mod bad_input;
mod below;
mod calendar;
mod calendar_limits;
mod deadlines;
mod decided;
mod live;
mod saving;
mod secrecy;
mod whole_year;
mod year;

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Answer, Client, TestApp, UserError,
    setup::{self, Organisation, create, document_of},
};

/// Driftnämnden's year: a decided plan with one of each thing that is followed up.
struct Year {
    units: Organisation,
    plan: String,
    focus_area: String,
    goal: String,
    assignment: String,
    indicator: String,
}

impl Year {
    async fn of(app: &TestApp) -> Self {
        let admin = app.admin();
        let units = setup::organisation(&admin).await;
        let indicator = setup::indicator(&admin, &units.region, "SJUK", "Sjukfrånvaro").await;
        let plan = setup::plan(&admin, &units.board, 2024).await;
        let area = json!({ "plan": plan, "name": "God service", "origin": "OWN", "number": "7" });
        let focus_area = create(&admin, "focusArea", area).await;
        let goal = json!({
            "plan": plan, "name": "Friska medarbetare", "number": "7.1", "focusArea": focus_area,
            "indicators": [indicator],
        });
        let goal = create(&admin, "goal", goal).await;
        let assignment = json!({ "plan": plan, "name": "Minska svinnet", "goal": goal });
        let assignment = create(&admin, "assignment", assignment).await;
        decide(&admin, &plan).await;
        Self { units, plan, focus_area, goal, assignment, indicator }
    }

    async fn as_(&self, app: &TestApp, role: Role) -> Client {
        app.as_(role, &self.units.board).await
    }

    /// Says all that there is to say in a report.
    async fn complete(&self, client: &Client, report: &str, kind: &str) {
        for subject in [&self.focus_area, &self.goal, &self.assignment] {
            let said = json!({ "report": report, "subject": subject, "verdict": "MET" });
            send(client, "reportAssess", "", said).await;
        }
        setup::outcome(client, &self.indicator, &self.units.board, (2024, kind), "4.1").await;
    }
}

/// Takes a plan to the board, which decides it.
async fn decide(client: &Client, plan: &str) {
    let input = json!({
        "id": plan,
        "version": version(client, plan).await,
        "decidedOn": "2023-11-15",
        "decidedBy": "Driftnämnden",
    });
    send(client, "planDecide", "", input).await;
}

/// Opens a report.
async fn open(client: &Client, unit: &str, kind: &str) -> String {
    let input = json!({ "orgUnit": unit, "period": { "year": 2024, "kind": kind } });
    let answer = setup::send(client, "reportOpen", "report { id }", input).await;
    answer.text("reportOpen.report.id").to_owned()
}

/// The version of a node.
async fn version(client: &Client, id: &str) -> i64 {
    let node = "query ($id: ID!) { node(id: $id) { ... on Tracked { version } } }";
    let answer = client.query(node, json!({ "id": id })).await.ok();
    answer.data("node.version").as_i64().unwrap_or_else(|| panic!("a version in {answer}"))
}

/// Sends a mutation that must succeed: its payload.
async fn send(client: &Client, mutation: &str, selection: &str, input: Value) -> Value {
    setup::send(client, mutation, selection, input).await.data(mutation).clone()
}

/// Takes a step in the life of a report, or is refused: the answer. `reader` sees the report.
async fn step(
    client: &Client,
    reader: &Client,
    mutation: &str,
    report: &str,
    reason: Option<&str>,
) -> Answer {
    let version = version(reader, report).await;
    let input = json!({ "id": report, "version": version, "reason": reason });
    let document = document_of(mutation, "ReportTransitionInput", "report { status }");
    client.query(&document, json!({ "input": input })).await
}

/// Takes a step that leads to that state.
async fn taken(client: &Client, mutation: &str, report: &str, reason: Option<&str>) -> String {
    let answer = step(client, client, mutation, report, reason).await.ok();
    answer.text(&format!("{mutation}.report.status")).to_owned()
}

/// The codes and messages of what keeps a step from being taken.
async fn kept_from(
    client: &Client,
    mutation: &str,
    report: &str,
    reason: Option<&str>,
) -> Vec<(String, String)> {
    let answer = step(client, client, mutation, report, reason).await;
    let told = |error: UserError| (error.code, error.message);
    answer.user_errors(mutation).into_iter().map(told).collect()
}

/// A unit's calendar of a year: its events as one line each, "kind period startsOn dueOn name".
async fn calendar(client: &Client, unit: &str, year: i32) -> Vec<String> {
    let query = "query ($unit: ID!, $year: Int!) { calendar(orgUnit: $unit, year: $year) {
        kind period { kind year } startsOn dueOn name } }";
    let found = client.query(query, json!({ "unit": unit, "year": year })).await.ok();
    let line = |event: &Value| {
        let text = |path: &str| match event.pointer(path) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => "-".to_owned(),
        };
        let all = ["/kind", "/period/kind", "/period/year", "/startsOn", "/dueOn", "/name"];
        all.map(text).join(" ")
    };
    found.data("calendar").as_array().expect("a calendar").iter().map(line).collect()
}

/// The id of the event that says when a unit's report of a period is due.
async fn deadline(client: &Client, unit: &str, (year, kind): (i32, &str)) -> String {
    let query = "query ($unit: ID!, $year: Int!) { calendar(orgUnit: $unit, year: $year) {
        id kind period { kind year } } }";
    let found = client.query(query, json!({ "unit": unit, "year": year })).await.ok();
    let of = json!({ "kind": kind, "year": year });
    let mut events = found.data("calendar").as_array().expect("a calendar").iter();
    let event = events.find(|event| event["kind"] == "REPORTING" && event["period"] == of);
    event.expect("a deadline")["id"].as_str().expect("an id").to_owned()
}

/// An event of a unit that is about nothing in particular.
fn event(unit: &str, name: &str, starts_on: &str, due_on: &str) -> Value {
    json!({
        "orgUnit": unit, "name": name, "startsOn": starts_on, "dueOn": due_on, "kind": "PLANNING",
    })
}

/// Sends a mutation that is refused: the codes and paths of its userErrors.
async fn refusals(client: &Client, mutation: &str, input: &Value) -> Vec<(String, String)> {
    let answer = client.query(&setup::document(mutation, ""), json!({ "input": input })).await;
    let told = |error: UserError| (error.code.clone(), error.path());
    answer.user_errors(mutation).into_iter().map(told).collect()
}
