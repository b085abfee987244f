//! Follow-up reports, from opened to approved.

mod bad_input;
mod live;
mod saving;
mod secrecy;
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
        Self { units, focus_area, goal, assignment, indicator }
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
