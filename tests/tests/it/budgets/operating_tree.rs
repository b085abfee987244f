//! Budgets up the tree: one's own lines, or those of the nearest below.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{self, create, organisation, plan},
};

use super::{
    operating::{budget, decide, line, line_of, lines, refusals, told, version},
    operating_follow_up::{record, said},
};

scenario!(the_nearest_with_lines_count_and_nothing_twice, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&units.meals), "KÖK", "Köket", "UNIT").await;
    let region = budget(&admin, &units.region, &[]).await;
    assert_eq!(told(&admin, &region).await.sums, "SEK 0 0 0");
    let cost = |amount: &str| [line("COST", "Löner", amount)];
    let deep = budget(&admin, &kitchen, &cost("1")).await;
    budget(
        &admin,
        &units.logistics,
        &[line("REVENUE", "Taxor", "1000.01"), line("COST", "Bränsle", "0.5")],
    )
    .await;
    let sums = async |id: &String| told(&admin, id).await.sums;
    assert_eq!(sums(&region).await, "SEK 1000.01 1.5 998.51");
    // What a unit has said itself wins over what is below it.
    let meals = budget(&admin, &units.meals, &cost("10")).await;
    assert_eq!(sums(&region).await, "SEK 1000.01 10.5 989.51");
    assert_eq!(
        lines(&admin, &region).await,
        ["REVENUE Taxor 1000.01", "COST Bränsle 0.5", "COST Löner 10"]
    );
    assert_eq!(sums(&deep).await, "SEK 0 1 -1");
    // Without lines it shows those below again.
    let empty = json!({ "id": meals, "version": 1, "lines": [] });
    setup::send(&admin, "operatingBudgetUpdate", "", empty).await;
    assert_eq!(sums(&meals).await, "SEK 0 1 -1");
    assert_eq!(sums(&region).await, "SEK 1000.01 1.5 998.51");
    // Another currency and another year are left out.
    let euro = json!({
        "orgUnit": units.board, "year": 2024, "currency": "EUR", "lines": cost("500"),
    });
    let euro = create(&admin, "operatingBudget", euro).await;
    let last = json!({ "orgUnit": units.board, "year": 2023, "lines": cost("700") });
    create(&admin, "operatingBudget", last).await;
    assert_eq!(sums(&region).await, "SEK 1000.01 1.5 998.51");
    assert_eq!(sums(&euro).await, "EUR 0 500 -500");
    // The council's own budget ends it all.
    let own = json!({
        "operatingBudget": region, "kind": "REVENUE", "name": "Skatt", "budget": { "amount": "3" },
    });
    create(&admin, "budgetLine", own).await;
    assert_eq!(sums(&region).await, "SEK 3 0 3");
});

scenario!(what_is_hidden_below_counts_for_nobody_else, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&units.meals), "KÖK", "Köket", "UNIT").await;
    decide(&admin, &plan(&admin, &units.region, 2024).await).await;
    let draft = plan(&admin, &units.meals, 2024).await;
    decide(&admin, &plan(&admin, &kitchen, 2024).await).await;
    let region = budget(&admin, &units.region, &[]).await;
    let hidden = budget(&admin, &units.meals, &[line("COST", "Hemligt", "100")]).await;
    budget(&admin, &kitchen, &[line("COST", "Råvaror", "7")]).await;
    let (reader, planner) =
        (app.as_(Role::Reader, &units.region).await, app.as_(Role::Planner, &units.region).await);
    assert_eq!(told(&planner, &region).await.sums, "SEK 0 100 -100");
    assert_eq!(told(&reader, &region).await.sums, "SEK 0 7 -7");
    assert_eq!(lines(&reader, &region).await, ["COST Råvaror 7"]);
    assert_eq!(told(&reader, &hidden).await.sums, "- - - -");
    decide(&admin, &draft).await;
    assert_eq!(lines(&reader, &region).await, ["COST Hemligt 100"]);
    // Who sees a part of the tree sees its sums of that part.
    let cook = app.as_(Role::Reader, &kitchen).await;
    assert_eq!(told(&cook, &region).await.sums, "- - - -");
});

scenario!(budgets_take_as_many_statements_however_many, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reader = app.as_(Role::Reader, &units.region).await;
    let questions = [
        "{ operatingBudgets { totalCount nodes { year orgUnit { code } plan { title } currency
            revenue { amount } cost { amount } result { amount } viewerCannotUpdate updatedBy { subject } } } }",
        "{ operatingBudgets { nodes { lines { kind name budget { amount } orgUnit { code } operatingBudget { year } } } } }",
        "{ operatingBudgets { nodes { lines { followUps { period { label } outcome { amount } deviation { amount }
            line { name } history { nodes { kind } } } } } } }",
        "{ operatingBudgets { nodes { lines { viewerCannotUpdate
            followUp(period: { year: 2024, kind: MONTH, month: 1 }) { forecast { currency } viewerCannotUpdate }
            ur1: followUp(period: { year: 2024, kind: UR1 }) { outcome { currency } } } } } }",
        "{ orgUnits { nodes { operatingBudget(year: 2024) { result { amount } } } } }",
        "{ plans { nodes { operatingBudget { cost { amount } } } } }",
    ];
    decide(&admin, &plan(&admin, &units.board, 2024).await).await;
    budget(&admin, &units.board, &[]).await;
    let grow = async |number: usize| {
        let (code, name) = (format!("E{number}"), format!("Enhet {number}"));
        let unit = setup::org_unit(&admin, Some(&units.board), &code, &name, "AREA").await;
        decide(&admin, &plan(&admin, &unit, 2024).await).await;
        let own: Vec<Value> = (0..number)
            .flat_map(|at| ["REVENUE", "COST"].map(|kind| line(kind, &format!("Post {at}"), "5")))
            .collect();
        let id = budget(&admin, &unit, &own).await;
        let post = line_of(&admin, &id, "Post 0").await;
        let month = json!({
            "period": { "year": 2024, "kind": "MONTH", "month": 1 }, "lines": [said(&post, "1", "5")],
        });
        setup::send(&admin, "operatingFollowUpRecord", "", month).await;
        record(&admin, "UR1", &[said(&post, "2", "5")]).await;
    };
    let mut counts = Vec::new();
    grow(1).await;
    grow(2).await;
    for number in 3..7 {
        let mut now = Vec::new();
        for client in [&admin, &reader] {
            for question in questions {
                let ask = async || client.query(question, ()).await.ok();
                now.push(app.fewest_statements(ask).await.1);
            }
        }
        counts.push(now);
        grow(number).await;
    }
    assert_eq!(counts.first(), counts.last(), "{counts:?}");
    assert!(counts.iter().flatten().all(|count| *count <= 15), "{counts:?}");
});

scenario!(recording_takes_as_many_statements_however_many_lines, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let mut counts = Vec::new();
    for (unit, many) in [(&units.meals, 2), (&units.logistics, 60)] {
        let own: Vec<Value> =
            (0..many).map(|at| line("COST", &format!("Post {at}"), "5")).collect();
        let id = budget(&admin, unit, &own).await;
        let query =
            "query ($id: ID!) { node(id: $id) { ... on OperatingBudget { lines { id } } } }";
        let found = admin.query(query, json!({ "id": id })).await.ok();
        let ids: Vec<&str> =
            found.each("node.lines", "id").into_iter().filter_map(Value::as_str).collect();
        let all: Vec<Value> = ids.iter().map(|id| said(id, "1", "5")).collect();
        let (_, count) = app.statements(record(&admin, "UR1", &all)).await;
        let list = json!({ "id": id, "version": version(&admin, &id).await, "lines": [] });
        assert_eq!(
            refusals(&admin, "operatingBudgetUpdate", &list).await,
            vec![("IN_USE".to_owned(), "input.lines".to_owned()); many]
        );
        counts.push(count);
    }
    assert_eq!(counts[0], counts[1]);
});
