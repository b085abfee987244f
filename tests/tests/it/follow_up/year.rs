//! A year of Driftnämnden's reports, with people of every role.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

use super::{Year, decide, kept_from, open, send, step, taken, version};

const REPORT: &str = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
    status overdue dueOn
    completeness { required done missing { reason subject { __typename
        ... on FocusArea { name } ... on Goal { name } ... on Assignment { name } ... on Indicator { name }
    } } }
    assessments { totalCount nodes { light subject { __typename } } }
    events { from to reason actor { subject } }
    viewerCannotUpdate
} } }";

scenario!(a_report_goes_from_opened_to_approved_and_back, async |app: &TestApp| {
    let year = Year::of(app).await;
    let reader = year.as_(app, Role::Reader).await;
    let reporter = year.as_(app, Role::Reporter).await;
    let controller = year.as_(app, Role::Controller).await;
    let report = open(&reporter, &year.units.board, "UR1").await;
    let id = json!({ "id": report });

    let opened = reporter.query(REPORT, &id).await.ok();
    assert_eq!(opened.text("node.status"), "DRAFT");
    assert_eq!(opened.data("node.completeness.required"), 4);
    assert_eq!(opened.data("node.completeness.done"), 0);
    let names = opened.each("node.completeness.missing", "subject.name");
    assert_eq!(names, ["God service", "Friska medarbetare", "Minska svinnet", "Sjukfrånvaro"]);
    assert_eq!(opened.data("node.assessments.totalCount"), 4);
    assert_eq!(opened.data("node.overdue"), false, "due on 20 May, and it is the 15th");
    assert_eq!(reader.query(REPORT, &id).await.ok().data("node"), &Value::Null);

    let missing = kept_from(&reporter, "reportSubmit", &report, None).await;
    assert_eq!(missing.len(), 4, "{missing:?}");
    assert!(missing.iter().all(|(code, _)| code == "INCOMPLETE"), "{missing:?}");
    assert!(missing[1].1.contains("7.1 Friska medarbetare"), "{missing:?}");

    year.complete(&reporter, &report, "UR1").await;
    assert_eq!(taken(&reporter, "reportSubmit", &report, None).await, "SUBMITTED");
    let late = json!({ "report": report, "subject": year.goal, "version": 2, "comment": "Sent" });
    let (code, path) = refused(&reporter, "reportAssess", late.clone()).await;
    assert_eq!((code.as_str(), path.as_str()), ("LOCKED", "input.report"));
    for (mutation, input) in outcome_writes(&reporter, &year).await {
        let (code, _) = refused(&reporter, mutation, input).await;
        assert_eq!(code, "LOCKED", "{mutation}: the figures were handed in too");
    }
    for step_ in ["reportReturn", "reportApprove", "reportReopen"] {
        let answer = step(&reporter, &reporter, step_, &report, Some("Nej")).await;
        assert_eq!(answer.code(), "FORBIDDEN", "{step_}");
    }

    let without = kept_from(&controller, "reportReturn", &report, Some("  ")).await;
    assert_eq!(without[0].0, "REQUIRED");
    assert_eq!(taken(&controller, "reportReturn", &report, Some("Skriv mer")).await, "RETURNED");
    send(&reporter, "reportAssess", "", late).await;
    assert_eq!(taken(&reporter, "reportSubmit", &report, None).await, "SUBMITTED");
    assert_eq!(taken(&controller, "reportApprove", &report, None).await, "APPROVED");

    let approved = reader.query(REPORT, &id).await.ok();
    assert_eq!(approved.text("node.status"), "APPROVED", "readers see it now");
    assert_eq!(approved.each("node.events", "to"), ["APPROVED"], "not what happened to the draft");
    let steps = reporter.query(REPORT, &id).await.ok();
    assert_eq!(
        steps.each("node.events", "to"),
        ["DRAFT", "SUBMITTED", "RETURNED", "SUBMITTED", "APPROVED"]
    );
    assert_eq!(steps.each("node.events", "reason")[2], "Skriv mer");
    let outcomes = "{ outcomes { nodes { state value } } }";
    let confirmed = reader.query(outcomes, ()).await.ok();
    assert_eq!(
        confirmed.data("outcomes.nodes"),
        &json!([{ "state": "CONFIRMED", "value": "4.1" }])
    );
    let late = late_writes(&year, &report);
    let late = late.into_iter().chain(outcome_writes(&reporter, &year).await);
    for (mutation, input) in late {
        let (code, _) = refused(&controller, mutation, input).await;
        assert_eq!(code, "LOCKED", "{mutation}");
    }

    assert_eq!(kept_from(&controller, "reportReopen", &report, None).await[0].0, "REQUIRED");
    assert_eq!(taken(&controller, "reportReopen", &report, Some("Fel siffra")).await, "RETURNED");
    assert_eq!(reader.query(REPORT, &id).await.ok().data("node"), &Value::Null);
    assert_eq!(reader.query(outcomes, ()).await.ok().data("outcomes.nodes"), &json!([]));
    setup::outcome(&reporter, &year.indicator, &year.units.board, (2024, "UR1"), "4.2").await;
    taken(&reporter, "reportSubmit", &report, None).await;
    taken(&controller, "reportApprove", &report, None).await;
    let confirmed = reader.query(outcomes, ()).await.ok();
    assert_eq!(confirmed.data("outcomes.nodes.0.value"), "4.2");
});

/// Everything that would change what an approved report says.
fn late_writes(year: &Year, report: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("reportUpdate", json!({ "id": report, "version": 5, "summary": "Sent" })),
        ("reportAssess", json!({ "report": report, "subject": year.goal, "comment": "Sent" })),
    ]
}

/// Everything that would change the outcomes of its period.
async fn outcome_writes(client: &tests::Client, year: &Year) -> Vec<(&'static str, Value)> {
    let period = json!({ "year": 2024, "kind": "UR1" });
    let about = |gender: &str| {
        json!({
            "indicator": year.indicator, "orgUnit": year.units.board, "period": period,
            "gender": gender, "value": "1",
        })
    };
    let query = "{ outcomes { nodes { id version viewerCannotUpdate } } }";
    let found = client.query(query, ()).await.ok();
    let (id, version) = (found.text("outcomes.nodes.0.id"), found.data("outcomes.nodes.0.version"));
    assert_ne!(found.data("outcomes.nodes.0.viewerCannotUpdate"), &json!([]));
    vec![
        ("outcomesRecord", json!({ "outcomes": [about("TOTAL")] })),
        ("outcomesRecord", json!({ "outcomes": [about("WOMEN")] })),
        ("outcomeCreate", about("MEN")),
        ("outcomeUpdate", json!({ "id": id, "version": version, "value": "1" })),
        ("outcomeDelete", json!({ "id": id, "version": version })),
    ]
}

scenario!(what_comes_into_the_plan_meanwhile_is_to_be_assessed_too, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let report = open(&admin, &year.units.board, "UR1").await;
    year.complete(&admin, &report, "UR1").await;
    taken(&admin, "reportSubmit", &report, None).await;
    let late = setup::goal(&admin, &year.plan, "Ett sent mål").await;
    let missing = kept_from(&admin, "reportApprove", &report, None).await;
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].1.contains("Ett sent mål"), "{missing:?}");
    taken(&admin, "reportReturn", &report, Some("Ett mål kom till")).await;
    send(
        &admin,
        "reportAssess",
        "",
        json!({ "report": report, "subject": late, "verdict": "MET" }),
    )
    .await;
    taken(&admin, "reportSubmit", &report, None).await;
    taken(&admin, "reportApprove", &report, None).await;
    setup::goal(&admin, &year.plan, "Ett ännu senare mål").await;
    let done = admin.query(REPORT, json!({ "id": report })).await.ok();
    let counted =
        ["required", "done"].map(|of| done.data(&format!("node.completeness.{of}")).clone());
    assert_eq!(counted, [json!(5), json!(5)], "what was approved is complete");
});

scenario!(an_indicator_that_was_not_measured_is_answered_by_why, async |app: &TestApp| {
    let year = Year::of(app).await;
    let reporter = year.as_(app, Role::Reporter).await;
    let report = open(&reporter, &year.units.board, "UR1").await;
    let missing = async || {
        let answer = reporter.query(REPORT, json!({ "id": report })).await.ok();
        let of = answer.each("node.completeness.missing", "subject.__typename");
        let at = of.iter().position(|kind| *kind == "Indicator");
        at.map(|at| {
            answer.each("node.completeness.missing", "reason")[at].as_str().map(str::to_owned)
        })
    };
    let none = missing().await.flatten();
    assert_eq!(none.as_deref(), Some("There is no outcome, and no comment that says why."));
    let outcome = json!({
        "indicator": year.indicator, "orgUnit": year.units.board,
        "period": { "year": 2024, "kind": "UR1" }, "missingReason": "NOT_MEASURED",
    });
    send(&reporter, "outcomesRecord", "", json!({ "outcomes": [outcome] })).await;
    let why = missing().await.flatten();
    assert_eq!(why.as_deref(), Some("A comment must say why the outcome is missing."));
    let said = json!({ "report": report, "subject": year.indicator, "comment": "Systemet byttes i mars." });
    send(&reporter, "reportAssess", "", said).await;
    assert_eq!(missing().await, None);
});

scenario!(the_annual_report_concludes_on_the_internal_control, async |app: &TestApp| {
    let year = Year::of(app).await;
    let controller = year.as_(app, Role::Controller).await;
    let report = open(&controller, &year.units.board, "AR").await;
    year.complete(&controller, &report, "AR").await;
    let without = kept_from(&controller, "reportSubmit", &report, None).await;
    assert_eq!(without.len(), 1, "{without:?}");
    assert_eq!(without[0].0, "INCOMPLETE");
    let said = json!({ "id": report, "version": 1, "internalControlConclusion": "SUFFICIENT" });
    send(&controller, "reportUpdate", "", said).await;
    assert_eq!(taken(&controller, "reportSubmit", &report, None).await, "SUBMITTED");

    let first = open(&controller, &year.units.board, "UR1").await;
    let said = json!({ "id": first, "version": 1, "internalControlConclusion": "SUFFICIENT" });
    let (code, path) = refused(&controller, "reportUpdate", said).await;
    assert_eq!((code.as_str(), path.as_str()), ("INVALID", "input.internalControlConclusion"));
});

scenario!(a_report_draws_on_those_below, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let below = setup::plan(&admin, &year.units.meals, 2024).await;
    decide(&admin, &below).await;
    let meals = open(&admin, &year.units.meals, "UR1").await;
    let board = open(&admin, &year.units.board, "UR1").await;
    year.complete(&admin, &board, "UR1").await;
    let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
        subReports { totalCount nodes { id status orgUnit { code } } } } } }";
    let found = admin.query(query, json!({ "id": board })).await.ok();
    assert_eq!(
        found.data("node.subReports"),
        &json!({ "totalCount": 1, "nodes": [{ "id": meals, "status": "DRAFT", "orgUnit": { "code": "MAT" } }] })
    );
    let waiting = kept_from(&admin, "reportSubmit", &board, None).await;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].1.contains("Måltidsservice"), "{waiting:?}");
    let why = "Måltidsservice lämnar in på fredag";
    assert_eq!(taken(&admin, "reportSubmit", &board, Some(why)).await, "SUBMITTED");
    taken(&admin, "reportReturn", &board, Some("Vänta")).await;
    taken(&admin, "reportSubmit", &meals, None).await;
    taken(&admin, "reportApprove", &meals, None).await;
    assert_eq!(taken(&admin, "reportSubmit", &board, None).await, "SUBMITTED");
});

scenario!(a_report_is_opened_once_of_a_decided_plan, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    open(&admin, &year.units.board, "UR1").await;
    let of = |unit: &str, of: i32, kind: &str| json!({ "orgUnit": unit, "period": { "year": of, "kind": kind } });
    setup::plan(&admin, &year.units.meals, 2024).await;
    for (input, code, path) in [
        (of(&year.units.board, 2024, "UR1"), "DUPLICATE", "input.period"),
        (of(&year.units.board, 2024, "MONTH"), "REQUIRED", "input.period.month"),
        (of(&year.units.board, 2023, "UR1"), "NOT_ALLOWED_IN_STATE", "input.period"),
        (of(&year.units.board, 2025, "UR1"), "LOCKED", "input.period"),
        (of(&year.units.meals, 2024, "UR1"), "NOT_ALLOWED_IN_STATE", "input.period"),
        (of(&year.goal, 2024, "UR1"), "INVALID", "input.orgUnit"),
    ] {
        let found = refused(&admin, "reportOpen", input.clone()).await;
        assert_eq!(found, (code.to_owned(), path.to_owned()), "{input}");
    }
    let reader = year.as_(app, Role::Reader).await;
    let document = setup::document("reportOpen", "report { id }");
    let input = of(&year.units.board, 2024, "UR2");
    let answer = reader.query(&document, json!({ "input": input })).await;
    assert_eq!(answer.code(), "FORBIDDEN");
    let count = "{ followUpReports { totalCount } }";
    assert_eq!(admin.query(count, ()).await.ok().data("followUpReports.totalCount"), 1);
});

scenario!(what_was_said_last_time_is_told, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let first = open(&admin, &year.units.board, "UR1").await;
    let said = json!({ "report": first, "subject": year.goal, "verdict": "PARTLY_MET", "comment": "En bit på väg" });
    send(&admin, "reportAssess", "", said).await;
    app.clock().set(2024, 9, 2);
    let second = open(&admin, &year.units.board, "UR2").await;
    let said = json!({ "report": second, "subject": year.goal, "verdict": "MET" });
    let payload = send(
        &admin,
        "reportAssess",
        "assessment { light previous { light comment report { period { kind } } previous { id } } }",
        said,
    )
    .await;
    assert_eq!(
        payload["assessment"],
        json!({ "light": "GREEN", "previous": {
            "light": "YELLOW", "comment": "En bit på väg",
            "report": { "period": { "kind": "UR1" } }, "previous": null,
        } })
    );
    let goal = "query ($id: ID!, $period: PeriodInput) { node(id: $id) { ... on Goal {
        latest: assessment { verdict } of: assessment(period: $period) { verdict }
    } } }";
    let period = json!({ "year": 2024, "kind": "UR1" });
    let told = admin.query(goal, json!({ "id": year.goal, "period": period })).await.ok();
    assert_eq!(
        told.data("node"),
        &json!({ "latest": { "verdict": "MET" }, "of": { "verdict": "PARTLY_MET" } })
    );
});

scenario!(what_a_report_speaks_of_stays, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let report = open(&admin, &year.units.board, "UR1").await;
    let said = json!({ "report": report, "subject": year.assignment, "comment": "Halvvägs" });
    send(&admin, "reportAssess", "", said).await;
    let input =
        json!({ "id": year.assignment, "version": version(&admin, &year.assignment).await });
    let found = refused(&admin, "assignmentDelete", input.clone()).await;
    assert_eq!(found, ("IN_USE".to_owned(), "input.id".to_owned()));
    let unsaid =
        json!({ "report": report, "subject": year.assignment, "version": 2, "comment": null });
    send(&admin, "reportAssess", "", unsaid).await;
    send(&admin, "assignmentDelete", "deletedId", input).await;
    let left = admin.query(REPORT, json!({ "id": report })).await.ok();
    assert_eq!(left.data("node.assessments.totalCount"), 3);
    assert_eq!(left.data("node.completeness.required"), 3);
});

async fn refused(client: &tests::Client, mutation: &str, input: Value) -> (String, String) {
    let answer = client.query(&setup::document(mutation, ""), json!({ "input": input })).await;
    match answer.user_errors(mutation).as_slice() {
        [error] => (error.code.clone(), error.path()),
        _ => panic!("one userError, but:\n{answer}"),
    }
}
