//! Many hands in one report at once never lose a word.

use entity::vocabulary::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{document, document_of},
};

use super::{Year, open, send, taken, version};

scenario!(two_who_save_the_same_text_both_keep_it, async |app: &TestApp| {
    let year = Year::of(app).await;
    let (anna, bo) = (year.as_(app, Role::Reporter).await, year.as_(app, Role::Planner).await);
    let report = open(&anna, &year.units.board, "UR1").await;
    let first =
        json!({ "report": report, "subject": year.goal, "version": 1, "comment": "Annas ord" });
    send(&anna, "reportAssess", "", first).await;
    let other =
        json!({ "report": report, "subject": year.goal, "version": 1, "nextSteps": "Bos plan" });
    let both = send(&bo, "reportAssess", "assessment { comment nextSteps version }", other).await;
    assert_eq!(
        both["assessment"],
        json!({ "comment": "Annas ord", "nextSteps": "Bos plan", "version": 3 })
    );
    for version in [Some(1), None] {
        let same = json!({ "report": report, "subject": year.goal, "version": version, "comment": "Bos ord" });
        let document = document("reportAssess", "")
            .replace("field }", "field conflict { field current yours } }");
        let answer = bo.query(&document, json!({ "input": same })).await;
        let error = answer.data("reportAssess.userErrors.0");
        assert_eq!(error["code"], "CONFLICT", "{version:?}");
        assert_eq!(
            error["conflict"],
            json!({ "field": "comment", "current": "Annas ord", "yours": "Bos ord" })
        );
    }
});

scenario!(twenty_who_approve_and_save_at_once_lose_nothing, async |app: &TestApp| {
    let year = Year::of(app).await;
    let controller = year.as_(app, Role::Controller).await;
    let report = open(&controller, &year.units.board, "UR1").await;
    year.complete(&controller, &report, "UR1").await;
    taken(&controller, "reportSubmit", &report, None).await;
    taken(&controller, "reportReturn", &report, Some("Komplettera")).await;
    // Everybody saves, somebody submits, everybody approves.
    let seen = version(&controller, &report).await;
    let save = |number: usize| {
        let text = format!("Text {number}");
        let input = json!({
            "report": report, "subject": year.goal, "version": 2, "obstacles": text,
        });
        let (client, document) =
            (controller.clone(), document("reportAssess", "assessment { obstacles }"));
        async move { client.query(&document, json!({ "input": input })).await }
    };
    let approve = |_: usize| {
        let input = json!({ "id": report, "version": seen + 1 });
        let document = document_of("reportApprove", "ReportTransitionInput", "report { status }");
        let client = controller.clone();
        async move { client.query(&document, json!({ "input": input })).await }
    };
    let saved = join_all((0..20).map(save)).await;
    taken(&controller, "reportSubmit", &report, None).await;
    let (approved, late) =
        futures_util::join!(join_all((0..20).map(approve)), join_all((20..40).map(save)));
    let done = approved.iter().filter(|answer| answer.user_errors("reportApprove").is_empty());
    assert_eq!(done.count(), 1, "one approval");
    let kept: Vec<Value> = saved
        .iter()
        .chain(&late)
        .filter(|answer| answer.user_errors("reportAssess").is_empty())
        .map(|answer| answer.data("reportAssess.assessment.obstacles").clone())
        .collect();
    assert_eq!(kept.len(), 1, "one text was acknowledged, all others were told why not: {kept:?}");
    let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
        status events { to } assessments(filter: { types: [GOAL] }) { nodes { obstacles } } } } }";
    let now = controller.query(query, json!({ "id": report })).await.ok();
    assert_eq!(now.text("node.status"), "APPROVED");
    assert_eq!(now.data("node.assessments.nodes.0.obstacles"), &kept[0]);
    let approvals = now.each("node.events", "to").into_iter().filter(|to| *to == "APPROVED");
    assert_eq!(approvals.count(), 1);
});

scenario!(a_figure_is_recorded_before_the_report_or_not_at_all, async |app: &TestApp| {
    let year = Year::of(app).await;
    let controller = year.as_(app, Role::Controller).await;
    let report = open(&controller, &year.units.board, "UR1").await;
    year.complete(&controller, &report, "UR1").await;
    let seen = version(&controller, &report).await;
    let record = |number: usize| {
        let outcome = json!({ "indicator": year.indicator, "orgUnit": year.units.board,
            "period": { "year": 2024, "kind": "UR1" }, "value": format!("{number}") });
        let (client, document) = (controller.clone(), document("outcomesRecord", ""));
        async move { client.query(&document, json!({ "input": { "outcomes": [outcome] } })).await }
    };
    let submit = async {
        let input = json!({ "id": report, "version": seen });
        let document = document_of("reportSubmit", "ReportTransitionInput", "");
        controller.query(&document, json!({ "input": input })).await.ok()
    };
    let (recorded, _) = futures_util::join!(join_all((1..=20).map(record)), submit);
    let last = recorded.iter().map(|answer| {
        let codes: Vec<String> =
            answer.user_errors("outcomesRecord").into_iter().map(|error| error.code).collect();
        assert!(codes.is_empty() || codes == ["LOCKED"], "{answer}");
        codes.is_empty()
    });
    let kept = last.filter(|kept| *kept).count();
    taken(&controller, "reportApprove", &report, None).await;
    let query =
        "query ($id: ID!) { outcomes { nodes { value } } node(id: $id) { ... on FollowUpReport {
        decided { content } } } }";
    let found = controller.query(query, json!({ "id": report })).await.ok();
    let decided = found.data("node.decided.content.scorecard.0.outcome.value");
    assert_eq!(
        found.data("outcomes.nodes.0.value"),
        decided,
        "of {kept} that were recorded in time"
    );
});
