//! Budgets below count in those above, once; and what is not seen counts for nobody.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, create, organisation, send},
};

use super::{budget, decide, decided_plan, item, money, node, record, refusal, version};

/// What a budget shows: allocated, unallocated, its areas "code amount", and the names of its items.
async fn shown(client: &Client, id: &str) -> (String, String, Vec<String>, Vec<String>) {
    let of =
        "allocated { amount } unallocated { amount } byArea { orgUnit { code } amount { amount } }
        items { totalCount nodes { name } }";
    let found = node(client, id, "InvestmentBudget", of).await;
    let areas = found["byArea"].as_array().expect("areas").iter();
    let area = |area: &Value| {
        format!("{} {}", area["orgUnit"]["code"].as_str().expect("a code"), money(area, "/amount"))
    };
    let items = found["items"]["nodes"].as_array().expect("items");
    assert_eq!(found["items"]["totalCount"], json!(items.len()));
    let name = |item: &Value| item["name"].as_str().expect("a name").to_owned();
    (
        money(&found, "/allocated").to_owned(),
        money(&found, "/unallocated").to_owned(),
        areas.map(area).collect(),
        items.iter().map(name).collect(),
    )
}

fn are(
    (allocated, unallocated): (&str, &str),
    areas: &[&str],
    items: &[&str],
) -> (String, String, Vec<String>, Vec<String>) {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    (allocated.to_owned(), unallocated.to_owned(), owned(areas), owned(items))
}

async fn move_to(client: &Client, unit: &str, parent: &str) {
    let input = json!({ "id": unit, "version": version(client, unit).await, "parent": parent });
    send(client, "orgUnitUpdate", "", input).await;
}

scenario!(no_krona_is_added_twice, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&units.meals), "KÖK", "Köket", "UNIT").await;
    let board = budget(&admin, &units.board, 2024, "1000").await;
    item(&admin, &board, None, "Gemensamt", "100").await;
    let meals = budget(&admin, &units.meals, 2024, "700").await;
    item(&admin, &meals, Some(&kitchen), "Spis", "300").await;
    let cars = budget(&admin, &units.logistics, 2024, "900").await;
    item(&admin, &cars, None, "Bil", "800").await;
    assert_eq!(
        shown(&admin, &board).await,
        are(("1200", "-200"), &["DN 100", "LOG 800", "MAT 300"], &["Bil", "Gemensamt", "Spis"])
    );
    assert_eq!(shown(&admin, &meals).await, are(("300", "400"), &["KÖK 300"], &["Spis"]));
    // What the board places in an area are the area's own kronor.
    let placed = item(&admin, &board, Some(&kitchen), "Ugn", "250").await;
    assert_eq!(
        shown(&admin, &board).await,
        are(("1150", "-150"), &["DN 100", "LOG 800", "MAT 250"], &["Bil", "Gemensamt", "Ugn"])
    );
    record(&admin, "UR1", &[(&placed, "5", "6")]).await;
    let of = "followUp(period: { year: 2024, kind: UR1 }) { coverage { contributing expected } }";
    let found = node(&admin, &board, "InvestmentBudget", of).await;
    assert_eq!(found["followUp"]["coverage"], json!({ "contributing": 1, "expected": 3 }));
    let away = json!({ "id": placed, "version": 1, "orgUnit": null });
    send(&admin, "investmentItemUpdate", "", away).await;
    assert_eq!(shown(&admin, &board).await.0, "1450");
    let back = json!({ "id": placed, "version": 2, "orgUnit": units.meals });
    send(&admin, "investmentItemUpdate", "", back).await;
    assert_eq!(shown(&admin, &board).await.0, "1150");
    let beside = json!({ "id": placed, "version": 3, "orgUnit": units.region });
    let found = refusal(&admin, "investmentItemUpdate", &beside).await;
    assert_eq!(found, ("INVALID".to_owned(), "input.orgUnit".to_owned()));
    // The whole region has no items of its own: it has what its board has.
    let region = budget(&admin, &units.region, 2024, "5000").await;
    assert_eq!(shown(&admin, &region).await.0, "1150");

    // Filters follow where items are.
    let of = "query ($id: ID!, $filter: InvestmentItemFilter) { node(id: $id) { ... on InvestmentBudget {
        items(filter: $filter, orderBy: { field: AMOUNT, direction: DESC }) { nodes { name } } } } }";
    for (filter, names) in [
        (json!({ "orgUnit": units.meals }), vec!["Ugn"]),
        (json!({ "under": units.board }), vec!["Bil", "Ugn", "Gemensamt"]),
        (json!({ "kind": "REINVESTMENT" }), vec![]),
        (json!({ "category": "Fastighet" }), vec![]),
    ] {
        let found = admin.query(of, json!({ "id": board, "filter": filter })).await.ok();
        assert_eq!(found.each("node.items.nodes", "name"), names, "{filter}");
    }
});

scenario!(what_is_placed_in_an_area_stands_for_all_in_it, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&units.meals), "KÖK", "Köket", "UNIT").await;
    let board = budget(&admin, &units.board, 2024, "1000").await;
    let own = budget(&admin, &kitchen, 2024, "100").await;
    item(&admin, &own, None, "Spis", "20").await;
    item(&admin, &board, Some(&units.meals), "Måltider", "50").await;
    assert_eq!(shown(&admin, &board).await.0, "50");
    // An empty budget between changes nobody's sums.
    let meals = budget(&admin, &units.meals, 2024, "100").await;
    assert_eq!(shown(&admin, &board).await.0, "50");
    item(&admin, &meals, None, "Kastruller", "10").await;
    assert_eq!(shown(&admin, &meals).await.0, "30");
    assert_eq!(shown(&admin, &board).await.0, "50");

    // What is placed in a part of an area does not stand for the rest of it; what costs nothing for nothing.
    let board = budget(&admin, &units.board, 2025, "1000").await;
    let meals = budget(&admin, &units.meals, 2025, "100").await;
    item(&admin, &meals, None, "Kastruller", "10").await;
    item(&admin, &meals, Some(&kitchen), "Spis", "50").await;
    assert_eq!(shown(&admin, &board).await.0, "60");
    item(&admin, &board, Some(&kitchen), "Kök", "51").await;
    assert_eq!(shown(&admin, &board).await.0, "61");
    item(&admin, &board, Some(&units.meals), "Ingenting", "0").await;
    assert_eq!(shown(&admin, &board).await.0, "61");
});

scenario!(what_an_administration_has_in_common_hides_no_area, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region", "COUNCIL").await;
    let board = setup::org_unit(&admin, Some(&region), "DN", "Nämnden", "BOARD").await;
    let whole = setup::org_unit(&admin, Some(&board), "F", "Förvaltningen", "ADMINISTRATION").await;
    let area = setup::org_unit(&admin, Some(&whole), "MAT", "Måltider", "AREA").await;
    let of_board = budget(&admin, &board, 2024, "1000").await;
    let of_area = budget(&admin, &area, 2024, "100").await;
    item(&admin, &of_area, None, "Spis", "20").await;
    item(&admin, &of_board, Some(&whole), "Gemensamt", "50").await;
    assert_eq!(
        shown(&admin, &of_board).await,
        are(("70", "930"), &["F 50", "MAT 20"], &["Gemensamt", "Spis"])
    );
});

scenario!(a_draft_stands_for_nothing_that_is_decided, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&units.meals), "KÖK", "Köket", "UNIT").await;
    decided_plan(&admin, &units.board, 2024).await;
    decided_plan(&admin, &kitchen, 2024).await;
    let board = budget(&admin, &units.board, 2024, "1000").await;
    let own = budget(&admin, &kitchen, 2024, "100").await;
    item(&admin, &own, None, "Spis", "20").await;
    let plan = setup::plan(&admin, &units.meals, 2024).await;
    let meals = budget(&admin, &units.meals, 2024, "100").await;
    item(&admin, &meals, Some(&kitchen), "Utkast", "30").await;
    let reader = app.as_(Role::Reader, &units.board).await;
    assert_eq!(shown(&reader, &board).await, are(("20", "980"), &["MAT 20"], &["Spis"]));
    decide(&admin, &plan).await;
    assert_eq!(shown(&reader, &board).await, are(("30", "970"), &["MAT 30"], &["Utkast"]));
});

scenario!(a_unit_that_moves_takes_its_budget_along, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let other = setup::org_unit(&admin, Some(&units.region), "KN", "Kulturnämnden", "BOARD").await;
    let board = budget(&admin, &units.board, 2024, "1000").await;
    let placed = item(&admin, &board, Some(&units.meals), "Spis", "300").await;
    let culture = budget(&admin, &other, 2024, "1000").await;
    let meals = budget(&admin, &units.meals, 2024, "50").await;
    item(&admin, &meals, None, "Kastruller", "50").await;
    assert_eq!(shown(&admin, &board).await, are(("300", "700"), &["MAT 300"], &["Spis"]));
    assert_eq!(shown(&admin, &culture).await, are(("0", "1000"), &[], &[]));
    move_to(&admin, &units.meals, &other).await;
    assert_eq!(shown(&admin, &board).await, are(("300", "700"), &["DN 300"], &["Spis"]));
    assert_eq!(shown(&admin, &culture).await, are(("50", "950"), &["MAT 50"], &["Kastruller"]));
    let found = node(&admin, &placed, "InvestmentItem", "orgUnit { code }").await;
    assert_eq!(found["orgUnit"]["code"], "DN");
    move_to(&admin, &units.meals, &units.board).await;
    assert_eq!(shown(&admin, &board).await, are(("300", "700"), &["MAT 300"], &["Spis"]));
    for unit in [&units.meals, &other] {
        let input = json!({ "id": unit, "version": version(&admin, unit).await });
        assert_eq!(refusal(&admin, "orgUnitDelete", &input).await.0, "IN_USE");
    }
});

scenario!(euro_below_is_not_added, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let board = budget(&admin, &units.board, 2024, "1000").await;
    let euro = json!({ "orgUnit": units.meals, "year": 2024, "frame": { "amount": "70", "currency": "EUR" } });
    let euro = create(&admin, "investmentBudget", euro).await;
    item(&admin, &euro, None, "Utland", "70").await;
    let next = budget(&admin, &units.logistics, 2025, "10").await;
    item(&admin, &next, None, "Nästa år", "10").await;
    assert_eq!(shown(&admin, &board).await, are(("0", "1000"), &[], &[]));
});

scenario!(a_draft_below_is_not_there_for_readers, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    decided_plan(&admin, &units.board, 2024).await;
    let board = budget(&admin, &units.board, 2024, "1000").await;
    item(&admin, &board, None, "Gemensamt", "100").await;
    let plan = setup::plan(&admin, &units.meals, 2024).await;
    let meals = budget(&admin, &units.meals, 2024, "700").await;
    let stove = item(&admin, &meals, None, "Spis", "300").await;
    let reader = app.as_(Role::Reader, &units.board).await;
    let planner = app.as_(Role::Planner, &units.board).await;
    let all = are(("400", "600"), &["DN 100", "MAT 300"], &["Gemensamt", "Spis"]);
    assert_eq!(shown(&planner, &board).await, all);
    assert_eq!(shown(&reader, &board).await, are(("100", "900"), &["DN 100"], &["Gemensamt"]));
    let query = "query ($a: ID!, $b: ID!, $unit: ID!) { a: node(id: $a) { id } b: node(id: $b) { id }
        investmentBudgets { totalCount } orgUnit(by: { id: $unit }) { investmentBudget(year: 2024) { id } } }";
    let variables = json!({ "a": meals, "b": stove, "unit": units.meals });
    let none = json!({ "a": null, "b": null, "investmentBudgets": { "totalCount": 1 }, "orgUnit": { "investmentBudget": null } });
    assert_eq!(reader.query(query, &variables).await.ok().body["data"], none);
    let of = "followUp(period: { year: 2024, kind: UR1 }) { coverage { expected } }";
    let found = node(&reader, &board, "InvestmentBudget", of).await;
    assert_eq!(found["followUp"]["coverage"]["expected"], 1);
    decide(&admin, &plan).await;
    assert_eq!(shown(&reader, &board).await, all);
    let of = "investmentBudget { id plan { id } orgUnit { code } }";
    let found = node(&reader, &plan, "Plan", of).await;
    assert_eq!(
        found["investmentBudget"],
        json!({ "id": meals, "plan": { "id": plan }, "orgUnit": { "code": "MAT" } })
    );
});
