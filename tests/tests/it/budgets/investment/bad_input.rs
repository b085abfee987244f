//! What cannot be is refused, at its place, and has changed nothing.

use entity::{
    node_id,
    vocabulary::{NodeType, Role},
};
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{create, document, organisation, send},
};
use uuid::Uuid;

use super::{budget, decided_plan, item, new_item, node, open, refusal, refusals, step, version};

scenario!(budgets_and_items_are_checked, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let id = budget(&admin, &units.board, 2024, "900").await;
    let own = item(&admin, &id, None, "Bil", "500").await;
    let unknown = node_id::encode(NodeType::InvestmentBudget, Uuid::now_v7());
    let with = |field: &str, value: Value| {
        let mut input = new_item(&id, "Kök", "1");
        input[field] = value;
        input
    };
    let made = |unit: &str, year: i32, frame: &str| json!({ "orgUnit": unit, "year": year, "frame": { "amount": frame } });
    let change = |field: &str, value: Value| {
        let mut input = json!({ "budget": id, "amount": { "amount": "1" }, "reason": "X", "decidedOn": "2024-01-01" });
        input[field] = value;
        input
    };
    for (mutation, input, code, path) in [
        ("investmentBudgetCreate", made(&units.board, 2024, "1"), "DUPLICATE", "input.year"),
        ("investmentBudgetCreate", made(&units.board, 1899, "1"), "INVALID", "input.year"),
        ("investmentBudgetCreate", made(&units.board, 2201, "1"), "INVALID", "input.year"),
        ("investmentBudgetCreate", made(&units.board, 2025, "-1"), "INVALID", "input.frame.amount"),
        (
            "investmentBudgetCreate",
            made(&units.board, 2025, "1000000000000000"),
            "INVALID",
            "input.frame.amount",
        ),
        ("investmentBudgetCreate", made(&own, 2025, "1"), "INVALID", "input.orgUnit"),
        (
            "investmentBudgetUpdate",
            json!({ "id": id, "version": 1, "frame": null }),
            "REQUIRED",
            "input.frame",
        ),
        ("investmentBudgetUpdate", json!({ "id": id, "version": 2 }), "INVALID", "input.version"),
        ("investmentBudgetDelete", json!({ "id": unknown, "version": 1 }), "NOT_FOUND", "input.id"),
        ("investmentItemCreate", with("budget", json!(unknown)), "NOT_FOUND", "input.budget"),
        ("investmentItemCreate", with("name", json!(" ")), "REQUIRED", "input.name"),
        ("investmentItemCreate", with("name", json!("x".repeat(301))), "INVALID", "input.name"),
        (
            "investmentItemCreate",
            with("category", json!("x".repeat(301))),
            "INVALID",
            "input.category",
        ),
        (
            "investmentItemCreate",
            with("amount", json!({ "amount": "-0.01" })),
            "INVALID",
            "input.amount.amount",
        ),
        (
            "investmentItemCreate",
            with("decidedTotal", json!({ "amount": "-1" })),
            "INVALID",
            "input.decidedTotal.amount",
        ),
        (
            "investmentItemCreate",
            with("estimatedTotal", json!({ "amount": "0.001" })),
            "INVALID",
            "input.estimatedTotal.amount",
        ),
        ("investmentItemCreate", with("orgUnit", json!(units.region)), "INVALID", "input.orgUnit"),
        ("investmentItemCreate", with("continues", json!(own)), "INVALID", "input.continues"),
        (
            "investmentItemUpdate",
            json!({ "id": own, "version": 1, "kind": null }),
            "REQUIRED",
            "input.kind",
        ),
        (
            "investmentFrameChange",
            change("amount", json!({ "amount": "0" })),
            "INVALID",
            "input.amount.amount",
        ),
        ("investmentFrameChange", change("reason", json!("")), "REQUIRED", "input.reason"),
        (
            "investmentFrameChange",
            change("registryNumber", json!("x".repeat(101))),
            "INVALID",
            "input.registryNumber",
        ),
        (
            "investmentFrameChange",
            change("decidedOn", json!("2025-01-01")),
            "INVALID",
            "input.decidedOn",
        ),
    ] {
        let found = refusal(&admin, mutation, &input).await;
        assert_eq!(found, (code.to_owned(), path.to_owned()), "{mutation} {input}");
    }
    assert_eq!((version(&admin, &id).await, version(&admin, &own).await), (1, 1));
    // Once for a key.
    let mut once = with("idempotencyKey", json!("k"));
    let first = create(&admin, "investmentItem", once.clone()).await;
    assert_eq!(create(&admin, "investmentItem", once.clone()).await, first);
    once["name"] = json!("Annat");
    let found = refusal(&admin, "investmentItemCreate", &once).await;
    assert_eq!(found, ("DUPLICATE".to_owned(), "input.idempotencyKey".to_owned()));
});

scenario!(who_may_not_plan_here_changes_nothing, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let id = budget(&admin, &units.board, 2024, "900").await;
    let (truck, kitchen) =
        (item(&admin, &id, None, "Bil", "500").await, item(&admin, &id, None, "Kök", "100").await);
    let decided = json!({ "amount": { "amount": "1" }, "reason": "X", "decidedOn": "2024-01-01" });
    let (mut transfer, mut change) = (decided.clone(), decided);
    (transfer["from"], transfer["to"], change["budget"]) =
        (json!(truck), json!(kitchen), json!(id));
    let all = [
        (
            "investmentBudgetCreate",
            json!({ "orgUnit": units.board, "year": 2025, "frame": { "amount": "1" } }),
        ),
        ("investmentBudgetUpdate", json!({ "id": id, "version": 1, "frame": { "amount": "901" } })),
        ("investmentBudgetDelete", json!({ "id": id, "version": 1 })),
        ("investmentItemCreate", new_item(&id, "Ny", "1")),
        ("investmentItemUpdate", json!({ "id": truck, "version": 1, "name": "Ny" })),
        ("investmentItemDelete", json!({ "id": truck, "version": 1 })),
        ("investmentTransfer", transfer),
        ("investmentFrameChange", change),
    ];
    let reporter = app.as_(Role::Reporter, &units.board).await;
    let aside = app.as_(Role::Planner, &units.logistics).await;
    for (mutation, input) in &all {
        let ask = document(mutation, "");
        let variables = json!({ "input": input });
        assert_eq!(reporter.query(&ask, &variables).await.code(), "FORBIDDEN", "{mutation}");
        assert_eq!(app.anonymous().query(&ask, &variables).await.code(), "UNAUTHENTICATED");
        assert_eq!(refusal(&aside, mutation, input).await.0, "NOT_FOUND", "{mutation}");
    }
    let found = node(&reporter, &id, "InvestmentBudget", "viewerCannotUpdate").await;
    assert_eq!(found["viewerCannotUpdate"], json!(["NOT_PERMITTED"]));
    // The annual report is handed in, and then the plan is closed.
    let plan = decided_plan(&admin, &units.board, 2024).await;
    let report = open(&admin, &units.board, "AR").await;
    let concluded =
        json!({ "id": report, "version": 1, "internalControlConclusion": "SUFFICIENT" });
    send(&admin, "reportUpdate", "", concluded).await;
    step(&admin, "reportSubmit", &report).await;
    for (mutation, input) in all.iter().skip(1) {
        assert_eq!(refusals(&admin, mutation, input).await[0].0, "LOCKED", "{mutation}");
    }
    step(&admin, "reportReturn", &report).await;
    let close = json!({ "id": plan, "version": version(&admin, &plan).await });
    send(&admin, "planClose", "", close).await;
    for (mutation, input) in all.iter().skip(1) {
        assert_eq!(refusals(&admin, mutation, input).await[0].0, "LOCKED", "{mutation}");
    }
    let found = node(&admin, &id, "InvestmentBudget", "viewerCannotUpdate version").await;
    assert_eq!(found, json!({ "viewerCannotUpdate": ["PLAN_CLOSED"], "version": 1 }));
});
