//! Bad input gets a precise error, and changes nothing.

use entity::{
    node_id,
    vocabulary::{NodeType, Role},
};
use futures_util::future::join_all;
use rodtrad::domain::write;
use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};
use uuid::Uuid;

use super::{Year, open};

scenario!(what_cannot_be_said_is_refused_at_its_field, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let report = open(&admin, &year.units.board, "UR1").await;
    let abroad = setup::org_unit(&admin, None, "G", "Region Grann", "COUNCIL").await;
    let theirs = setup::indicator(&admin, &abroad, "SJUK", "Sjukfrånvaro").await;
    let aside = setup::plan(&admin, &year.units.meals, 2024).await;
    let aside = setup::goal(&admin, &aside, "Ett annat mål").await;
    let unmeasured = setup::indicator(&admin, &year.units.region, "X", "I ingen plan").await;
    let unknown = node_id::encode(NodeType::Goal, Uuid::now_v7());
    let long = "å".repeat(20_001);
    let before = write::head(app.db().reader()).await.expect("the log's head");
    let assess = |subject: &str, field: &str, value: Value| {
        ("reportAssess", json!({ "report": report, "subject": subject, (field): value }))
    };
    let update = |version: i32, field: &str, value: Value| {
        ("reportUpdate", json!({ "id": report, "version": version, (field): value }))
    };
    let of = |id: &str, version: i32| json!({ "id": id, "version": version });
    for ((mutation, input), code, path) in [
        (assess("nonsens", "comment", json!("x")), "INVALID", "input.subject"),
        (assess("", "comment", json!("x")), "INVALID", "input.subject"),
        (assess(&report, "comment", json!("x")), "INVALID", "input.subject"),
        (assess(&unknown, "comment", json!("x")), "NOT_FOUND", "input.subject"),
        (assess(&aside, "comment", json!("x")), "INVALID", "input.subject"),
        (assess(&theirs, "comment", json!("x")), "INVALID", "input.subject"),
        (assess(&unmeasured, "comment", json!("x")), "INVALID", "input.subject"),
        (assess(&year.indicator, "verdict", json!("MET")), "INVALID", "input.verdict"),
        (assess(&year.goal, "progress", json!("DONE")), "INVALID", "input.progress"),
        (assess(&year.goal, "comment", json!(long)), "INVALID", "input.comment"),
        (assess(&year.goal, "obstacles", json!("\u{0}")), "INVALID", "input.obstacles"),
        (assess(&year.goal, "version", json!(-1)), "INVALID", "input.version"),
        (assess(&year.goal, "version", json!(2)), "INVALID", "input.version"),
        (update(0, "summary", json!("x")), "INVALID", "input.version"),
        (update(1, "summary", json!(long)), "INVALID", "input.summary"),
        (
            (
                "reportOpen",
                json!({ "orgUnit": year.goal, "period": { "year": 2024, "kind": "UR1" } }),
            ),
            "INVALID",
            "input.orgUnit",
        ),
        (
            (
                "reportOpen",
                json!({ "orgUnit": year.units.board, "period": { "year": -1, "kind": "UR1" } }),
            ),
            "INVALID",
            "input.period.year",
        ),
        (
            (
                "reportOpen",
                json!({ "orgUnit": year.units.board, "period": { "year": 2024, "kind": "UR1", "month": 3 } }),
            ),
            "INVALID",
            "input.period.month",
        ),
        (("reportApprove", of(&report, 1)), "NOT_ALLOWED_IN_STATE", "input.id"),
        (("reportReopen", of(&report, 1)), "NOT_ALLOWED_IN_STATE", "input.id"),
        (("reportApprove", of(&unknown, 1)), "INVALID", "input.id"),
    ] {
        let kind = match mutation {
            "reportApprove" | "reportReopen" => "ReportTransitionInput".to_owned(),
            other => format!("R{}Input", &other[1..]),
        };
        let document = setup::document_of(mutation, &kind, "");
        let answer = admin.query(&document, json!({ "input": input })).await;
        let found: Vec<_> = answer
            .user_errors(mutation)
            .into_iter()
            .map(|error| (error.code.clone(), error.path()))
            .collect();
        assert_eq!(found, [(code.to_owned(), path.to_owned())], "{mutation} {path}: {answer}");
    }
    for filter in [
        json!({ "orgUnit": year.goal }),
        json!({ "under": "nonsens" }),
        json!({ "plan": year.units.board }),
    ] {
        let query =
            "query ($filter: ReportFilter) { followUpReports(filter: $filter) { totalCount } }";
        let answer = admin.query(query, json!({ "filter": filter })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{filter}");
    }
    let after = write::head(app.db().reader()).await.expect("the log's head");
    assert_eq!(before, after, "something was changed");
});

scenario!(lists_of_reports_are_filtered, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    for kind in ["UR1", "AR"] {
        open(&admin, &year.units.board, kind).await;
    }
    let count = async |filter: Value| {
        let query =
            "query ($filter: ReportFilter) { followUpReports(filter: $filter) { totalCount } }";
        let answer = admin.query(query, json!({ "filter": filter })).await.ok();
        answer.data("followUpReports.totalCount").as_i64()
    };
    let unit = |id: &str| json!({ "orgUnit": id });
    for (filter, expected) in [
        (Value::Null, 2),
        (json!({ "year": 2024 }), 2),
        (json!({ "year": 2023 }), 0),
        (json!({ "year": 2025 }), 0),
        (json!({ "year": i32::MAX }), 0),
        (json!({ "year": i32::MIN }), 0),
        (json!({ "kind": "AR" }), 1),
        (json!({ "kind": "MONTH" }), 0),
        (json!({ "status": ["DRAFT", "DRAFT"] }), 2),
        (json!({ "status": [] }), 0),
        (json!({ "status": ["APPROVED"] }), 0),
        (unit(&year.units.board), 2),
        (unit(&year.units.region), 0),
        (json!({ "under": year.units.region }), 2),
        (json!({ "under": year.units.meals }), 0),
    ] {
        assert_eq!(count(filter.clone()).await, Some(expected), "{filter}");
    }
    let types =
        "query ($filter: AssessmentFilter) { followUpReports(filter: { kind: AR }) { nodes {
        assessments(filter: $filter) { totalCount } } } }";
    for (filter, expected) in [
        (json!({ "types": ["GOAL", "GOAL", "INDICATOR"] }), 2),
        (json!({ "types": ["PLAN"] }), 0),
        (json!({ "types": [] }), 0),
        (json!({ "blank": true }), 4),
        (json!({ "blank": false }), 0),
        (json!({ "verdict": ["MET"] }), 0),
    ] {
        let found = admin.query(types, json!({ "filter": filter })).await.ok();
        assert_eq!(
            found.data("followUpReports.nodes.0.assessments.totalCount"),
            expected,
            "{filter}"
        );
    }
});

scenario!(a_report_that_many_open_at_once_is_opened_once, async |app: &TestApp| {
    let year = Year::of(app).await;
    let reporter = year.as_(app, Role::Reporter).await;
    let input = json!({ "orgUnit": year.units.board, "period": { "year": 2024, "kind": "UR1" } });
    let document = setup::document("reportOpen", "report { id }");
    let attempts = (0..10).map(|_| reporter.query(&document, json!({ "input": input })));
    let answers = join_all(attempts).await;
    let codes: Vec<_> = answers
        .iter()
        .flat_map(|answer| answer.user_errors("reportOpen"))
        .map(|error| error.code)
        .collect();
    assert_eq!(codes, vec!["DUPLICATE"; 9]);
    let count = "{ followUpReports { totalCount nodes { assessments { totalCount } } } }";
    let found = reporter.query(count, ()).await.ok();
    assert_eq!(found.data("followUpReports.totalCount"), 1);
    assert_eq!(found.data("followUpReports.nodes.0.assessments.totalCount"), 4);
});
