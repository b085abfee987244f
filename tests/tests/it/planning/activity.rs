//! What units do: their part of the plan, the competence plan and the work-environment plan.

use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{create, goal, organisation, plan},
};

use super::{of, plan_on, refused, send};

scenario!(an_activity_is_done_by_the_plans_unit_or_one_below, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let council = plan(&admin, &units.region, 2024).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    let beside = plan(&admin, &units.logistics, 2024).await;
    let superior = goal(&admin, &council, "Friska").await;
    let foreign = goal(&admin, &beside, "Snabba").await;
    let upper = create(&admin, "assignment", json!({ "plan": council, "name": "Minska" })).await;
    let there = create(&admin, "assignment", json!({ "plan": beside, "name": "Där" })).await;

    let selection =
        "activity { id kind status orgUnit { code } goals { name } assignment { name } }";
    let input = json!({ "plan": board, "name": "Väg", "goals": [superior], "assignment": upper });
    let made = send(&admin, "activityCreate", selection, input).await;
    let activity = &made["activity"];
    assert_eq!(activity["kind"], "OPERATIONS");
    assert_eq!(activity["status"], "NOT_STARTED");
    assert_eq!(activity["orgUnit"]["code"], "DN", "the plan's own unit unless said");
    assert_eq!(activity["goals"], json!([{ "name": "Friska" }]));
    assert_eq!(activity["assignment"]["name"], "Minska");

    let below = json!({ "plan": board, "name": "Väg", "orgUnit": units.meals });
    let below = send(&admin, "activityCreate", selection, below).await;
    assert_eq!(below["activity"]["orgUnit"]["code"], "MAT");

    for (field, value, path) in [
        ("orgUnit", json!(units.region), "input.orgUnit"),
        ("goals", json!([foreign]), "input.goals"),
        ("assignment", json!(there), "input.assignment"),
        ("percentDone", json!(101), "input.percentDone"),
        ("percentDone", json!(-1), "input.percentDone"),
        ("competenceCategory", json!("RECRUIT"), "input.competenceCategory"),
        ("name", json!("x".repeat(100_000)), "input.name"),
        ("description", json!("\u{7}"), "input.description"),
    ] {
        let mut input = json!({ "id": activity["id"], "version": 1 });
        input[field] = value;
        let refusal = refused(&admin, "activityUpdate", input).await;
        assert_eq!(refusal, of("INVALID", path), "{field}");
    }
    for field in ["name", "orgUnit", "kind", "status"] {
        let mut input = json!({ "id": activity["id"], "version": 1 });
        input[field] = Value::Null;
        let refusal = refused(&admin, "activityUpdate", input).await;
        assert_eq!(refusal, of("REQUIRED", &format!("input.{field}")));
    }
});

scenario!(activities_are_found_by_what_they_are_for, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let goal = goal(&admin, &plan, "Friska").await;
    let assignment = create(&admin, "assignment", json!({ "plan": plan, "name": "Minska" })).await;
    for input in [
        json!({ "name": "Väg", "assignment": assignment, "dueOn": "2024-03-31", "status": "DONE" }),
        json!({ "name": "Anställ", "kind": "COMPETENCE", "competenceCategory": "RECRUIT", "goals": [goal] }),
        json!({ "name": "Öva", "kind": "WORK_ENVIRONMENT", "orgUnit": units.meals, "dueOn": "2024-12-31" }),
    ] {
        let mut input = input;
        input["plan"] = json!(plan);
        create(&admin, "activity", input).await;
    }
    let query = "query ($filter: ActivityFilter, $order: ActivityOrder) {
        activities(filter: $filter, orderBy: $order) { nodes { name } totalCount }
    }";
    for (filter, wanted) in [
        (json!({}), vec!["Anställ", "Väg", "Öva"]),
        (json!({ "kind": ["COMPETENCE"] }), vec!["Anställ"]),
        (json!({ "competenceCategory": ["RECRUIT", "RETAIN"] }), vec!["Anställ"]),
        (json!({ "goal": goal }), vec!["Anställ"]),
        (json!({ "assignment": assignment }), vec!["Väg"]),
        (json!({ "status": ["DONE"] }), vec!["Väg"]),
        (json!({ "orgUnit": units.meals }), vec!["Öva"]),
        (json!({ "dueBefore": "2024-12-31" }), vec!["Väg"]),
        (json!({ "plan": plan, "year": 2024 }), vec!["Anställ", "Väg", "Öva"]),
        (json!({ "year": 2023 }), vec![]),
        (json!({ "kind": [] }), vec![]),
    ] {
        let answer = admin.query(query, json!({ "filter": filter })).await.ok();
        assert_eq!(answer.each("activities.nodes", "name"), wanted, "{filter}");
        assert_eq!(answer.data("activities.totalCount"), wanted.len(), "{filter}");
    }
    let due = json!({ "order": { "field": "DUE_ON" } });
    let answer = admin.query(query, due).await.ok();
    assert_eq!(answer.each("activities.nodes", "name"), ["Väg", "Öva", "Anställ"]);
    let wrong = admin.query(query, json!({ "filter": { "goal": plan } })).await;
    assert_eq!(wrong.code(), "BAD_USER_INPUT");
});
