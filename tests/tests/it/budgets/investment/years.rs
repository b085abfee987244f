//! Investments that go on over the years.

use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{create, organisation, send},
};

use super::{budget, item, money, new_item, node, refusal};

scenario!(an_item_has_a_forecast_a_budget_and_plans, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let id = budget(&admin, &units.board, 2024, "900").await;
    let year = |year: i32, amount: &str| json!({ "year": year, "amount": { "amount": amount } });
    let mut input = json!({ "budget": id, "name": "Kök", "kind": "NEW" });
    let found = refusal(&admin, "investmentItemCreate", &input).await;
    assert_eq!(found, ("REQUIRED".to_owned(), "input.amount".to_owned()));
    input["years"] = json!([year(2026, "4"), year(2024, "2"), year(2023, "1")]);
    let kitchen = create(&admin, "investmentItem", input).await;
    let of = "amount { amount } version years { year basis amount { amount } }
        history { nodes { fields { field before after } } }";
    let found = node(&admin, &kitchen, "InvestmentItem", of).await;
    assert_eq!(
        found["years"],
        json!([
            { "year": 2023, "basis": "FORECAST", "amount": { "amount": "1" } },
            { "year": 2024, "basis": "BUDGET", "amount": { "amount": "2" } },
            { "year": 2026, "basis": "PLAN", "amount": { "amount": "4" } },
        ])
    );
    let update =
        json!({ "id": kitchen, "version": 1, "years": [year(2025, "3"), year(2024, "5")] });
    send(&admin, "investmentItemUpdate", "", update).await;
    let found = node(&admin, &kitchen, "InvestmentItem", of).await;
    assert_eq!((money(&found, "/amount"), &found["version"]), ("5", &json!(2)));
    assert_eq!(
        found["history"]["nodes"][0]["fields"],
        json!([
            { "field": "amount", "before": "2", "after": "5" },
            { "field": "years", "before": "2023 1, 2026 4", "after": "2025 3" },
        ])
    );
    let with = |years: Value| json!({ "id": kitchen, "version": 2, "years": years });
    let mut both = with(json!([year(2024, "6")]));
    both["amount"] = json!({ "amount": "7" });
    let mut wrong = year(2025, "1");
    wrong["basis"] = json!("FORECAST");
    for (input, code, path) in [
        (with(json!([year(2022, "1")])), "INVALID", "input.years.0.year"),
        (with(json!([year(2025, "1"), year(2025, "1")])), "DUPLICATE", "input.years.1.year"),
        (with(json!([wrong])), "INVALID", "input.years.0.basis"),
        (with(json!([year(2025, "-1")])), "INVALID", "input.years.0.amount.amount"),
        (both, "INVALID", "input.years.0.amount"),
    ] {
        let found = refusal(&admin, "investmentItemUpdate", &input).await;
        assert_eq!(found, (code.to_owned(), path.to_owned()), "{input}");
    }
    send(&admin, "investmentItemUpdate", "", with(Value::Null)).await;
    let found = node(&admin, &kitchen, "InvestmentItem", "years { year }").await;
    assert_eq!(found["years"], json!([{ "year": 2024 }]));
});

scenario!(what_is_spent_follows_an_investment_over_the_years, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let mut items: Vec<String> = Vec::new();
    for year in [2022, 2023, 2024] {
        let id = budget(&admin, &units.board, year, "900").await;
        let mut input = new_item(&id, "Bygget", "100");
        match items.last() {
            Some(earlier) => input["continues"] = json!(earlier),
            None => input["spentBefore"] = json!({ "amount": "1000" }),
        }
        items.push(create(&admin, "investmentItem", input).await);
    }
    let said = async |item: &str, period: Value, spent: &str| {
        let said =
            json!({ "item": item, "spent": { "amount": spent }, "forecast": { "amount": "0" } });
        let input = json!({ "period": period, "items": [said] });
        send(&admin, "investmentFollowUpRecord", "", input).await;
    };
    said(&items[0], json!({ "year": 2022, "kind": "UR2" }), "70").await;
    said(&items[0], json!({ "year": 2022, "kind": "AR" }), "90.50").await;
    said(&items[1], json!({ "year": 2023, "kind": "MONTH", "month": 3 }), "10").await;
    said(&items[1], json!({ "year": 2023, "kind": "MONTH", "month": 9 }), "15").await;
    said(&items[2], json!({ "year": 2024, "kind": "MONTH", "month": 1 }), "400").await;
    said(&items[2], json!({ "year": 2024, "kind": "UR1" }), "5").await;
    for (item, total) in items.iter().zip(["1090.5", "1115.5", "1120.5"]) {
        let found = node(&admin, item, "InvestmentItem", "spentTotal { amount }").await;
        assert_eq!(money(&found, "/spentTotal"), total);
    }
    let found = node(
        &admin,
        &items[2],
        "InvestmentItem",
        "continues { id continues { id continues { id } } }",
    )
    .await;
    assert_eq!(
        found["continues"],
        json!({ "id": items[1], "continues": { "id": items[0], "continues": null } })
    );

    let next = budget(&admin, &units.meals, 2025, "900").await;
    let euro = json!({ "orgUnit": units.logistics, "year": 2025, "frame": { "amount": "1", "currency": "EUR" } });
    let euro = create(&admin, "investmentBudget", euro).await;
    let later = item(&admin, &next, None, "Senare", "1").await;
    let with = |budget: &str, earlier: &str| {
        let mut input = new_item(budget, "Fortsättning", "1");
        input["continues"] = json!(earlier);
        input
    };
    let mut twice = with(&next, &items[2]);
    twice["spentBefore"] = json!({ "amount": "1" });
    for (input, code, path) in [
        (with(&next, &items[1]), "DUPLICATE", "input.continues"),
        (with(&next, &later), "INVALID", "input.continues"),
        (with(&euro, &items[2]), "INVALID", "input.continues"),
        (twice, "INVALID", "input.spentBefore"),
    ] {
        let found = refusal(&admin, "investmentItemCreate", &input).await;
        assert_eq!(found, (code.to_owned(), path.to_owned()), "{input}");
    }
    let used = json!({ "id": items[1], "version": 1 });
    assert_eq!(refusal(&admin, "investmentItemDelete", &used).await.0, "IN_USE");
});
