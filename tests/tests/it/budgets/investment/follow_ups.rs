//! What comes of investments: who may say it, who sees it, and what keeps it as it is.

use entity::{
    budgets::economy_decision,
    follow_up::report,
    money::Hundredths,
    node_id,
    vocabulary::{Currency, Role},
};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{document, organisation, send},
};

use super::{budget, decided_plan, item, money, node, open, record, refusal, said_of, step};

/// How the investments of a budget stand in UR1.
const STANDING: &str =
    "followUp(period: { year: 2024, kind: UR1 }) { frame { amount } spent { amount }
    forecast { amount } deviation { amount } spentShare coverage { contributing expected }
    period { label } items { comment item { name } deviation { amount } } }";

scenario!(what_is_said_adds_up_and_says_how_much_it_covers, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reporter = app.as_(Role::Reporter, &units.board).await;
    let reader = app.as_(Role::Reader, &units.board).await;
    decided_plan(&admin, &units.board, 2024).await;
    let id = budget(&admin, &units.board, 2024, "900").await;
    let truck = item(&admin, &id, None, "Ärla", "500").await;
    let kitchen = item(&admin, &id, None, "Ask", "100").await;
    item(&admin, &id, None, "Zink", "100").await;
    record(&reporter, "UR1", &[(&truck, "200", "450.50"), (&kitchen, "-100", "120")]).await;
    let found = node(&reporter, &id, "InvestmentBudget", STANDING).await;
    let standing = &found["followUp"];
    assert_eq!(
        (money(standing, "/spent"), money(standing, "/forecast")),
        ("100", "670.5"),
        "and 100 of what nobody has said"
    );
    assert_eq!(
        (money(standing, "/deviation"), &standing["spentShare"]),
        ("229.5", &json!("11.111111"))
    );
    assert_eq!(standing["coverage"], json!({ "contributing": 2, "expected": 3 }));
    assert_eq!(
        standing["items"],
        json!([
            { "comment": null, "item": { "name": "Ask" }, "deviation": { "amount": "-20" } },
            { "comment": null, "item": { "name": "Ärla" }, "deviation": { "amount": "49.5" } },
        ])
    );
    // Readers see it when the report is approved; months at once.
    let hidden = node(&reader, &id, "InvestmentBudget", STANDING).await;
    assert_eq!(hidden["followUp"]["coverage"], json!({ "contributing": 0, "expected": 3 }));
    assert_eq!(hidden["followUp"]["items"], json!([]));
    let month = json!({
        "period": { "year": 2024, "kind": "MONTH", "month": 2 }, "items": [said_of(&truck, "7", "500")],
    });
    send(
        &reporter,
        "investmentFollowUpRecord",
        "followUps { id period { label } spent { amount } }",
        month,
    )
    .await;
    let of = "followUps { period { kind month } } spentTotal { amount }
        followUp(period: { year: 2024, kind: UR1 }) { id viewerCannotUpdate }";
    let seen = node(&reader, &truck, "InvestmentItem", of).await;
    assert_eq!(seen["followUps"], json!([{ "period": { "kind": "MONTH", "month": 2 } }]));
    assert_eq!((money(&seen, "/spentTotal"), &seen["followUp"]), ("7", &Value::Null));
    let said = node(&reporter, &truck, "InvestmentItem", of).await;
    assert_eq!(
        (money(&said, "/spentTotal"), &said["followUp"]["viewerCannotUpdate"]),
        ("200", &json!([]))
    );

    let report = open(&reporter, &units.board, "UR1").await;
    step(&reporter, "reportSubmit", &report).await;
    let more =
        json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [said_of(&truck, "1", "1")] });
    let locked = ("LOCKED".to_owned(), "input.period".to_owned());
    assert_eq!(refusal(&reporter, "investmentFollowUpRecord", &more).await, locked);
    step(&admin, "reportApprove", &report).await;
    assert_eq!(refusal(&reporter, "investmentFollowUpRecord", &more).await, locked);
    let said = node(&reporter, &truck, "InvestmentItem", of).await;
    assert_eq!(said["followUp"]["viewerCannotUpdate"], json!(["REPORT_APPROVED"]));
    let seen = node(&reader, &id, "InvestmentBudget", STANDING).await;
    assert_eq!(money(&seen, "/followUp/spent"), "100");

    // What was decided stays, whatever the frame becomes.
    app.expect_unlogged();
    let (_, key) = node_id::decode(&report).expect("an id");
    let there = report::Entity::find_by_id(key).one(app.db().reader()).await.expect("a read");
    assert!(there.is_some());
    let decided = economy_decision::Model {
        report_id: key,
        currency: None,
        months: 4,
        measures: "{}".to_owned(),
        partly: false,
        budget_revenue: None,
        budget_cost: None,
        revenue: None,
        cost: None,
        forecast_revenue: None,
        forecast_cost: None,
        previous_revenue: None,
        previous_cost: None,
        investment_currency: Some(Currency::Sek),
        frame: Some(Hundredths(80_000)),
        spent: Some(Hundredths(40_000)),
        investment_forecast: Some(Hundredths(70_000)),
        items: Some(5),
        reported: Some(4),
        at: app.clock().now(),
    };
    let transaction = app.db().begin().await.expect("a transaction");
    economy_decision::Entity::delete_by_id(key).exec(&transaction).await.expect("gone");
    economy_decision::Entity::insert(decided.into_active_model())
        .exec_without_returning(&transaction)
        .await
        .expect("a decision");
    transaction.commit().await.expect("a commit");
    let change = json!({ "budget": id, "amount": { "amount": "100" }, "reason": "Mer", "decidedOn": "2024-05-10" });
    send(&admin, "investmentFrameChange", "", change).await;
    let seen = node(&reader, &id, "InvestmentBudget", STANDING).await;
    let standing = &seen["followUp"];
    assert_eq!((money(standing, "/frame"), money(standing, "/deviation")), ("800", "100"));
    assert_eq!(
        (&standing["spentShare"], &standing["coverage"]["expected"]),
        (&json!("50"), &json!(5))
    );
});

scenario!(two_who_say_different_things_are_told, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (anna, bo) =
        (app.as_(Role::Reporter, &units.board).await, app.as_(Role::Reporter, &units.region).await);
    let id = budget(&admin, &units.board, 2024, "900").await;
    let (truck, kitchen) =
        (item(&admin, &id, None, "Bil", "500").await, item(&admin, &id, None, "Kök", "100").await);
    let input = |said: Value| {
        let mut one = said;
        one["item"] = json!(truck);
        json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [said_of(&kitchen, "1", "2"), one] })
    };
    let kr = |amount: &str| json!({ "amount": amount });
    let alone = |field: &str| ("REQUIRED".to_owned(), format!("input.items.1.{field}"));
    let found =
        refusal(&anna, "investmentFollowUpRecord", &input(json!({ "spent": kr("1") }))).await;
    assert_eq!(found, alone("forecast"));
    let first = json!({ "spent": kr("200"), "forecast": kr("500"), "comment": "Annas ord" });
    let made =
        send(&anna, "investmentFollowUpRecord", "followUps { id version }", input(first.clone()))
            .await;
    assert_eq!(made.each("investmentFollowUpRecord.followUps", "version"), [1, 1]);
    // The same again changes nothing, also by another.
    let same = send(&bo, "investmentFollowUpRecord", "followUps { version }", input(first)).await;
    assert_eq!(same.each("investmentFollowUpRecord.followUps", "version"), [1, 1]);
    let document = document("investmentFollowUpRecord", "")
        .replace("field }", "field conflict { field current yours } }");
    for said in [
        json!({ "spent": kr("200"), "comment": "Bos ord" }),
        json!({ "spent": kr("210"), "version": 1 }),
    ] {
        let other = said.get("version").is_some();
        let answer = bo.query(&document, json!({ "input": input(said) })).await;
        if other {
            assert!(answer.user_errors("investmentFollowUpRecord").is_empty());
            continue;
        }
        assert_eq!(
            answer.data("investmentFollowUpRecord.userErrors"),
            &json!([{
                "code": "CONFLICT", "message": "Somebody else has changed this field since you read it.",
                "field": ["input", "items", "1", "comment"],
                "conflict": { "field": "comment", "current": "Annas ord", "yours": "Bos ord" },
            }])
        );
    }
    // A field that nobody else has written is no conflict: what is left out stays.
    let stale = input(json!({ "comment": "Annas nya", "version": 1 }));
    send(&anna, "investmentFollowUpRecord", "", stale).await;
    let of =
        "followUps { spent { amount } comment version history { nodes { fields { field } } } }";
    let found = node(&bo, &truck, "InvestmentItem", of).await;
    assert_eq!(
        (money(&found, "/followUps/0/spent"), &found["followUps"][0]["comment"]),
        ("210", &json!("Annas nya"))
    );
    assert_eq!(found["followUps"][0]["version"], 3);
});

scenario!(what_is_not_to_be_said_is_refused, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reporter = app.as_(Role::Reporter, &units.board).await;
    let reader = app.as_(Role::Reader, &units.board).await;
    let id = budget(&admin, &units.board, 2024, "900").await;
    let truck = item(&admin, &id, None, "Bil", "500").await;
    let one = said_of(&truck, "1", "2");
    let with = |field: &str, value: Value| {
        let mut said = one.clone();
        said[field] = value;
        json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [said] })
    };
    let at = |year: i32, kind: &str, month: Option<i32>| json!({ "period": { "year": year, "kind": kind, "month": month }, "items": [one] });
    for (input, code, path) in [
        (at(2024, "MONTH", Some(6)), "LOCKED", "input.period"),
        (at(2023, "AR", None), "INVALID", "input.period.year"),
        (at(2024, "MONTH", Some(13)), "INVALID", "input.period.month"),
        (at(2024, "MONTH", None), "REQUIRED", "input.period.month"),
        (
            json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [] }),
            "REQUIRED",
            "input.items",
        ),
        (
            json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [one, one] }),
            "DUPLICATE",
            "input.items.1",
        ),
        (with("item", json!("x")), "INVALID", "input.items.0.item"),
        (with("item", json!(id)), "INVALID", "input.items.0.item"),
        (with("spent", Value::Null), "REQUIRED", "input.items.0.spent"),
        (with("spent", json!({ "amount": "0.001" })), "INVALID", "input.items.0.spent.amount"),
        (with("comment", json!("x".repeat(20_001))), "INVALID", "input.items.0.comment"),
        (with("version", json!(1)), "INVALID", "input.items.0.version"),
    ] {
        let found = refusal(&reporter, "investmentFollowUpRecord", &input).await;
        assert_eq!(found, (code.to_owned(), path.to_owned()), "{input}");
    }
    let ask = document("investmentFollowUpRecord", "");
    let good = json!({ "input": at(2024, "UR1", None) });
    assert_eq!(reader.query(&ask, &good).await.code(), "FORBIDDEN");
    assert_eq!(app.anonymous().query(&ask, &good).await.code(), "UNAUTHENTICATED");
    let aside = app.as_(Role::Reporter, &units.logistics).await;
    let found = refusal(&aside, "investmentFollowUpRecord", &good["input"]).await;
    assert_eq!(found, ("NOT_FOUND".to_owned(), "input.items.0.item".to_owned()));
    let nothing = node(&reporter, &truck, "InvestmentItem", "followUps { id }").await;
    assert_eq!(nothing["followUps"], json!([]));
});
