//! Many outcomes and targets at once: all of them, or none.

use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

scenario!(outcomes_are_recorded_all_or_none, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let indicator = setup::indicator(&admin, &units.region, "M1", "Sjukfrånvaro").await;
    let item = |unit: &str, month: i32, value: Value| {
        json!({
            "indicator": indicator,
            "orgUnit": unit,
            "period": { "year": 2024, "kind": "MONTH", "month": month },
            "value": value,
        })
    };
    let good = [item(&units.meals, 1, json!("6.5")), item(&units.logistics, 1, json!(7))];
    let selection =
        "outcomes { id version value displayValue status state origin gender orgUnit { code }
        period { year kind month label end } indicator { code } coverage { expected } }";
    let answer =
        setup::send(&admin, "outcomesRecord", selection, json!({ "outcomes": good })).await;
    let recorded = "outcomesRecord.outcomes";
    assert_eq!(answer.each(recorded, "displayValue"), ["6,5\u{a0}%", "7,0\u{a0}%"]);
    assert_eq!(answer.each(recorded, "orgUnit.code"), ["MAT", "LOG"]);
    assert_eq!(answer.text(&format!("{recorded}.0.period.label")), "januari 2024");

    // The same again changes nothing, not even the log.
    let again = setup::send(&admin, "outcomesRecord", selection, json!({ "outcomes": good })).await;
    assert_eq!(again.data(recorded), answer.data(recorded));
    assert_eq!(again.text("outcomesRecord.cursor"), answer.text("outcomesRecord.cursor"));

    let bad = [
        item(&units.meals, 2, json!("6.5")),
        item(&units.meals, 2, json!("6.6")),
        item(&units.meals, 13, json!("6.5")),
        item(&units.meals, 6, json!("6.5")),
        item(&units.meals, 3, Value::Null),
        item(&units.meals, 4, json!("1.0000001")),
        item(&indicator, 4, json!("1")),
    ];
    let document = setup::document("outcomesRecord", "outcomes { id }");
    let refused = admin.query(&document, json!({ "input": { "outcomes": bad } })).await;
    let errors: Vec<_> = refused
        .user_errors("outcomesRecord")
        .iter()
        .map(|error| format!("{} {}", error.code, error.path()))
        .collect();
    assert_eq!(
        errors,
        [
            "DUPLICATE input.outcomes.1",
            "INVALID input.outcomes.2.period.month",
            "LOCKED input.outcomes.3.period",
            "REQUIRED input.outcomes.4.value",
            "INVALID input.outcomes.5.value",
            "INVALID input.outcomes.6.orgUnit",
        ]
    );
    assert_eq!(refused.text("outcomesRecord.cursor"), answer.text("outcomesRecord.cursor"));
    let all = admin.query("{ outcomes { totalCount } }", ()).await.ok();
    assert_eq!(all.data("outcomes.totalCount"), &json!(2));
});
