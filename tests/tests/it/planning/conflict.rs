//! Two people saving at once never lose a word.

use serde_json::json;
use tests::{
    TestApp, scenario,
    setup::{create, document, organisation, plan},
};

use super::send;

scenario!(different_fields_both_survive, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let id = create(&admin, "assignment", json!({ "plan": plan, "name": "Minska svinnet" })).await;

    let number = json!({ "id": id, "version": 1, "number": "7.2" });
    send(&admin, "assignmentUpdate", "", number).await;
    let responsible = json!([{ "kind": "RESPONSIBLE", "function": "Kökschef" }]);
    let answers = json!({ "id": id, "version": 1, "responsible": responsible });
    let both = send(
        &admin,
        "assignmentUpdate",
        "assignment { version number responsible { kind function } }",
        answers,
    )
    .await;
    assert_eq!(
        both["assignment"],
        json!({ "version": 3, "number": "7.2", "responsible": responsible })
    );
});

scenario!(the_same_field_is_a_conflict_with_both_values, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let input = json!({ "plan": plan, "heading": "Inledning", "text": "Ett" });
    let id = create(&admin, "planSection", input).await;

    send(&admin, "planSectionUpdate", "", json!({ "id": id, "version": 1, "text": "Två" })).await;
    let mine = json!({ "id": id, "version": 1, "text": "Tre", "heading": "Förord" });
    let mutation = document("planSectionUpdate", "")
        .replace("field }", "field conflict { field current yours changedBy { subject } } }");
    let answer = admin.query(&mutation, json!({ "input": mine })).await;
    let error = answer.data("planSectionUpdate.userErrors.0");
    assert_eq!(error["code"], "CONFLICT");
    assert_eq!(
        error["conflict"],
        json!({ "field": "text", "current": "Två", "yours": "Tre", "changedBy": { "subject": "operator" } })
    );
    let query =
        "query ($id: ID!) { node(id: $id) { ... on PlanSection { heading text version } } }";
    let now = admin.query(query, json!({ "id": id })).await.ok();
    assert_eq!(
        now.data("node"),
        &json!({ "heading": "Inledning", "text": "Två", "version": 2 }),
        "nothing is overwritten, not even the field without a conflict"
    );
});
