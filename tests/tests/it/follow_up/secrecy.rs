//! A draft does not exist for those who may not see it.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

use super::{Year, open, send};

scenario!(readers_cannot_tell_a_draft_from_nothing, async |app: &TestApp| {
    let year = Year::of(app).await;
    let reporter = year.as_(app, Role::Reporter).await;
    let reader = year.as_(app, Role::Reader).await;
    let aside = app.as_(Role::Controller, &year.units.logistics).await;
    let everything = "query ($unit: ID!, $goal: ID!, $period: PeriodInput!) {
        followUpReports { totalCount nodes { id } }
        of: followUpReports(filter: { under: $unit, status: [DRAFT, RETURNED] }) { totalCount }
        orgUnit(by: { id: $unit }) { report(period: $period) { id } reports { totalCount }
            plan(year: 2024) { reports { totalCount } } }
        node(id: $goal) { ... on Goal { assessment { id } } }
    }";
    let variables = json!({
        "unit": year.units.board, "goal": year.goal, "period": { "year": 2024, "kind": "UR1" },
    });
    let before = [
        reader.query(everything, &variables).await.ok(),
        aside.query(everything, &variables).await.ok(),
    ];
    let report = open(&reporter, &year.units.board, "UR1").await;
    let said = json!({ "report": report, "subject": year.goal, "comment": "Bara för oss" });
    let payload = send(&reporter, "reportAssess", "assessment { id }", said).await;
    let assessment = payload["assessment"]["id"].clone();
    for (client, before) in [&reader, &aside].into_iter().zip(before) {
        assert_eq!(client.query(everything, &variables).await.ok().body, before.body);
        for id in [&json!(report), &assessment] {
            let query =
                "query ($id: ID!) { node(id: $id) { id } viewer { can(action: READ, on: $id) } }";
            let node = client.query(query, json!({ "id": id })).await.ok();
            assert_eq!(node.data("node"), &Value::Null);
            assert_eq!(node.data("viewer.can"), false);
        }
        for (mutation, input) in [
            ("reportAssess", json!({ "report": report, "subject": year.goal, "comment": "Jag" })),
            ("reportUpdate", json!({ "id": report, "version": 1, "summary": "Jag" })),
        ] {
            let document = setup::document(mutation, "");
            let answer = client.query(&document, json!({ "input": input })).await;
            assert_eq!(answer.user_errors(mutation)[0].code, "NOT_FOUND", "{mutation}");
        }
    }
});
