//! Each organisation says what it calls its follow-ups, where each ends and when its report is due.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, Organisation, document, organisation},
};

/// The cycle of a year as (kind, label, endMonth, dueOn).
async fn cycle(client: &Client, unit: &str, year: i32) -> Vec<String> {
    let query = "query ($id: ID!, $year: Int!) { orgUnit(by: { id: $id }) {
        reportingCycle(year: $year) { kind label endMonth dueOn }
    } }";
    let answer = client.query(query, json!({ "id": unit, "year": year })).await.ok();
    let all = answer.data("orgUnit.reportingCycle").as_array().expect("a cycle").clone();
    let text = |period: &Value, field: &str| period[field].as_str().unwrap_or_default().to_owned();
    all.iter()
        .map(|period| {
            let month = &period["endMonth"];
            format!(
                "{} {} {month} {}",
                text(period, "kind"),
                text(period, "label"),
                text(period, "dueOn")
            )
        })
        .collect()
}

fn period(kind: &str, label: &str, end_month: i32, due_on: &str) -> Value {
    json!({ "kind": kind, "label": label, "endMonth": end_month, "dueOn": due_on })
}

async fn set(client: &Client, unit: &str, year: i32, periods: Vec<Value>) -> tests::Answer {
    let input = json!({ "orgUnit": unit, "year": year, "periods": periods });
    client.query(&document("reportingCycleSet", "orgUnit { id }"), json!({ "input": input })).await
}

scenario!(what_is_set_holds_from_its_year_on, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, meals, .. } = organisation(&admin).await;
    let other = setup::org_unit(&admin, None, "R2", "Region Skåne", "COUNCIL").await;
    let default = ["UR1 UR1 4 2015-05-20", "UR2 UR2 8 2015-09-20", "AR ÅR 12 2016-02-15"];
    assert_eq!(cycle(&admin, &meals, 2015).await, default);

    let made =
        set(&admin, &meals, 2015, vec![period("UR1", "Uppföljning 1", 3, "2015-04-30")]).await;
    assert_eq!(made.ok().text("reportingCycleSet.orgUnit.id"), region);
    let later = vec![period("UR1", "T1", 4, "2016-05-25"), period("AR", "VB", 12, "2017-02-01")];
    set(&admin, &region, 2016, later).await.ok();

    assert_eq!(cycle(&admin, &meals, 2014).await[0], "UR1 UR1 4 2014-05-20");
    assert_eq!(
        cycle(&admin, &meals, 2015).await,
        ["UR1 Uppföljning 1 3 2015-04-30", default[1], default[2]]
    );
    assert_eq!(
        cycle(&admin, &meals, 2024).await,
        ["UR1 T1 4 2024-05-25", "UR2 UR2 8 2024-09-20", "AR VB 12 2025-02-01"]
    );
    assert_eq!(cycle(&admin, &other, 2015).await, default);

    let history = "query ($id: ID!) { orgUnit(by: { id: $id }) { version history(first: 2) { nodes { kind fields { field before after } } } } }";
    let answer = admin.query(history, json!({ "id": region })).await.ok();
    assert_eq!(answer.data("orgUnit.version"), &json!(3));
    assert_eq!(
        answer.data("orgUnit.history.nodes.1"),
        &json!({ "kind": "UPDATED", "fields": [{
            "field": "reportingCycle 2015", "before": null, "after": "UR1 Uppföljning 1: month 3, due 2015-04-30",
        }] })
    );

    let same = vec![period("UR1", "Uppföljning 1", 3, "2015-04-30")];
    set(&admin, &region, 2015, same).await.ok();
    let answer = admin.query(history, json!({ "id": region })).await.ok();
    assert_eq!(answer.data("orgUnit.version"), &json!(3));
});

scenario!(an_impossible_cycle_is_refused, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, .. } = organisation(&admin).await;
    set(&admin, &region, 2020, vec![period("UR2", "T2", 6, "2020-09-30")]).await.ok();
    for (year, periods, code, path) in [
        (2019, vec![], "REQUIRED", "input.periods"),
        (1899, vec![period("UR1", "T1", 4, "1899-05-01")], "INVALID", "input.year"),
        (2019, vec![period("MONTH", "jan", 1, "2019-02-01")], "INVALID", "input.periods.0.kind"),
        (2019, vec![period("UR1", " ", 4, "2019-05-01")], "REQUIRED", "input.periods.0.label"),
        (2019, vec![period("UR1", "T1", 13, "2019-05-01")], "INVALID", "input.periods.0.endMonth"),
        (2019, vec![period("UR1", "T1", -1, "2019-05-01")], "INVALID", "input.periods.0.endMonth"),
        (2019, vec![period("UR1", "T1", 4, "2019-04-29")], "INVALID", "input.periods.0.dueOn"),
        (2019, vec![period("AR", "VB", 11, "2020-02-01")], "INVALID", "input.periods.0.endMonth"),
        // Good in 2019, but 2020 would inherit it beside a UR2 that ends in June.
        (2019, vec![period("UR1", "T1", 7, "2019-08-20")], "INVALID", "input.periods"),
    ] {
        let refused = set(&admin, &region, year, periods).await;
        let errors = refused.user_errors("reportingCycleSet");
        assert_eq!((errors[0].code.as_str(), errors[0].path().as_str()), (code, path), "{refused}");
    }
    let twice = vec![period("UR1", "T1", 4, "2019-05-01"), period("UR1", "T1", 4, "2019-05-01")];
    let refused = set(&admin, &region, 2019, twice).await;
    assert_eq!(refused.user_errors("reportingCycleSet")[0].path(), "input.periods.1.kind");
    assert_eq!(cycle(&admin, &region, 2019).await[0], "UR1 UR1 4 2019-05-20");
});

scenario!(only_the_organisations_administrators_set_it, async |app: &TestApp| {
    let Organisation { region, meals, .. } = organisation(&app.admin()).await;
    let periods = || vec![period("UR1", "T1", 4, "2024-05-25")];
    let local = app.as_(Role::Admin, &meals).await;
    assert_eq!(set(&local, &meals, 2024, periods()).await.code(), "FORBIDDEN");
    let unseen = set(&local, &region, 2024, periods()).await;
    assert_eq!(unseen.user_errors("reportingCycleSet")[0].code, "NOT_FOUND");
    let planner = app.as_(Role::Controller, &region).await;
    assert_eq!(set(&planner, &region, 2024, periods()).await.code(), "FORBIDDEN");
    assert_eq!(cycle(&planner, &region, 2024).await[0], "UR1 UR1 4 2024-05-20");

    let year =
        "query ($id: ID!) { orgUnit(by: { id: $id }) { reportingCycle(year: 3000) { label } } }";
    assert_eq!(planner.query(year, json!({ "id": region })).await.code(), "BAD_USER_INPUT");
});
