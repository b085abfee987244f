//! What counts as a unit's outcome: its own, or what the units below say together.

use entity::vocabulary::Role;
use serde_json::json;
use tests::{TestApp, scenario, setup};

use super::{figure, indicator, month, record, shown};

scenario!(own_outcome_wins_over_those_below, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let sum = indicator(&admin, &units.region, "S", "SUM").await;
    record(
        &admin,
        [
            month(&sum, &units.meals, 1, json!({ "value": "0.1" })),
            month(&sum, &units.logistics, 1, json!({ "value": "0.2" })),
            month(&sum, &units.board, 2, json!({ "value": "5" })),
            month(&sum, &units.meals, 2, json!({ "value": "0.1" })),
        ],
    )
    .await;

    let together = figure(&admin, &sum, &units.region, 1).await;
    let fields = "value origin state version status displayValue";
    assert_eq!(shown(&together, fields), "0.3 AGGREGATED PRELIMINARY 0 NO_TARGET 0,3\u{a0}g");
    assert_eq!(together["coverage"], json!({ "contributing": 2, "expected": 2 }));
    assert_eq!(together["viewerCannotUpdate"], json!(["DERIVED"]));

    let own = figure(&admin, &sum, &units.board, 2).await;
    assert_eq!(shown(&own, "value origin version coverage"), "5 REPORTED 1 null");
    let above = figure(&admin, &sum, &units.region, 2).await;
    assert_eq!(shown(&above, "value origin"), "5 AGGREGATED");
    assert_eq!(figure(&admin, &sum, &units.region, 3).await, json!(null));

    // What is worked out is a node as well, until somebody reports it.
    let node =
        "query ($id: ID!) { node(id: $id) { id ... on Outcome { value coverage { expected } } } }";
    let found = admin.query(node, json!({ "id": together["id"] })).await.ok();
    assert_eq!(found.data("node.id"), &together["id"]);
    assert_eq!(found.text("node.value"), "0.3");
    record(&admin, [month(&sum, &units.region, 1, json!({ "value": "7" }))]).await;
    let found = admin.query(node, json!({ "id": together["id"] })).await.ok();
    assert_eq!(found.data("node"), &json!(null));
});

scenario!(ratios_are_sums_over_sums, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let ratio = indicator(&admin, &units.region, "R", "RATIO").await;
    let third = json!({ "numerator": "1", "denominator": "3" });
    let nothing = json!({ "numerator": "0", "denominator": "0" });
    record(
        &admin,
        [
            month(&ratio, &units.meals, 1, third.clone()),
            month(&ratio, &units.logistics, 1, json!({ "numerator": "1", "denominator": "7" })),
            month(&ratio, &units.meals, 2, nothing.clone()),
            month(&ratio, &units.meals, 3, third),
            month(&ratio, &units.logistics, 3, json!({ "missingReason": "NOT_APPLICABLE" })),
        ],
    )
    .await;
    let own = figure(&admin, &ratio, &units.meals, 1).await;
    assert_eq!(shown(&own, "value numerator denominator"), "0.333333 1 3");
    let both = figure(&admin, &ratio, &units.board, 1).await;
    assert_eq!(shown(&both, "value numerator denominator"), "0.2 2 10");
    let empty = figure(&admin, &ratio, &units.meals, 2).await;
    assert_eq!(
        shown(&empty, "value missingReason denominator status displayValue"),
        "null NOT_MEASURED 0 MISSING ej mätt"
    );
    // One to which it does not apply is not expected.
    let one = figure(&admin, &ratio, &units.board, 3).await;
    assert_eq!(one["coverage"], json!({ "contributing": 1, "expected": 1 }));
});

scenario!(each_gender_by_itself, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let sum = indicator(&admin, &units.region, "S", "SUM").await;
    let mean = indicator(&admin, &units.region, "A", "AVERAGE").await;
    let of = |indicator: &str, gender: &str, value: &str| {
        month(indicator, &units.meals, 1, json!({ "gender": gender, "value": value }))
    };
    record(
        &admin,
        [
            of(&sum, "WOMEN", "3"),
            of(&sum, "MEN", "4"),
            of(&mean, "WOMEN", "3"),
            of(&mean, "MEN", "4"),
        ],
    )
    .await;
    let document = "query ($unit: ID!) { indicators(orderBy: { field: CODE }) { nodes {
        byGender(orgUnit: $unit, period: { year: 2024, kind: MONTH, month: 1 }) { gender value origin }
    } } }";
    for (unit, origins) in [
        (&units.meals, ["REPORTED", "REPORTED", "COMPUTED"]),
        (&units.region, ["AGGREGATED", "AGGREGATED", "AGGREGATED"]),
    ] {
        let answer = admin.query(document, json!({ "unit": unit })).await.ok();
        assert_eq!(answer.each("indicators.nodes.0.byGender", "gender"), ["WOMEN", "MEN"]);
        assert_eq!(answer.each("indicators.nodes.1.byGender", "gender"), ["WOMEN", "MEN", "TOTAL"]);
        assert_eq!(answer.each("indicators.nodes.1.byGender", "value"), ["3", "4", "7"]);
        assert_eq!(answer.each("indicators.nodes.1.byGender", "origin"), origins);
    }
});

scenario!(only_visible_and_active_units_count, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let sum = indicator(&admin, &units.region, "S", "SUM").await;
    let report = |unit: &str, value: &str| {
        let mut item = month(&sum, unit, 1, json!({ "value": value }));
        item["period"] = json!({ "year": 2024, "kind": "UR1" });
        item
    };
    record(&admin, [report(&units.meals, "1"), report(&units.logistics, "2")]).await;
    let document = "query ($unit: ID!) { orgUnit(by: { id: $unit }) { scorecard(period: { year: 2024, kind: UR1 }) {
        summary { total missing } rows { totalCount nodes { outcome { value } } } } } }";
    let ask = json!({ "unit": units.region });
    let all = admin.query(document, ask.clone()).await.ok();
    assert_eq!(all.text("orgUnit.scorecard.rows.nodes.0.outcome.value"), "3");

    // Preliminary figures are for those who see drafts.
    let reader = app.as_(Role::Reader, &units.region).await;
    let none = reader.query(document, ask.clone()).await.ok();
    assert_eq!(none.data("orgUnit.scorecard.summary"), &json!({ "total": 0, "missing": 0 }));
    let reporter = app.as_(Role::Reporter, &units.meals).await;
    let hidden = reporter.query(document, ask.clone()).await.ok();
    assert_eq!(hidden.data("orgUnit"), &json!(null));

    // A unit that had closed before the period is no part of it.
    let unit = "query ($id: ID!) { orgUnit(by: { id: $id }) { version } }";
    let version = admin.query(unit, json!({ "id": units.logistics })).await.ok();
    let input = json!({
        "id": units.logistics,
        "version": version.data("orgUnit.version"),
        "activeTo": "2023-12-31",
    });
    setup::send(&admin, "orgUnitUpdate", "", input).await;
    let rest = admin.query(document, ask).await.ok();
    assert_eq!(rest.text("orgUnit.scorecard.rows.nodes.0.outcome.value"), "1");
});
