//! What is confidential stays so, by every door.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{Client, TestApp, scenario, setup};

use super::{figure, indicator, month, record, shown};

const HISTORY: &str = "query ($id: ID!) { node(id: $id) { ... on Outcome {
    history { nodes { fields { field before after } } } } } }";

async fn history(client: &Client, outcome: &Value) -> String {
    client.query(HISTORY, json!({ "id": outcome["id"] })).await.ok().data("node").to_string()
}

scenario!(a_confidential_part_hides_what_would_give_it_away, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let sum = indicator(&admin, &units.region, "S", "SUM").await;
    let reader = app.as_(Role::Reader, &units.region).await;
    let reporter = app.as_(Role::Reporter, &units.board).await;

    // The board's own 37 beside the 30 of meals would give the 7 of logistics away.
    let secret = json!({ "value": "7", "missingReason": "CONFIDENTIAL", "comment": "sju stycken" });
    record(&admin, [month(&sum, &units.board, 1, json!({ "value": "37" }))]).await;
    assert_eq!(shown(&figure(&reader, &sum, &units.board, 1).await, "value"), "37");
    record(
        &admin,
        [
            month(&sum, &units.meals, 1, json!({ "value": "30" })),
            month(&sum, &units.logistics, 1, secret),
        ],
    )
    .await;

    let fields = "value missingReason displayValue status comment";
    let hidden = "null CONFIDENTIAL sekretess MISSING null";
    for unit in [&units.board, &units.logistics] {
        let found = figure(&reader, &sum, unit, 1).await;
        assert_eq!(shown(&found, fields), hidden);
        let told = history(&reader, &found).await;
        for secret in ["\"37\"", "\"7\"", "sju"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
    let known = figure(&reporter, &sum, &units.board, 1).await;
    assert_eq!(shown(&known, fields), "37 null 37,0\u{a0}g NO_TARGET null");
    let known = figure(&reporter, &sum, &units.logistics, 1).await;
    assert_eq!(shown(&known, fields), "7 CONFIDENTIAL sekretess MISSING sju stycken");

    // Above, the hidden parts are expected and left out.
    let above = figure(&reader, &sum, &units.region, 1).await;
    assert_eq!(shown(&above, "value missingReason"), "null CONFIDENTIAL");

    // Neither order nor filters tell.
    let document =
        "query { outcomes(orderBy: { field: VALUE, direction: DESC }) { nodes { value } }
        missing: outcomes(filter: { missing: true }) { totalCount }
        confidential: outcomes(filter: { missingReason: [CONFIDENTIAL] }) { totalCount } }";
    let seen = reader.query(document, ()).await.ok();
    assert_eq!(seen.each("outcomes.nodes", "value"), [&json!("30"), &Value::Null, &Value::Null]);
    assert_eq!(seen.data("missing.totalCount"), &json!(2));
    assert_eq!(seen.data("confidential.totalCount"), &json!(2));
    let all = reporter.query(document, ()).await.ok();
    assert_eq!(all.data("missing.totalCount"), &json!(1));
    assert_eq!(all.data("confidential.totalCount"), &json!(1));

    // When it is open again, so is the board's.
    record(&admin, [month(&sum, &units.logistics, 1, json!({ "value": "7" }))]).await;
    assert_eq!(shown(&figure(&reader, &sum, &units.board, 1).await, "value"), "37");
});

scenario!(moving_a_unit_moves_what_is_hidden, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&units.meals), "K", "Köket", "UNIT").await;
    let sum = indicator(&admin, &units.region, "S", "SUM").await;
    let reader = app.as_(Role::Reader, &units.region).await;
    record(
        &admin,
        [
            month(&sum, &units.meals, 1, json!({ "value": "3" })),
            month(&sum, &units.logistics, 1, json!({ "value": "4" })),
            month(&sum, &kitchen, 1, json!({ "value": "1", "missingReason": "CONFIDENTIAL" })),
        ],
    )
    .await;
    assert_eq!(shown(&figure(&reader, &sum, &units.meals, 1).await, "value"), "null");
    assert_eq!(shown(&figure(&reader, &sum, &units.logistics, 1).await, "value"), "4");
    let input = json!({ "id": kitchen, "version": 1, "parent": units.logistics });
    setup::send(&admin, "orgUnitUpdate", "", input).await;
    assert_eq!(shown(&figure(&reader, &sum, &units.meals, 1).await, "value"), "3");
    assert_eq!(shown(&figure(&reader, &sum, &units.logistics, 1).await, "value"), "null");
});

scenario!(one_gender_is_not_worked_out_from_the_others, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let sum = indicator(&admin, &units.region, "S", "SUM").await;
    let reader = app.as_(Role::Reader, &units.region).await;
    let of = |says: Value| month(&sum, &units.meals, 1, says);
    record(
        &admin,
        [
            of(json!({ "value": "9" })),
            of(json!({ "gender": "MEN", "value": "5" })),
            of(json!({ "gender": "WOMEN", "value": "4", "missingReason": "CONFIDENTIAL" })),
        ],
    )
    .await;
    let document = "query ($unit: ID!) { indicators { nodes {
        byGender(orgUnit: $unit, period: { year: 2024, kind: MONTH, month: 1 }) { value }
    } } }";
    for unit in [&units.meals, &units.board] {
        let found = reader.query(document, json!({ "unit": unit })).await.ok();
        let values = found.each("indicators.nodes.0.byGender", "value");
        assert_eq!(values, [&Value::Null, &json!("5"), &Value::Null], "{found}");
    }
});
