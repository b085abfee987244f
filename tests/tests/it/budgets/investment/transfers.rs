//! Money moves between two items of one budget, and never grows or shrinks by it.

use entity::vocabulary::Role;
use serde_json::json;
use tests::{
    TestApp, scenario,
    setup::{organisation, send},
};

use super::{budget, item, money, node, refusal, refusals, version};

scenario!(a_transfer_moves_what_there_is, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let planner = app.as_(Role::Planner, &units.board).await;
    let id = budget(&planner, &units.board, 2024, "10000").await;
    let truck = item(&planner, &id, None, "Lastbil", "6000").await;
    let kitchen = item(&planner, &id, None, "Kök", "1000").await;
    let next = budget(&planner, &units.board, 2025, "10000").await;
    let later = item(&planner, &next, None, "Senare", "10").await;
    let input = json!({
        "from": truck, "to": kitchen, "amount": { "amount": "2.5", "unit": "TKR" },
        "reason": "Köket blev dyrare", "decidedOn": "2024-04-01", "idempotencyKey": "k",
    });
    let with = |field: &str, value: serde_json::Value| {
        let mut input = input.clone();
        input[field] = value;
        input["idempotencyKey"] = json!(null);
        input
    };
    for (input, code, path) in [
        (with("to", json!(truck)), "INVALID", "input.to"),
        (with("to", json!(later)), "INVALID", "input.to"),
        (with("to", json!(id)), "INVALID", "input.to"),
        (with("amount", json!({ "amount": "0" })), "INVALID", "input.amount.amount"),
        (with("amount", json!({ "amount": "-1" })), "INVALID", "input.amount.amount"),
        (with("amount", json!({ "amount": "0.001" })), "INVALID", "input.amount.amount"),
        (with("reason", json!(" \n")), "REQUIRED", "input.reason"),
        (with("reason", json!("x".repeat(20_001))), "INVALID", "input.reason"),
        (with("decidedOn", json!("2024-05-16")), "INVALID", "input.decidedOn"),
    ] {
        let found = refusal(&planner, "investmentTransfer", &input).await;
        assert_eq!(found, (code.to_owned(), path.to_owned()), "{input}");
    }
    assert_eq!(
        refusals(&planner, "investmentTransfer", &with("amount", json!({ "amount": "6000.5" })))
            .await,
        [(
            "INVALID".to_owned(),
            "input.amount".to_owned(),
            "Investeringen har inte så mycket: 0,50 kr saknas.".to_owned()
        )]
    );
    let selection = "transfer { id from { name amount { amount } } to { name amount { amount } }
        amount { amount currency } reason decidedOn decidedBy { subject } }";
    let done = send(&planner, "investmentTransfer", selection, input.clone()).await;
    let transfer = done.data("investmentTransfer.transfer");
    assert_eq!(transfer["from"], json!({ "name": "Lastbil", "amount": { "amount": "3500" } }));
    assert_eq!(transfer["to"], json!({ "name": "Kök", "amount": { "amount": "3500" } }));
    assert_eq!(transfer["amount"], json!({ "amount": "2500", "currency": "SEK" }));
    // Once for a key.
    let again = send(&planner, "investmentTransfer", "transfer { id }", input).await;
    assert_eq!(again.data("investmentTransfer.transfer.id"), &transfer["id"]);

    let of = "amount { amount } initialAmount { amount } version
        history { nodes { fields { field before after } } }";
    let found = node(&planner, &truck, "InvestmentItem", of).await;
    assert_eq!((money(&found, "/amount"), money(&found, "/initialAmount")), ("3500", "6000"));
    assert_eq!(
        found["history"]["nodes"][0]["fields"],
        json!([{ "field": "amount", "before": "6000", "after": "3500" }])
    );
    let found = node(&planner, &kitchen, "InvestmentItem", of).await;
    assert_eq!((money(&found, "/initialAmount"), &found["version"]), ("1000", &json!(2)));
    let of = "allocated { amount } transfers { totalCount nodes { reason decidedBy { kind } } }";
    let found = node(&planner, &id, "InvestmentBudget", of).await;
    assert_eq!(money(&found, "/allocated"), "7000");
    assert_eq!(
        found["transfers"],
        json!({ "totalCount": 1, "nodes": [{ "reason": "Köket blev dyrare", "decidedBy": { "kind": "USER" } }] })
    );
    // What has been moved, or has something in it, stays.
    for (mutation, id) in [
        ("investmentItemDelete", &truck),
        ("investmentItemDelete", &kitchen),
        ("investmentBudgetDelete", &id),
    ] {
        let input = json!({ "id": id, "version": version(&planner, id).await });
        let found = refusal(&planner, mutation, &input).await;
        assert_eq!(found, ("IN_USE".to_owned(), "input.id".to_owned()), "{mutation}");
    }
    send(&planner, "investmentItemDelete", "deletedId", json!({ "id": later, "version": 1 })).await;
    send(&planner, "investmentBudgetDelete", "deletedId", json!({ "id": next, "version": 1 }))
        .await;
    budget(&planner, &units.board, 2025, "1").await;
});
