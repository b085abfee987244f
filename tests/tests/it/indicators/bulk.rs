//! Many outcomes and targets at once: all of them, or none.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

use super::{indicator, month, record};

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

scenario!(five_thousand_at_once, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let mut leaves = Vec::new();
    for number in 0..20 {
        let code = format!("U{number}");
        leaves.push(setup::org_unit(&admin, Some(&units.board), &code, &code, "UNIT").await);
    }
    let mut indicators = Vec::new();
    for number in 0..50 {
        indicators.push(indicator(&admin, &units.region, &format!("I{number}"), "SUM").await);
    }
    let outcomes = |value: i32| -> Vec<Value> {
        let pairs = indicators.iter().flat_map(|id| leaves.iter().map(move |unit| (id, unit)));
        pairs
            .flat_map(|(id, unit)| {
                (1..=5).map(move |number| month(id, unit, number, json!({ "value": value })))
            })
            .collect()
    };
    let document = setup::document("outcomesRecord", "");
    let mut counts = Vec::new();
    for value in [1, 2, 2] {
        let input = json!({ "input": { "outcomes": outcomes(value) } });
        let (answer, count) = app.statements(admin.query(&document, input)).await;
        let _ = answer.ok();
        counts.push(count);
    }
    assert!(counts.iter().all(|count| *count < 50), "{counts:?}");
    let mut many = outcomes(3);
    many.push(month(&indicators[0], &units.board, 1, json!({ "value": 1 })));
    let refused = admin.query(&document, json!({ "input": { "outcomes": many } })).await;
    assert_eq!(refused.user_errors("outcomesRecord")[0].path(), "input.outcomes");
    let sum = admin
        .query(
            "query ($unit: ID!) { indicators(first: 1) { nodes {
                outcome(orgUnit: $unit, period: { year: 2024, kind: MONTH, month: 5 }) { value } } } }",
            json!({ "unit": units.region }),
        )
        .await
        .ok();
    assert_eq!(sum.text("indicators.nodes.0.outcome.value"), "40");
});

scenario!(a_key_is_answered_once, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "S", "SUM").await;
    let send = async |value: i32| {
        let outcomes = [month(&id, &units.meals, 1, json!({ "value": value }))];
        let document = setup::document("outcomesRecord", "outcomes { id value }");
        let input = json!({ "outcomes": outcomes, "idempotencyKey": "januari" });
        admin.query(&document, json!({ "input": input })).await
    };
    let first = send(1).await.ok();
    record(&admin, [month(&id, &units.meals, 2, json!({ "value": 9 }))]).await;
    let again = send(1).await.ok();
    assert_eq!(again.text("outcomesRecord.cursor"), first.text("outcomesRecord.cursor"));
    assert_eq!(again.data("outcomesRecord.outcomes"), first.data("outcomesRecord.outcomes"));
    let other = send(2).await;
    assert_eq!(other.user_errors("outcomesRecord")[0].code, "DUPLICATE");
});

scenario!(one_unit_too_many_changes_nothing, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "S", "SUM").await;
    let document = setup::document("outcomesRecord", "");
    let both = json!([
        month(&id, &units.meals, 1, json!({ "value": 1 })),
        month(&id, &units.logistics, 1, json!({ "value": 1 })),
    ]);
    let meals = app.as_(Role::Reporter, &units.meals).await;
    let refused = meals.query(&document, json!({ "input": { "outcomes": both } })).await;
    let errors = refused.user_errors("outcomesRecord");
    assert_eq!(
        (errors[0].code.as_str(), errors[0].path().as_str()),
        ("NOT_FOUND", "input.outcomes.1.orgUnit")
    );
    let reader = app.as_(Role::Reader, &units.region).await;
    let refused = reader.query(&document, json!({ "input": { "outcomes": both } })).await;
    assert_eq!(refused.code(), "FORBIDDEN");
    let all = admin.query("{ outcomes { totalCount } }", ()).await.ok();
    assert_eq!(all.data("outcomes.totalCount"), &json!(0));
});
