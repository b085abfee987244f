//! Operating budgets that cannot be.

use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{create, document, organisation, send},
};

use super::{
    operating::{budget, line, line_of, lines, refusal, refusals, version},
    operating_follow_up::{followed_up, of_period, record, said},
};

/// What to put where in an input.
fn with(mut input: Value, pointer: &str, value: Value) -> Value {
    *input.pointer_mut(pointer).expect("a place") = value;
    input
}

scenario!(budgets_that_cannot_be, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    budget(&admin, &units.board, &[]).await;
    let good = json!({
        "orgUnit": units.meals, "year": 2024,
        "lines": [line("REVENUE", "Taxor", "1"), line("COST", "Löner", "2")],
    });
    let amount = "/lines/1/budget/amount";
    for (pointer, value, refused) in [
        ("/orgUnit", json!("x"), "INVALID input.orgUnit"),
        ("/year", json!(1899), "INVALID input.year"),
        ("/year", json!(2201), "INVALID input.year"),
        ("/orgUnit", json!(units.board), "DUPLICATE input.year"),
        ("/lines/1/name", json!(" "), "REQUIRED input.lines.1.name"),
        ("/lines/1/name", json!("x".repeat(301)), "INVALID input.lines.1.name"),
        ("/lines/1/name", json!("a\u{0}b"), "INVALID input.lines.1.name"),
        (amount, json!("0.001"), "INVALID input.lines.1.budget.amount"),
        (amount, json!("1000000000000000"), "INVALID input.lines.1.budget.amount"),
        (
            "/lines/1/budget",
            json!({ "amount": 1, "currency": "EUR" }),
            "INVALID input.lines.1.budget.currency",
        ),
        ("/lines/1", line("REVENUE", " Taxor", "3"), "DUPLICATE input.lines.1.name"),
        (
            "/lines",
            json!([line("COST", "a", "999999999999999.99"), line("COST", "b", "0.01")]),
            "INVALID input.lines.0.budget.amount",
        ),
        (
            "/lines",
            json!([line("COST", "", "1"), line("COST", "b", "0.001"), line("COST", "c", "1")]),
            "REQUIRED input.lines.0.name, INVALID input.lines.1.budget.amount",
        ),
    ] {
        let input = with(good.clone(), pointer, value.clone());
        let found = refusal(&admin, "operatingBudgetCreate", &input).await;
        assert_eq!(found, refused, "{pointer} {value}");
    }
    let many = |count: usize| -> Vec<Value> {
        (0..count).map(|at| line("COST", &format!("Post {at}"), "1")).collect()
    };
    let too_many = with(good.clone(), "/lines", json!(many(501)));
    let found = refusal(&admin, "operatingBudgetCreate", &too_many).await;
    assert_eq!(found, "INVALID input.lines");
    assert!(
        admin
            .query("{ operatingBudgets { totalCount } }", ())
            .await
            .ok()
            .data("operatingBudgets.totalCount")
            == 1
    );

    // As many as there may be, and no more.
    let id = create(&admin, "operatingBudget", with(good, "/lines", json!(many(500)))).await;
    let mut more = line("COST", "En till", "1");
    more["operatingBudget"] = json!(id);
    let found = refusal(&admin, "budgetLineCreate", &more).await;
    assert_eq!(found, "INVALID input.operatingBudget");
    let list = json!({ "id": id, "version": 1, "lines": many(501) });
    assert_eq!(refusal(&admin, "operatingBudgetUpdate", &list).await, "INVALID input.lines");
    assert_eq!(lines(&admin, &id).await.len(), 500);
});

scenario!(lines_that_cannot_be, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let most = "999999999999999.99";
    let own =
        [line("COST", "Löner", "0"), line("COST", "Hyra", "1"), line("REVENUE", "Taxor", most)];
    let id = budget(&admin, &units.meals, &own).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let new = json!({
        "operatingBudget": id, "kind": "COST", "name": "Resor", "budget": { "amount": "1" },
    });
    for (pointer, value, refused) in [
        ("/operatingBudget", json!(units.meals), "INVALID input.operatingBudget"),
        ("/name", json!("Löner"), "DUPLICATE input.name"),
        ("/name", json!(""), "REQUIRED input.name"),
        ("/budget/amount", json!("0.005"), "INVALID input.budget.amount"),
        ("/budget/amount", json!(most), "INVALID input.budget.amount"),
        ("/kind", json!("REVENUE"), "INVALID input.budget.amount"),
    ] {
        let input = with(new.clone(), pointer, value.clone());
        let found = refusal(&admin, "budgetLineCreate", &input).await;
        assert_eq!(found, refused, "{pointer} {value}");
    }
    for (fields, refused) in [
        (json!({ "name": "Hyra" }), "DUPLICATE input.name"),
        (json!({ "name": null }), "REQUIRED input.name"),
        (json!({ "budget": null }), "REQUIRED input.budget"),
        (json!({ "budget": { "amount": "0.001" } }), "INVALID input.budget.amount"),
        (json!({ "budget": { "amount": most } }), "INVALID input.budget.amount"),
        (json!({ "version": 2 }), "INVALID input.version"),
    ] {
        let mut input = json!({ "id": salaries, "version": 1 });
        for (field, value) in fields.as_object().expect("fields") {
            input[field] = value.clone();
        }
        assert_eq!(refusal(&admin, "budgetLineUpdate", &input).await, refused, "{fields}");
    }
    // The line that has most is told, among those that were sent.
    let list = [
        line("REVENUE", "Taxor", most),
        line("COST", "Löner", "5"),
        line("REVENUE", "Ränta", "0.01"),
    ];
    let list = json!({ "id": id, "version": 1, "lines": list });
    let found = refusal(&admin, "operatingBudgetUpdate", &list).await;
    assert_eq!(found, "INVALID input.lines.0.budget.amount");
    assert_eq!(version(&admin, &id).await, 1, "nothing has changed");
});

scenario!(what_has_been_followed_up_stays, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let own = [line("COST", "Löner", "70"), line("COST", "Hyra", "20")];
    let id = budget(&admin, &units.meals, &own).await;
    let (salaries, rent) =
        (line_of(&admin, &id, "Löner").await, line_of(&admin, &id, "Hyra").await);
    record(&admin, "UR1", &[said(&salaries, "1", "2")]).await;
    let gone = |id: &str| json!({ "id": id, "version": 1 });
    assert_eq!(refusal(&admin, "budgetLineDelete", &gone(&salaries)).await, "IN_USE input.id");
    assert_eq!(refusal(&admin, "operatingBudgetDelete", &gone(&id)).await, "IN_USE input.id");
    let list = json!({ "id": id, "version": 1, "lines": [line("COST", "Hyra", "21")] });
    let answer =
        admin.query(&document("operatingBudgetUpdate", ""), json!({ "input": list })).await;
    let [error] = &answer.user_errors("operatingBudgetUpdate")[..] else { panic!("{answer}") };
    assert_eq!((error.code.as_str(), error.path()), ("IN_USE", "input.lines".to_owned()));
    assert!(error.message.contains("Löner"), "{}", error.message);
    assert_eq!(lines(&admin, &id).await, ["COST Löner 70", "COST Hyra 20"]);
    send(&admin, "budgetLineDelete", "", gone(&rent)).await;
    assert_eq!(lines(&admin, &id).await, ["COST Löner 70"]);
    // Nor does its unit go.
    let unit = json!({ "id": units.meals, "version": 1 });
    assert_eq!(refusal(&admin, "orgUnitDelete", &unit).await, "IN_USE input.id");
});

scenario!(follow_ups_that_cannot_be, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let own = ["Löner", "Hyra", "Resor"].map(|name| line("COST", name, "70"));
    let id = budget(&admin, &units.meals, &own).await;
    let (salaries, rent) =
        (line_of(&admin, &id, "Löner").await, line_of(&admin, &id, "Hyra").await);
    let travel = line_of(&admin, &id, "Resor").await;
    let most = "999999999999999.99";
    record(&admin, "UR1", &[said(&travel, "1", most)]).await;
    let ask = async |lines: &[Value]| {
        refusals(&admin, "operatingFollowUpRecord", &of_period("UR1", lines)).await
    };
    let told = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(code, path)| ((*code).to_owned(), format!("input.{path}"))).collect()
    };
    assert_eq!(ask(&[]).await, told(&[("REQUIRED", "lines")]));
    let wrong = [
        said(&id, "1", "2"),
        json!({ "line": rent, "outcome": { "amount": "0.001" }, "forecast": null }),
        said("x", "1", "2"),
        json!({ "line": salaries }),
        said(&salaries, "1", "2"),
    ];
    assert_eq!(
        ask(&wrong).await,
        told(&[
            ("INVALID", "lines.0.line"),
            ("INVALID", "lines.1.outcome.amount"),
            ("REQUIRED", "lines.1.forecast"),
            ("INVALID", "lines.2.line"),
            ("REQUIRED", "lines.3.outcome"),
            ("REQUIRED", "lines.3.forecast"),
            ("DUPLICATE", "lines.4.line"),
        ])
    );
    // What a kind has come to together can be kept, and its forecast too.
    let large = [said(&rent, "1", "-3"), said(&salaries, most, "0")];
    assert_eq!(ask(&large).await, told(&[("INVALID", "lines.1.outcome.amount")]));
    assert_eq!(
        ask(&[said(&rent, "1", "0.01")]).await,
        told(&[("INVALID", "lines.0.forecast.amount")])
    );
    assert!(followed_up(&admin, &rent).await.is_empty());
    record(&admin, "UR1", &[said(&rent, most, "-1"), said(&salaries, "-1", "1")]).await;
    assert_eq!(followed_up(&admin, &rent).await, [format!("UR1 {most} -1")]);
});
