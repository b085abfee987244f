//! Indicators and their targets: found, changed, removed, and refused when something is wrong.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

use super::{indicator, month, record};

scenario!(indicators_are_found_by_what_people_type, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let other = setup::org_unit(&admin, None, "K", "Kommunen", "COUNCIL").await;
    for code in ["M10", "M2"] {
        indicator(&admin, &units.region, code, "SUM").await;
    }
    indicator(&admin, &other, "M2", "SUM").await;
    indicator(&admin, &other, "Å1", "SUM").await;
    let list =
        "query ($filter: IndicatorFilter) { indicators(filter: $filter, orderBy: { field: CODE }) {
        totalCount nodes { code frequency goals { totalCount } } } }";
    let all = admin.query(list, ()).await.ok();
    assert_eq!(all.each("indicators.nodes", "code"), ["M2", "M2", "M10", "Å1"]);
    let some = admin.query(list, json!({ "filter": { "orgUnit": units.meals } })).await.ok();
    assert_eq!(some.each("indicators.nodes", "code"), ["M2", "M10"]);
    let by = "query ($by: IndicatorBy!) { indicator(by: $by) { code } }";
    let one = admin.query(by, json!({ "by": { "code": "Å1" } })).await.ok();
    assert_eq!(one.text("indicator.code"), "Å1");
    let two = admin.query(by, json!({ "by": { "code": "M2" } })).await;
    assert_eq!(two.code(), "BAD_USER_INPUT");
    let mine = app.as_(Role::Reader, &units.meals).await;
    let one = mine.query(by, json!({ "by": { "code": "M2" } })).await.ok();
    assert_eq!(one.text("indicator.code"), "M2");
    let none = mine.query(by, json!({ "by": { "code": "Å1" } })).await.ok();
    assert_eq!(none.data("indicator"), &Value::Null);
});

scenario!(definitions_are_the_whole_organisations, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let first = indicator(&admin, &units.region, "M1", "SUM").await;
    let mut input = json!({
        "orgUnit": units.meals, "code": "M1", "name": "", "category": "STAFF", "decimals": 7,
        "direction": "NEUTRAL", "aggregation": "NONE", "frequency": [], "tolerance": "-1",
    });
    let create = setup::document("indicatorCreate", "indicator { id }");
    let refused = admin.query(&create, json!({ "input": input })).await;
    let errors: Vec<String> = refused
        .user_errors("indicatorCreate")
        .iter()
        .map(|error| format!("{} {}", error.code, error.path()))
        .collect();
    assert_eq!(
        errors,
        [
            "REQUIRED input.name",
            "INVALID input.decimals",
            "REQUIRED input.frequency",
            "INVALID input.tolerance",
            "DUPLICATE input.code",
        ]
    );
    input["code"] = json!("M2");
    let local = app.as_(Role::Admin, &units.board).await;
    assert_eq!(local.query(&create, json!({ "input": input })).await.code(), "FORBIDDEN");

    record(&admin, [month(&first, &units.meals, 1, json!({ "value": 1 }))]).await;
    let delete = setup::document("indicatorDelete", "deletedId");
    let input = json!({ "input": { "id": first, "version": 1 } });
    let refused = admin.query(&delete, input).await;
    assert_eq!(refused.user_errors("indicatorDelete")[0].code, "IN_USE");
});

scenario!(targets_follow_the_plan_that_sets_them, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "M1", "SUM").await;
    let reader = app.as_(Role::Reader, &units.region).await;
    let plan = setup::plan(&admin, &units.board, 2024).await;
    let item = |unit: &str, year: i32, value: Value| json!({ "indicator": id, "orgUnit": unit, "year": year, "value": value, "decidedAt": "BOARD" });
    let targets =
        json!([item(&units.meals, 2024, json!("1.5")), item(&units.region, 2024, json!(2))]);
    let selection = "targets { id version value decidedAt year }";
    let set = setup::send(&admin, "targetsSet", selection, json!({ "targets": targets })).await;
    assert_eq!(set.each("targetsSet.targets", "value"), ["1.5", "2"]);
    let again = setup::send(&admin, "targetsSet", selection, json!({ "targets": targets })).await;
    assert_eq!(again.data("targetsSet"), set.data("targetsSet"));

    // The board's plan is a draft, and so are the targets that it sets.
    let list = "query ($unit: ID!) { indicators { nodes {
        target(orgUnit: $unit, year: 2024) { value viewerCannotUpdate } targets { totalCount nodes { value } } } } }";
    let ask = json!({ "unit": units.meals });
    let nodes = "indicators.nodes.0";
    let seen = reader.query(list, ask.clone()).await.ok();
    assert_eq!(seen.data(&format!("{nodes}.target")), &Value::Null);
    assert_eq!(seen.each(&format!("{nodes}.targets.nodes"), "value"), ["2"]);
    let decide =
        json!({ "id": plan, "version": 1, "decidedOn": "2023-12-01", "decidedBy": "Driftnämnden" });
    setup::send(&admin, "planDecide", "", decide).await;
    let seen = reader.query(list, ask.clone()).await.ok();
    assert_eq!(seen.text(&format!("{nodes}.target.value")), "1.5");
    setup::send(&admin, "planClose", "", json!({ "id": plan, "version": 2 })).await;
    let closed = admin.query(list, ask).await.ok();
    assert_eq!(closed.data(&format!("{nodes}.target.viewerCannotUpdate")), &json!(["PLAN_CLOSED"]));

    let bad = json!([
        item(&units.region, 2024, json!(3)),
        item(&units.meals, 2024, json!(3)),
        item(&units.region, 2024, json!(4)),
        item(&units.region, 3000, json!(4)),
    ]);
    let document = setup::document("targetsSet", "targets { id }");
    let refused = admin.query(&document, json!({ "input": { "targets": bad } })).await;
    let errors: Vec<String> = refused
        .user_errors("targetsSet")
        .iter()
        .map(|error| format!("{} {}", error.code, error.path()))
        .collect();
    assert_eq!(
        errors,
        [
            "LOCKED input.targets.1.year",
            "DUPLICATE input.targets.2",
            "INVALID input.targets.3.year",
        ]
    );
    assert_eq!(
        refused.text("targetsSet.cursor"),
        admin
            .query(&document, json!({ "input": { "targets": bad } }))
            .await
            .text("targetsSet.cursor")
    );
});
