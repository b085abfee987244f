//! Who sees operating budgets and what has come of them, and who changes them.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{document, organisation, plan, send},
};

use super::{
    operating::{budget, decide, line, line_of, lines, refusal},
    operating_follow_up::{followed_up, of_period, open, record, said, step},
};

/// Whether a viewer sees a node.
async fn sees(client: &Client, id: &str) -> bool {
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    !client.query(node, json!({ "id": id })).await.ok().data("node").is_null()
}

scenario!(a_draft_plans_budget_is_seen_by_those_who_see_the_draft, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let draft = plan(&admin, &units.board, 2024).await;
    let id = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let reader = app.as_(Role::Reader, &units.region).await;
    let reporter = app.as_(Role::Reporter, &units.meals).await;
    let stranger = app.as_(Role::Planner, &units.logistics).await;
    let query = "query ($unit: ID!) { operatingBudgets { totalCount nodes { id } }
        orgUnit(by: { id: $unit }) { operatingBudget(year: 2024) { id } } }";
    let found = async |client: &Client| {
        let answer = client.query(query, json!({ "unit": units.meals })).await.ok();
        let seen = [sees(client, &id).await, sees(client, &salaries).await];
        let of_unit = !answer.data("orgUnit.operatingBudget").is_null();
        (answer.data("operatingBudgets.totalCount").clone(), of_unit, seen)
    };
    assert_eq!(found(&reader).await, (json!(0), false, [false; 2]));
    assert_eq!(found(&reporter).await, (json!(1), true, [true; 2]));
    assert_eq!(found(&stranger).await, (json!(0), false, [false; 2]));
    let update = json!({ "id": salaries, "version": 1, "budget": { "amount": "71" } });
    assert_eq!(refusal(&stranger, "budgetLineUpdate", &update).await, "NOT_FOUND input.id");
    send(&admin, "budgetLineUpdate", "", update).await;
    // Decided, it is everybody's, but not what was done while it was a draft.
    decide(&admin, &draft).await;
    assert_eq!(found(&reader).await, (json!(1), true, [true; 2]));
    assert_eq!(found(&stranger).await, (json!(0), false, [false; 2]));
    let again = json!({ "id": salaries, "version": 2, "budget": { "amount": "72" } });
    send(&admin, "budgetLineUpdate", "", again).await;
    let history = "query ($id: ID!) { node(id: $id) { ... on Tracked {
        history { totalCount nodes { fields { field before after } } } } } }";
    for (node, field) in [(&id, "lines.COST.Löner"), (&salaries, "budget")] {
        let seen = reader.query(history, json!({ "id": node })).await.ok();
        let fields = json!([{ "field": field, "before": "71", "after": "72" }]);
        let told = json!({ "totalCount": 1, "nodes": [{ "fields": fields }] });
        assert_eq!(seen.data("node.history"), &told);
        let seen = reporter.query(history, json!({ "id": node })).await.ok();
        assert_eq!(seen.data("node.history.totalCount"), 3);
    }
});

scenario!(readers_see_months_and_what_a_report_has_approved, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    decide(&admin, &plan(&admin, &units.meals, 2024).await).await;
    let id = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let month = json!({
        "period": { "year": 2024, "kind": "MONTH", "month": 3 }, "lines": [said(&salaries, "6", "70")],
    });
    send(&admin, "operatingFollowUpRecord", "", month).await;
    let follow_up = record(&admin, "UR1", &[said(&salaries, "23", "71")]).await;
    let follow_up = follow_up[0]["id"].as_str().expect("an id").to_owned();
    record(&admin, "UR2", &[said(&salaries, "46", "72")]).await;
    let (reader, reporter) =
        (app.as_(Role::Reader, &units.board).await, app.as_(Role::Reporter, &units.meals).await);
    let all = ["MONTH 3 6 70", "UR1 23 71", "UR2 46 72"];
    assert_eq!(followed_up(&reporter, &salaries).await, all);
    let query = "query ($id: ID!) { node(id: $id) { ... on BudgetLine {
        followUp(period: { year: 2024, kind: UR1 }) { deviation { amount } } } } }";
    let deviation = async || {
        let found = reader.query(query, json!({ "id": salaries })).await.ok();
        found.data("node.followUp.deviation.amount").clone()
    };
    let hidden = async || {
        assert_eq!(followed_up(&reader, &salaries).await, all[..1]);
        assert!(!sees(&reader, &follow_up).await);
        assert!(deviation().await.is_null());
    };
    hidden().await;
    let report = open(&admin, &units.meals, "UR1").await;
    step(&admin, "reportSubmit", &report).await;
    hidden().await;
    step(&admin, "reportApprove", &report).await;
    assert_eq!(followed_up(&reader, &salaries).await, all[..2]);
    assert!(sees(&reader, &follow_up).await);
    assert_eq!(deviation().await, "-1");
    let history =
        "query ($id: ID!) { node(id: $id) { ... on Tracked { history { totalCount } } } }";
    let told = reader.query(history, json!({ "id": follow_up })).await.ok();
    assert_eq!(told.data("node.history.totalCount"), 0, "it was preliminary");
    step(&admin, "reportReopen", &report).await;
    hidden().await;
});

scenario!(who_may_not_changes_nothing, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    decide(&admin, &plan(&admin, &units.meals, 2024).await).await;
    let id = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let money = json!({ "amount": "1" });
    let mutations: [(&str, bool, Value); 7] = [
        ("operatingBudgetCreate", false, json!({ "orgUnit": units.meals, "year": 2026 })),
        ("operatingBudgetUpdate", false, json!({ "id": id, "version": 1, "lines": [] })),
        ("operatingBudgetDelete", false, json!({ "id": id, "version": 1 })),
        (
            "budgetLineCreate",
            false,
            json!({ "operatingBudget": id, "kind": "COST", "name": "Ny", "budget": money }),
        ),
        ("budgetLineUpdate", false, json!({ "id": salaries, "version": 1, "budget": money })),
        ("budgetLineDelete", false, json!({ "id": salaries, "version": 1 })),
        ("operatingFollowUpRecord", true, of_period("UR1", &[said(&salaries, "1", "2")])),
    ];
    for (role, unit, code, reports) in [
        (Role::Reader, &units.meals, "FORBIDDEN", "FORBIDDEN"),
        (Role::Reporter, &units.meals, "FORBIDDEN", ""),
        (Role::Integration, &units.meals, "FORBIDDEN", "FORBIDDEN"),
        (Role::Reader, &units.region, "FORBIDDEN", "FORBIDDEN"),
        (Role::Admin, &units.logistics, "NOT_FOUND", "NOT_FOUND"),
    ] {
        let client = app.as_(role, unit).await;
        for (mutation, is_report, input) in &mutations {
            let expected = if *is_report { reports } else { code };
            if expected.is_empty() {
                continue;
            }
            let answer = client.query(&document(mutation, ""), json!({ "input": input })).await;
            let found = match answer.errors() {
                [] => answer.user_errors(mutation)[0].code.clone(),
                _ => answer.code().to_owned(),
            };
            assert_eq!(found, expected, "{role:?} {mutation}");
        }
    }
    assert_eq!(lines(&admin, &id).await, ["COST Löner 70"]);
    assert!(followed_up(&admin, &salaries).await.is_empty());
    let all = admin.query("{ operatingBudgets { totalCount } }", ()).await.ok();
    assert_eq!(all.data("operatingBudgets.totalCount"), 1);
    let reporter = app.as_(Role::Reporter, &units.meals).await;
    record(&reporter, "UR1", &[said(&salaries, "1", "2")]).await;
    assert_eq!(followed_up(&reporter, &salaries).await, ["UR1 1 2"]);
    let anonymous = app.anonymous().query("{ operatingBudgets { totalCount } }", ()).await;
    assert_eq!(anonymous.code(), "UNAUTHENTICATED");
});

scenario!(a_closed_plan_closes_its_budget, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    decide(&admin, &plan).await;
    let id = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let close = json!({ "id": plan, "version": 2 });
    send(&admin, "planClose", "", close).await;
    let create = json!({ "orgUnit": units.logistics, "year": 2024 });
    assert_eq!(refusal(&admin, "operatingBudgetCreate", &create).await, "LOCKED ");
    let update = json!({ "id": salaries, "version": 1, "budget": { "amount": "1" } });
    assert_eq!(refusal(&admin, "budgetLineUpdate", &update).await, "LOCKED ");
    let query = "query ($id: ID!) { node(id: $id) { ... on Tracked { viewerCannotUpdate } } }";
    for node in [&id, &salaries] {
        let found = admin.query(query, json!({ "id": node })).await.ok();
        assert_eq!(found.data("node.viewerCannotUpdate"), &json!(["PLAN_CLOSED"]));
    }
});

scenario!(a_draft_does_not_go_while_it_hides_a_budget, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let before = budget(&admin, &units.meals, &[line("COST", "Löner", "70")]).await;
    let salaries = line_of(&admin, &before, "Löner").await;
    let draft = plan(&admin, &units.board, 2024).await;
    let removal = json!({ "id": draft, "version": 1 });
    let with_it = budget(&admin, &units.logistics, &[line("COST", "Bränsle", "9")]).await;
    assert_eq!(refusal(&admin, "planDelete", &removal).await, "IN_USE input.id");
    send(&admin, "operatingBudgetDelete", "", json!({ "id": with_it, "version": 1 })).await;
    let reader = app.as_(Role::Reader, &units.region).await;
    assert!(!sees(&reader, &before).await);
    // One that was there before the draft stays, unless it was changed with it.
    send(&admin, "planDelete", "", removal).await;
    assert_eq!(lines(&reader, &before).await, ["COST Löner 70"]);
    let draft = plan(&admin, &units.board, 2024).await;
    let update = json!({ "id": salaries, "version": 1, "budget": { "amount": "71" } });
    send(&admin, "budgetLineUpdate", "", update).await;
    let removal = json!({ "id": draft, "version": 1 });
    assert_eq!(refusal(&admin, "planDelete", &removal).await, "IN_USE input.id");
});
