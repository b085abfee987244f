//! A unit with something of every kind.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Client, setup};

/// In every text of what is hidden.
pub const MARK: &str = "HEMLIG";

/// Ids by the name of their type.
pub type Nodes = BTreeMap<String, String>;

/// Fills a unit with one of each kind, with `text` in everything. What can refer to `related` does.
pub async fn fill(
    admin: &Client,
    text: &str,
    unit: &str,
    indicator: &str,
    related: &Nodes,
) -> Nodes {
    let mut made = Nodes::new();
    made.insert("OrgUnit".to_owned(), unit.to_owned());
    made.insert("Indicator".to_owned(), indicator.to_owned());
    let other = |name: &str| related.get(name).cloned();
    let refs = |name: &str| json!([{ "source": "stratsys", "externalId": format!("{text} {unit} {name}") }]);
    let responsible = json!([
        { "kind": "RESPONSIBLE", "function": text },
        { "kind": "SUPPORTING", "orgUnit": other("OrgUnit").unwrap_or_else(|| unit.to_owned()) },
    ]);

    let plan = json!({
        "orgUnit": unit, "year": 2024, "title": text, "registryNumber": text,
        "basedOn": other("Plan"), "externalRefs": refs("plan"),
    });
    let plan = keep(admin, &mut made, "Plan", plan).await;
    let section = json!({ "plan": plan, "number": "1", "heading": text, "text": text });
    keep(admin, &mut made, "PlanSection", section).await;
    let governing = json!({ "plan": plan, "title": text, "kind": "POLICY", "decidedBy": text });
    keep(admin, &mut made, "GoverningDocument", governing).await;
    let area = json!({ "plan": plan, "number": "1", "name": text, "description": text, "origin": "COUNCIL" });
    let area = keep(admin, &mut made, "FocusArea", area).await;
    let goal = json!({
        "plan": plan, "number": "1", "name": text, "description": text, "indicators": [indicator],
        "parent": other("Goal"), "focusArea": other("FocusArea").unwrap_or(area), "externalRefs": refs("goal"),
    });
    let goal = keep(admin, &mut made, "Goal", goal).await;
    let assignment = json!({
        "plan": plan, "goal": goal, "number": "1", "name": text, "description": text,
        "indicators": [indicator], "responsible": responsible,
    });
    let assignment = keep(admin, &mut made, "Assignment", assignment).await;
    let activity = json!({
        "plan": plan, "assignment": assignment, "goals": [goal], "name": text, "description": text,
        "followUpComment": text, "responsible": responsible,
    });
    keep(admin, &mut made, "Activity", activity).await;
    let target = json!({
        "indicator": indicator, "orgUnit": unit, "year": 2024, "value": "77.25", "decidedAt": "BOARD",
    });
    keep(admin, &mut made, "Target", target).await;
    let outcome = json!({
        "indicator": indicator, "orgUnit": unit, "period": { "year": 2024, "kind": "UR1" },
        "value": "88.125", "comment": text,
    });
    keep(admin, &mut made, "Outcome", outcome).await;
    let event = json!({
        "orgUnit": unit, "name": text, "startsOn": "2024-10-01", "dueOn": "2024-10-31", "kind": "BUDGET",
        "period": { "year": 2024, "kind": "AR" }, "externalRefs": refs("event"),
    });
    keep(admin, &mut made, "CalendarEvent", event).await;
    investments(admin, text, unit, &refs, &mut made).await;
    operating(admin, text, unit, &mut made).await;
    let grant = json!({ "principal": format!("{text} {unit}"), "principalKind": "GROUP", "role": "READER", "orgUnit": unit });
    let granted = setup::send(admin, "roleGrant", "roleGrant { id }", grant).await;
    made.insert("RoleGrant".to_owned(), granted.text("roleGrant.roleGrant.id").to_owned());

    // Decided, so that readers of the unit see it; and a draft of the year after.
    let version = "query ($id: ID!) { plan(by: { id: $id }) { version } }";
    let version = admin.query(version, json!({ "id": plan })).await.ok();
    let decision = json!({
        "id": plan, "version": version.data("plan.version"), "decidedOn": "2024-01-15", "decidedBy": text,
    });
    setup::send(admin, "planDecide", "", decision).await;
    setup::create(admin, "plan", json!({ "orgUnit": unit, "year": 2025, "title": text })).await;
    report(admin, text, unit, &mut made).await;
    made
}

/// An investment budget with an item, and what has come of it in the year that is reported.
async fn investments(
    admin: &Client,
    text: &str,
    unit: &str,
    refs: &impl Fn(&str) -> Value,
    made: &mut Nodes,
) {
    let money = |amount: &str| json!({ "amount": amount });
    let annual = json!({ "year": 2024, "kind": "AR" });
    let budget = json!({
        "orgUnit": unit, "year": 2024, "frame": money("1000"), "externalRefs": refs("investments"),
    });
    let budget = keep(admin, made, "InvestmentBudget", budget).await;
    let item = json!({
        "budget": budget, "orgUnit": unit, "name": text, "kind": "NEW", "category": text,
        "amount": money("400"), "years": [{ "year": 2025, "amount": money("100") }],
    });
    let first = setup::create(admin, "investmentItem", item.clone()).await;
    let item = keep(admin, made, "InvestmentItem", item).await;
    let transfer = json!({
        "from": first, "to": item, "amount": money("100"), "reason": text, "decidedOn": "2024-01-10",
    });
    let moved = setup::send(admin, "investmentTransfer", "transfer { id }", transfer).await;
    let id = moved.text("investmentTransfer.transfer.id").to_owned();
    made.insert("InvestmentTransfer".to_owned(), id);
    let change = json!({
        "budget": budget, "amount": money("500"), "reason": text, "decidedOn": "2024-01-10",
        "registryNumber": text,
    });
    let changed = setup::send(admin, "investmentFrameChange", "frameChange { id }", change).await;
    let id = changed.text("investmentFrameChange.frameChange.id").to_owned();
    made.insert("FrameChange".to_owned(), id);
    let spent = json!({
        "item": item, "spent": money("123.45"), "forecast": money("500"), "comment": text,
    });
    let spent = json!({ "period": annual, "items": [spent] });
    let said = setup::send(admin, "investmentFollowUpRecord", "followUps { id }", spent).await;
    let id = said.text("investmentFollowUpRecord.followUps.0.id").to_owned();
    made.insert("InvestmentItemFollowUp".to_owned(), id);
}

/// An operating budget with a line, and what that has come to in the year that is reported.
async fn operating(admin: &Client, text: &str, unit: &str, made: &mut Nodes) {
    let refs = json!([{ "source": "raindance", "externalId": format!("{text} {unit}") }]);
    let budget = json!({ "orgUnit": unit, "year": 2024, "externalRefs": refs });
    let budget = keep(admin, made, "OperatingBudget", budget).await;
    let line = json!({
        "operatingBudget": budget, "kind": "COST", "name": text, "budget": { "amount": "66.75" },
        "externalRefs": refs,
    });
    let line = keep(admin, made, "BudgetLine", line).await;
    let amount = json!({ "amount": "55.25" });
    let said = json!({
        "period": { "year": 2024, "kind": "AR" },
        "lines": [{ "line": line, "outcome": amount, "forecast": amount }],
    });
    let said = setup::send(admin, "operatingFollowUpRecord", "followUps { id }", said).await;
    let said = said.text("operatingFollowUpRecord.followUps.0.id").to_owned();
    made.insert("BudgetLineFollowUp".to_owned(), said);
}

/// Approves the unit's annual report, so that readers of the unit see it, and leaves a draft of another.
async fn report(admin: &Client, text: &str, unit: &str, made: &mut Nodes) {
    let open = async |kind: &str| {
        let input = json!({ "orgUnit": unit, "period": { "year": 2024, "kind": kind } });
        let opened = setup::send(admin, "reportOpen", "report { id }", input).await;
        opened.text("reportOpen.report.id").to_owned()
    };
    let assess = async |report: &str, subject: &str, verdict: Option<&str>| {
        let input = json!({
            "report": report, "subject": subject, "verdict": verdict,
            "comment": text, "obstacles": text, "nextSteps": text,
        });
        let said = setup::send(admin, "reportAssess", "assessment { id }", input).await;
        said.text("reportAssess.assessment.id").to_owned()
    };
    let draft = open("UR2").await;
    assess(&draft, &made["Goal"], Some("NOT_MET")).await;
    let report = open("AR").await;
    let todo = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
        completeness { missing { subject { __typename ... on Node { id } } } } } } }";
    let todo = admin.query(todo, json!({ "id": report })).await.ok();
    for subject in todo.data("node.completeness.missing").as_array().expect("what is missing") {
        let verdict = (subject["subject"]["__typename"] != "Indicator").then_some("MET");
        let id = subject["subject"]["id"].as_str().expect("an id");
        made.insert("Assessment".to_owned(), assess(&report, id, verdict).await);
    }
    let concluded = json!({
        "id": report, "version": 1, "summary": text, "internalControlConclusion": "SUFFICIENT",
        "economyComment": text, "investmentComment": text,
    });
    setup::send(admin, "reportUpdate", "", concluded).await;
    for (mutation, version) in [("reportSubmit", 2), ("reportApprove", 3)] {
        let document = format!(
            "mutation ($input: ReportTransitionInput!) {{
                {mutation}(input: $input) {{ userErrors {{ code message field }} }} }}"
        );
        let input = json!({ "id": report, "version": version, "reason": text });
        admin.query(&document, json!({ "input": input })).await.ok();
    }
    made.insert("FollowUpReport".to_owned(), report);
}

async fn keep(admin: &Client, made: &mut Nodes, name: &str, input: Value) -> String {
    let (first, rest) = name.split_at(1);
    let noun = format!("{}{rest}", first.to_lowercase());
    let id = setup::create(admin, &noun, input).await;
    made.insert(name.to_owned(), id.clone());
    id
}
