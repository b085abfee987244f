//! What lines have come to, period by period.

use std::slice::from_ref;

use entity::{
    node_id,
    vocabulary::{NodeType, Role},
};
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, create, document, document_of, organisation, plan},
};
use uuid::Uuid;

use super::operating::{budget, decide, line, line_of, refusal, version};

/// What one line has come to, to be recorded.
pub fn said(line: &str, outcome: &str, forecast: &str) -> Value {
    json!({ "line": line, "outcome": { "amount": outcome }, "forecast": { "amount": forecast } })
}

/// What is recorded of a period of 2024.
pub fn of_period(kind: &str, lines: &[Value]) -> Value {
    json!({ "period": { "year": 2024, "kind": kind }, "lines": lines })
}

pub async fn record(client: &Client, kind: &str, lines: &[Value]) -> Value {
    let selection =
        "followUps { id version outcome { amount } forecast { amount } deviation { amount } }";
    let input = of_period(kind, lines);
    let answer = setup::send(client, "operatingFollowUpRecord", selection, input).await;
    answer.data("operatingFollowUpRecord.followUps").clone()
}

/// The follow-ups of a line as the viewer is told: "UR1 12.5 100".
pub async fn followed_up(client: &Client, line: &str) -> Vec<String> {
    let query = "query ($id: ID!) { node(id: $id) { ... on BudgetLine { followUps {
        period { kind month year } outcome { amount } forecast { amount } } } } }";
    let found = client.query(query, json!({ "id": line })).await.ok();
    let text = |follow_up: &Value| {
        let month = follow_up["period"]["month"].as_i64().map(|month| format!(" {month}"));
        let of = |path: &str| follow_up.pointer(path).and_then(Value::as_str).unwrap_or("-");
        let [kind, outcome, forecast] =
            ["/period/kind", "/outcome/amount", "/forecast/amount"].map(of);
        format!("{kind}{} {outcome} {forecast}", month.unwrap_or_default())
    };
    found.data("node.followUps").as_array().into_iter().flatten().map(text).collect()
}

/// Opens a unit's report of a period of 2024: its id.
pub async fn open(client: &Client, unit: &str, kind: &str) -> String {
    let input = json!({ "orgUnit": unit, "period": { "year": 2024, "kind": kind } });
    let answer = setup::send(client, "reportOpen", "report { id }", input).await;
    answer.text("reportOpen.report.id").to_owned()
}

/// Takes a step in the life of a report.
pub async fn step(client: &Client, mutation: &str, report: &str) {
    let input =
        json!({ "id": report, "version": version(client, report).await, "reason": "Därför" });
    let document = document_of(mutation, "ReportTransitionInput", "");
    client.query(&document, json!({ "input": input })).await.ok();
}

scenario!(what_lines_come_to_is_recorded_and_changed, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let own = [line("REVENUE", "Bidrag", "100"), line("COST", "Löner", "70")];
    let id = budget(&admin, &units.meals, &own).await;
    let other = budget(&admin, &units.logistics, &[line("COST", "Bränsle", "9")]).await;
    let (grants, salaries) =
        (line_of(&admin, &id, "Bidrag").await, line_of(&admin, &id, "Löner").await);
    let fuel = line_of(&admin, &other, "Bränsle").await;
    let reporter = app.as_(Role::Reporter, &units.board).await;
    // Lines of two budgets at once; the first time both amounts are needed.
    let some =
        [said(&salaries, "25.25", "77.5"), said(&fuel, "-1", "8"), said(&grants, "33", "90")];
    let first = record(&reporter, "UR1", &some).await;
    let deviations = [&first[0], &first[1], &first[2]].map(|one| &one["deviation"]["amount"]);
    assert_eq!(deviations, ["-7.5", "1", "-10"]);
    assert_eq!(first[0]["version"], 1);
    let half = json!({ "line": salaries, "forecast": { "amount": "70" } });
    let refused =
        refusal(&reporter, "operatingFollowUpRecord", &of_period("AR", from_ref(&half))).await;
    assert_eq!(refused, "REQUIRED input.lines.0.outcome");
    // Later what is left out stays.
    let mut half = half;
    half["version"] = json!(1);
    let second = record(&reporter, "UR1", from_ref(&half)).await;
    assert_eq!(second[0]["outcome"]["amount"], "25.25");
    assert_eq!(second[0]["forecast"]["amount"], "70");
    assert_eq!((&second[0]["id"], &second[0]["version"]), (&first[0]["id"], &json!(2)));
    // The same again changes nothing, whatever version was read.
    for version in [json!(null), json!(0), json!(1), json!(2)] {
        let mut same = said(&salaries, "25.25", "70");
        same["version"] = version;
        assert_eq!(record(&reporter, "UR1", &[same]).await[0]["version"], 2);
    }
    let query = "query ($id: ID!) { node(id: $id) { ... on BudgetLineFollowUp {
        line { name } period { label } viewerCannotUpdate updatedBy { kind }
        history { nodes { kind fields { field before after } } } } } }";
    let found = reporter.query(query, json!({ "id": first[0]["id"] })).await.ok();
    assert_eq!(found.data("node.line.name"), "Löner");
    assert_eq!(found.data("node.viewerCannotUpdate"), &json!([]));
    assert_eq!(
        found.data("node.history.nodes.0"),
        &json!({ "kind": "UPDATED", "fields": [{ "field": "forecast", "before": "77.5", "after": "70" }] })
    );
});

scenario!(what_somebody_has_said_is_not_overwritten, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let names = ["Löner", "Hyra"];
    let id = budget(&admin, &units.meals, &names.map(|name| line("COST", name, "70"))).await;
    let (salaries, rent) =
        (line_of(&admin, &id, "Löner").await, line_of(&admin, &id, "Hyra").await);
    let (anna, bo) =
        (app.as_(Role::Reporter, &units.meals).await, app.as_(Role::Reporter, &units.board).await);
    record(&anna, "UR1", &[said(&salaries, "10", "70")]).await;
    let document = document("operatingFollowUpRecord", "")
        .replace("field }", "field conflict { field current yours changedBy { subject } } }");
    let ask = async |lines: &[Value]| {
        let answer = bo.query(&document, json!({ "input": of_period("UR1", lines) })).await;
        let errors =
            answer.data("operatingFollowUpRecord.userErrors").as_array().expect("a payload");
        let told = |error: &Value| {
            assert_eq!(error["code"], "CONFLICT");
            let field: Vec<&str> = error["field"]
                .as_array()
                .expect("a path")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let of = |name: &str| error["conflict"][name].as_str().unwrap_or("-");
            format!("{} {} {}", field.join("."), of("current"), of("yours"))
        };
        errors.iter().map(told).collect::<Vec<String>>()
    };
    // Without a version the caller has read that nothing was said.
    let both = [said(&rent, "1", "2"), said(&salaries, "12", "71")];
    let conflicts = ask(&both).await;
    assert_eq!(conflicts, ["input.lines.1.outcome 10 12", "input.lines.1.forecast 70 71"]);
    assert!(followed_up(&anna, &rent).await.is_empty(), "all or nothing");
    // Different amounts of one follow-up both survive.
    let fields = |version: i32, field: &str, amount: &str| json!({ "line": salaries, "version": version, field: { "amount": amount } });
    record(&anna, "UR1", &[fields(1, "outcome", "11")]).await;
    record(&bo, "UR1", &[fields(1, "forecast", "72")]).await;
    assert_eq!(followed_up(&anna, &salaries).await, ["UR1 11 72"]);
    assert_eq!(ask(&[fields(1, "outcome", "13")]).await, ["input.lines.0.outcome 11 13"]);
    record(&bo, "UR1", &[fields(3, "outcome", "13")]).await;
    assert_eq!(followed_up(&anna, &salaries).await, ["UR1 13 72"]);
    for version in [-1, 5] {
        let wrong = of_period("UR1", &[fields(version, "outcome", "13")]);
        let refused = refusal(&bo, "operatingFollowUpRecord", &wrong).await;
        assert_eq!(refused, "INVALID input.lines.0.version", "{version}");
    }
    let mut unsaid = said(&rent, "1", "2");
    unsaid["version"] = json!(1);
    let refused = refusal(&bo, "operatingFollowUpRecord", &of_period("UR1", &[unsaid])).await;
    assert_eq!(refused, "INVALID input.lines.0.version");
});

scenario!(a_report_that_was_handed_in_locks_its_period, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    decide(&admin, &plan(&admin, &units.meals, 2024).await).await;
    let id = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let locked = async |kind: &str, outcome: &str| {
        let document =
            document("operatingFollowUpRecord", "").replace("field }", "field lockReason }");
        let input = of_period(kind, &[said(&salaries, outcome, "70")]);
        let answer = admin.query(&document, json!({ "input": input })).await;
        let error = answer.data("operatingFollowUpRecord.userErrors.0");
        assert_eq!(error["field"], json!(["input", "period"]), "{answer}");
        format!("{} {}", error["code"], error["lockReason"]).replace('"', "")
    };
    let cannot = async |id: &Value| {
        let query = "query ($id: ID!) { node(id: $id) { ... on Tracked { viewerCannotUpdate } } }";
        let found = admin.query(query, json!({ "id": id })).await.ok();
        found.data("node.viewerCannotUpdate").clone()
    };
    let follow_up = record(&admin, "UR1", &[said(&salaries, "10", "70")]).await[0]["id"].clone();
    let report = open(&admin, &units.meals, "UR1").await;
    step(&admin, "reportSubmit", &report).await;
    assert_eq!(locked("UR1", "11").await, "LOCKED REPORT_SUBMITTED");
    assert_eq!(cannot(&follow_up).await, json!(["REPORT_SUBMITTED"]));
    step(&admin, "reportApprove", &report).await;
    assert_eq!(locked("UR1", "11").await, "LOCKED REPORT_APPROVED");
    // Other periods, and the budget itself, are open.
    record(&admin, "UR2", &[said(&salaries, "20", "71")]).await;
    let update = json!({ "id": salaries, "version": 1, "budget": { "amount": "72" } });
    setup::send(&admin, "budgetLineUpdate", "", update).await;
    step(&admin, "reportReopen", &report).await;
    let mut again = said(&salaries, "12", "70");
    again["version"] = json!(1);
    record(&admin, "UR1", &[again]).await;
    assert_eq!(followed_up(&admin, &salaries).await, ["UR1 12 70", "UR2 20 71"]);

    // With the annual report the budget is done.
    app.clock().set(2025, 1, 20);
    let report = open(&admin, &units.meals, "AR").await;
    let concluded =
        json!({ "id": report, "version": 1, "internalControlConclusion": "SUFFICIENT" });
    setup::send(&admin, "reportUpdate", "", concluded).await;
    step(&admin, "reportSubmit", &report).await;
    assert_eq!(locked("AR", "60").await, "LOCKED REPORT_SUBMITTED");
    for (mutation, input) in [
        ("budgetLineUpdate", json!({ "id": salaries, "version": 2, "budget": { "amount": "1" } })),
        ("budgetLineDelete", json!({ "id": salaries, "version": 2 })),
        ("operatingBudgetUpdate", json!({ "id": id, "version": 2, "lines": [] })),
        ("operatingBudgetDelete", json!({ "id": id, "version": 2 })),
        (
            "budgetLineCreate",
            json!({ "operatingBudget": id, "kind": "COST", "name": "Ny", "budget": { "amount": 1 } }),
        ),
    ] {
        assert_eq!(refusal(&admin, mutation, &input).await, "LOCKED ", "{mutation}");
    }
    assert_eq!(cannot(&json!(id)).await, json!(["REPORT_SUBMITTED"]));
});

scenario!(a_period_is_of_the_budgets_year_and_has_begun, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let id = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let later =
        json!({ "orgUnit": units.board, "year": 2025, "lines": [line("COST", "Hyra", "1")] });
    let later = create(&admin, "operatingBudget", later).await;
    let (salaries, rent) =
        (line_of(&admin, &id, "Löner").await, line_of(&admin, &later, "Hyra").await);
    let gone = node_id::encode(NodeType::BudgetLine, Uuid::now_v7());
    let month = |number: i32| json!({ "year": 2024, "kind": "MONTH", "month": number });
    let ur1 = |year: i32| json!({ "year": year, "kind": "UR1" });
    for (period, line, refused) in [
        (month(6), &salaries, "LOCKED input.period"),
        (ur1(2025), &rent, "LOCKED input.period"),
        (ur1(2023), &salaries, "INVALID input.period.year"),
        (ur1(2024), &rent, "INVALID input.period.year"),
        (ur1(1), &salaries, "INVALID input.period.year"),
        (month(13), &salaries, "INVALID input.period.month"),
        (json!({ "year": 2024, "kind": "MONTH" }), &salaries, "REQUIRED input.period.month"),
        (
            json!({ "year": 2024, "kind": "AR", "month": 1 }),
            &salaries,
            "INVALID input.period.month",
        ),
    ] {
        let input = json!({ "period": period, "lines": [said(line, "1", "2")] });
        let found = refusal(&admin, "operatingFollowUpRecord", &input).await;
        assert_eq!(found, refused, "{period}");
    }
    let unknown = json!({ "period": ur1(1), "lines": [said(&gone, "1", "2")] });
    let found = refusal(&admin, "operatingFollowUpRecord", &unknown).await;
    assert_eq!(found, "NOT_FOUND input.lines.0.line");
    let two = of_period("UR1", &[said(&salaries, "1", "2"), said(&rent, "1", "2")]);
    let found = refusal(&admin, "operatingFollowUpRecord", &two).await;
    assert_eq!(found, "INVALID input.period.year");
    for period in [month(5), ur1(2024), month(4), json!({ "year": 2024, "kind": "AR" })] {
        let input = json!({ "period": period, "lines": [said(&salaries, "1", "2")] });
        setup::send(&admin, "operatingFollowUpRecord", "", input).await;
    }
    let found = followed_up(&admin, &salaries).await;
    assert_eq!(found, ["MONTH 4 1 2", "UR1 1 2", "MONTH 5 1 2", "AR 1 2"]);
    let query = "query ($id: ID!) { node(id: $id) { ... on BudgetLine {
        april: followUp(period: { year: 2024, kind: MONTH, month: 4 }) { period { label } }
        ur1: followUp(period: { year: 2024, kind: UR1 }) { period { label } }
        may: followUp(period: { year: 2024, kind: MONTH, month: 6 }) { id }
        last: followUp(period: { year: 2023, kind: UR1 }) { id }
    } } }";
    let found = admin.query(query, json!({ "id": salaries })).await.ok();
    assert_eq!(
        found.data("node"),
        &json!({
            "april": { "period": { "label": "april 2024" } },
            "ur1": { "period": { "label": "UR1 2024" } }, "may": null, "last": null,
        })
    );
});
