//! Bad input of each kind gets a precise error, and leaves the database as it was.

use entity::node_id;
use entity::vocabulary::NodeType;
use rodtrad::domain::write;
use serde_json::{Value, json};
use tests::{Client, TestApp, scenario, setup};
use uuid::Uuid;

/// A query that cannot be answered, and the code that says why.
struct Question {
    what: &'static str,
    document: &'static str,
    variables: Value,
    code: &'static str,
}

/// A mutation that a person can mend, and what is wrong with it.
struct Attempt {
    what: &'static str,
    mutation: &'static str,
    input: Value,
    code: &'static str,
    field: &'static str,
}

const GOALS: &str =
    "query ($first: Int, $after: String) { goals(first: $first, after: $after) { nodes { id } } }";

async fn questions(admin: &Client) -> Vec<Question> {
    let other_order = admin
        .query("{ orgUnits(first: 1, orderBy: { field: CODE }) { pageInfo { endCursor } } }", ())
        .await
        .ok()
        .text("orgUnits.pageInfo.endCursor")
        .to_owned();
    let ask = |what, document, variables, code| Question { what, document, variables, code };
    let bad = "BAD_USER_INPUT";
    vec![
        ask("a negative page", GOALS, json!({ "first": -1 }), bad),
        ask("a page of a hundred thousand", GOALS, json!({ "first": 100_000 }), bad),
        ask("a cursor that is no text of ours", GOALS, json!({ "after": "åäö" }), bad),
        ask("a cursor with a wrong inside", GOALS, json!({ "after": "WyJ4Il0" }), bad),
        ask(
            "a cursor of another order",
            "query ($after: String) { orgUnits(after: $after, orderBy: { field: NAME }) { nodes { id } } }",
            json!({ "after": other_order }),
            bad,
        ),
        ask("both ends of a list", "{ goals(first: 1, last: 1) { nodes { id } } }", json!({}), bad),
        ask("what is no id", "{ node(id: \"nonsens\") { id } }", json!({}), bad),
        ask(
            "a filter by the id of another type",
            "query ($id: ID!) { goals(filter: { plan: $id }) { nodes { id } } }",
            json!({ "id": node_id::encode(NodeType::Goal, Uuid::now_v7()) }),
            bad,
        ),
        ask(
            "two hundred and one ids",
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            json!({ "ids": vec!["AQAB"; 201] }),
            bad,
        ),
    ]
}

fn attempts(
    plan: &str,
    goal: &str,
    measured: &str,
    organisation: &setup::Organisation,
) -> Vec<Attempt> {
    let unknown = |node| node_id::encode(node, Uuid::now_v7());
    let long = "x".repeat(100_000);
    let region = &organisation.region;
    let indicator = |code: &str, decimals: i64, tolerance: &str| {
        json!({
            "orgUnit": region, "code": code, "name": "Sjukfrånvaro", "category": "STAFF", "unit": "%",
            "decimals": decimals, "direction": "LOWER_IS_BETTER", "aggregation": "NONE",
            "frequency": ["AR"], "tolerance": tolerance,
        })
    };
    let outcome = |indicator: &str, year: i64| {
        json!({ "outcomes": [{
            "indicator": indicator, "orgUnit": organisation.meals,
            "period": { "year": year, "kind": "AR" }, "value": "6.5",
        }] })
    };
    let attempt =
        |what, mutation, input, code, field| Attempt { what, mutation, input, code, field };
    vec![
        attempt(
            "a plan that nobody knows",
            "goalCreate",
            json!({ "plan": unknown(NodeType::Plan), "name": "Mål" }),
            "NOT_FOUND",
            "input.plan",
        ),
        attempt(
            "the id of another type",
            "goalCreate",
            json!({ "plan": goal, "name": "Mål" }),
            "INVALID",
            "input.plan",
        ),
        attempt(
            "what is no id",
            "goalCreate",
            json!({ "plan": "nonsens", "name": "Mål" }),
            "INVALID",
            "input.plan",
        ),
        attempt(
            "an empty name",
            "goalCreate",
            json!({ "plan": plan, "name": "" }),
            "REQUIRED",
            "input.name",
        ),
        attempt(
            "a name of blanks",
            "goalCreate",
            json!({ "plan": plan, "name": " \t " }),
            "REQUIRED",
            "input.name",
        ),
        attempt(
            "a name of 100 kB",
            "goalCreate",
            json!({ "plan": plan, "name": long }),
            "INVALID",
            "input.name",
        ),
        attempt(
            "a name with a NUL",
            "goalCreate",
            json!({ "plan": plan, "name": "Mål\u{0}" }),
            "INVALID",
            "input.name",
        ),
        attempt(
            "a year out of range",
            "planCreate",
            json!({ "orgUnit": region, "year": 20_240, "title": "Plan" }),
            "INVALID",
            "input.year",
        ),
        attempt(
            "a second plan of a unit and year",
            "planCreate",
            json!({ "orgUnit": organisation.board, "year": 2024, "title": "Plan" }),
            "DUPLICATE",
            "input.year",
        ),
        attempt(
            "a code that is taken",
            "orgUnitCreate",
            json!({ "parent": region, "code": "MAT", "name": "En annan", "kind": "UNIT" }),
            "DUPLICATE",
            "input.code",
        ),
        attempt(
            "a circle of units",
            "orgUnitUpdate",
            json!({ "id": organisation.board, "version": 1, "parent": organisation.meals }),
            "INVALID",
            "input.parent",
        ),
        attempt(
            "a goal that is its own superior",
            "goalUpdate",
            json!({ "id": goal, "version": 1, "parent": goal }),
            "INVALID",
            "input.parent",
        ),
        attempt(
            "a version that there never was",
            "goalUpdate",
            json!({ "id": goal, "version": 7, "name": "Ett annat" }),
            "INVALID",
            "input.version",
        ),
        attempt(
            "a name cleared",
            "goalUpdate",
            json!({ "id": goal, "version": 1, "name": null }),
            "REQUIRED",
            "input.name",
        ),
        attempt(
            "a removal of what has changed",
            "goalDelete",
            json!({ "id": goal, "version": 0 }),
            "CONFLICT",
            "input.version",
        ),
        attempt(
            "seven decimals",
            "indicatorCreate",
            indicator("A", 7, "0.5"),
            "INVALID",
            "input.decimals",
        ),
        attempt(
            "a negative tolerance",
            "indicatorCreate",
            indicator("A", 1, "-0.5"),
            "INVALID",
            "input.tolerance",
        ),
        attempt(
            "more digits than are kept",
            "indicatorCreate",
            indicator("A", 1, "0.1234567"),
            "INVALID",
            "input.tolerance",
        ),
        attempt(
            "an outcome of a year out of range",
            "outcomesRecord",
            outcome(measured, 1),
            "INVALID",
            "input.outcomes.0.period.year",
        ),
        attempt(
            "an outcome of an indicator that nobody knows",
            "outcomesRecord",
            outcome(&unknown(NodeType::Indicator), 2023),
            "NOT_FOUND",
            "input.outcomes.0.indicator",
        ),
    ]
}

scenario!(bad_input_gets_a_precise_error_and_changes_nothing, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let plan = setup::plan(&admin, &organisation.board, 2024).await;
    let goal = setup::goal(&admin, &plan, "Minska sjukfrånvaron").await;
    let indicator = setup::indicator(&admin, &organisation.region, "SJUK", "Sjukfrånvaro").await;
    let before = write::head(app.db().reader()).await.expect("the log's head");

    for question in questions(&admin).await {
        let answer = admin.query(question.document, question.variables).await;
        assert_eq!(answer.code(), question.code, "{}: {answer}", question.what);
    }
    for attempt in attempts(&plan, &goal, &indicator, &organisation) {
        let document = setup::document(attempt.mutation, "");
        let answer = admin.query(&document, json!({ "input": attempt.input })).await;
        let errors = answer.user_errors(attempt.mutation);
        let found: Vec<_> =
            errors.iter().map(|error| (error.code.as_str(), error.path())).collect();
        assert_eq!(found, [(attempt.code, attempt.field.to_owned())], "{}: {answer}", attempt.what);
    }
    for (what, value) in [
        ("NaN", "NaN"),
        ("infinity", "Infinity"),
        ("a word", "många"),
        ("two points", "1.2.3"),
        ("nothing", ""),
    ] {
        let input = json!({ "outcomes": [{
            "indicator": goal, "orgUnit": organisation.meals,
            "period": { "year": 2023, "kind": "AR" }, "value": value,
        }] });
        let answer =
            admin.query(&setup::document("outcomesRecord", ""), json!({ "input": input })).await;
        assert!(
            matches!(answer.code(), "BAD_USER_INPUT" | "GRAPHQL_VALIDATION_FAILED"),
            "{what}: {answer}"
        );
    }

    let after = write::head(app.db().reader()).await.expect("the log's head");
    assert_eq!(before, after, "something was changed");
    let answer = admin
        .query(
            "query ($id: ID!) { node(id: $id) { ... on Goal { name version } } }",
            json!({ "id": goal }),
        )
        .await
        .ok();
    assert_eq!(answer.data("node"), &json!({ "name": "Minska sjukfrånvaron", "version": 1 }));
});

scenario!(an_unknown_id_is_null_in_a_query, async |app: &TestApp| {
    let admin = app.admin();
    let id = node_id::encode(NodeType::Goal, Uuid::now_v7());
    let document = "query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } orgUnit(by: { code: \"X\" }) { id } }";
    let answer = admin.query(document, json!({ "id": id, "ids": [id, id] })).await.ok();
    assert_eq!(
        answer.body["data"],
        json!({ "node": null, "nodes": [null, null], "orgUnit": null })
    );
});
