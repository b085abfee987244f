//! One outcome: recorded, changed, removed, and locked when its report is approved.

use entity::vocabulary::Role;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

use super::{figure, indicator, month, record, shown};

scenario!(two_people_and_one_outcome, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "R", "RATIO").await;
    let input = month(&id, &units.meals, 1, json!({ "numerator": "1", "denominator": "4" }));
    let outcome = setup::create(&admin, "outcome", input.clone()).await;
    let create = setup::document("outcomeCreate", "outcome { id }");
    let twice = admin.query(&create, json!({ "input": input })).await;
    assert_eq!(twice.user_errors("outcomeCreate")[0].code, "DUPLICATE");

    let update = setup::document(
        "outcomeUpdate",
        "outcome { version value numerator missingReason comment }",
    );
    let change = async |says: Value| {
        let mut input = says;
        input["id"] = json!(outcome);
        admin.query(&update, json!({ "input": input })).await
    };
    let one = change(json!({ "version": 1, "numerator": "2", "denominator": "4" })).await.ok();
    assert_eq!(shown(one.data("outcomeUpdate.outcome"), "version value"), "2 0.5");
    let other = change(json!({ "version": 1, "comment": "Preliminärt" })).await.ok();
    assert_eq!(
        shown(other.data("outcomeUpdate.outcome"), "version value comment"),
        "3 0.5 Preliminärt"
    );
    let late = change(json!({ "version": 1, "numerator": "3" })).await;
    assert_eq!(late.user_errors("outcomeUpdate")[0].code, "CONFLICT");
    let both = change(json!({ "version": 3, "missingReason": "NOT_MEASURED" })).await;
    assert_eq!(both.user_errors("outcomeUpdate")[0].code, "INVALID");
    let bare = change(json!({ "version": 3, "numerator": null })).await;
    assert_eq!(bare.user_errors("outcomeUpdate")[0].path(), "input.numerator");
    let gone = change(json!({
        "version": 3, "numerator": null, "denominator": null, "missingReason": "WITHDRAWN",
    }))
    .await
    .ok();
    assert_eq!(shown(gone.data("outcomeUpdate.outcome"), "value missingReason"), "null WITHDRAWN");

    let delete = setup::document("outcomeDelete", "deletedId");
    let stale = admin.query(&delete, json!({ "input": { "id": outcome, "version": 1 } })).await;
    assert_eq!(stale.user_errors("outcomeDelete")[0].code, "CONFLICT");
    let done = admin.query(&delete, json!({ "input": { "id": outcome, "version": 4 } })).await.ok();
    assert_eq!(done.text("outcomeDelete.deletedId"), outcome);
    assert_eq!(figure(&admin, &id, &units.meals, 1).await, Value::Null);
});

scenario!(an_approved_report_locks_its_outcomes, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "S", "SUM").await;
    let mut item = month(&id, &units.meals, 1, json!({ "value": "1" }));
    item["period"] = json!({ "year": 2024, "kind": "UR1" });
    record(&admin, [item.clone()]).await;
    let reader = app.as_(Role::Reader, &units.region).await;
    let list = "{ outcomes { nodes { id version state viewerCannotUpdate } } }";
    assert_eq!(reader.query(list, ()).await.ok().each("outcomes.nodes", "id").len(), 0);

    let transaction = app.db().begin().await.expect("a transaction");
    let confirm = "UPDATE outcome SET state = 'CONFIRMED'";
    transaction.execute_unprepared(confirm).await.expect("the outcome is confirmed");
    // Whoever changes rows by hand has to say so.
    app.expect_unlogged();
    let count = "UPDATE change_head SET unlogged = unlogged + 1";
    transaction.execute_unprepared(count).await.expect("it is counted");
    transaction.commit().await.expect("it is kept");

    let seen = reader.query(list, ()).await.ok();
    assert_eq!(seen.text("outcomes.nodes.0.state"), "CONFIRMED");
    let locked = admin.query(list, ()).await.ok();
    assert_eq!(locked.data("outcomes.nodes.0.viewerCannotUpdate"), &json!(["REPORT_APPROVED"]));
    // The same again is no change; another value, a word or a removal is.
    record(&admin, [item.clone()]).await;
    let document = setup::document("outcomesRecord", "");
    for (field, value) in [("value", "2"), ("comment", "Ett ord")] {
        let mut other = item.clone();
        other[field] = json!(value);
        let refused = admin.query(&document, json!({ "input": { "outcomes": [other] } })).await;
        let errors = refused.user_errors("outcomesRecord");
        assert_eq!(
            (errors[0].code.as_str(), errors[0].path().as_str()),
            ("LOCKED", "input.outcomes.0.period")
        );
    }
    let which = json!({ "id": locked.data("outcomes.nodes.0.id"), "version": 1 });
    let delete = setup::document("outcomeDelete", "deletedId");
    let refused = admin.query(&delete, json!({ "input": which })).await;
    assert_eq!(refused.user_errors("outcomeDelete")[0].code, "LOCKED");
});

scenario!(what_was_open_and_is_confidential_now, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "S", "SUM").await;
    let reader = app.as_(Role::Reader, &units.region).await;
    record(&admin, [month(&id, &units.meals, 1, json!({ "value": "4711" }))]).await;
    let history = "query ($id: ID!) { node(id: $id) { ... on Outcome { history { nodes {
        kind fields { field before after } } } } } }";
    let ask = json!({ "id": figure(&admin, &id, &units.meals, 1).await["id"] });
    let open = reader.query(history, ask.clone()).await.ok();
    assert!(open.to_string().contains("4711"));

    let secret = json!({ "value": "4711", "missingReason": "CONFIDENTIAL" });
    record(&admin, [month(&id, &units.meals, 1, secret)]).await;
    let closed = reader.query(history, ask.clone()).await.ok();
    assert!(!closed.to_string().contains("4711"), "{closed}");
    assert_eq!(closed.each("node.history.nodes", "kind"), ["UPDATED", "CREATED"]);

    // A change of what nobody else sees is a change all the same.
    let secret = json!({ "value": "4712", "missingReason": "CONFIDENTIAL" });
    record(&admin, [month(&id, &units.meals, 1, secret)]).await;
    let changed = admin.query(history, ask).await.ok();
    assert_eq!(
        changed.data("node.history.nodes.0.fields"),
        &json!([{ "field": "value", "before": "confidential", "after": "confidential" }])
    );
    assert_eq!(shown(&figure(&admin, &id, &units.meals, 1).await, "value version"), "4712 3");
});
