//! Units are made, moved and removed, and nobody sees more of the tree than their roles cover.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, Organisation, document, org_unit, organisation},
};

const UNIT: &str = "query ($id: ID!) { orgUnit(by: { id: $id }) {
    version code parent { code } ancestors { code }
    children { totalCount nodes { code } } descendants { totalCount nodes { code } }
} }";

/// What the caller sees around a unit: its parent, what is above, right below and below it, by their codes.
async fn around(client: &Client, id: &str) -> Value {
    let answer = client.query(UNIT, json!({ "id": id })).await.ok();
    if answer.data("orgUnit").is_null() {
        return Value::Null;
    }
    let codes = |path: &str| answer.each(path, "code").into_iter().cloned().collect::<Vec<_>>();
    for list in ["children", "descendants"] {
        let nodes = codes(&format!("orgUnit.{list}.nodes")).len();
        assert_eq!(answer.data(&format!("orgUnit.{list}.totalCount")), &json!(nodes));
    }
    json!([
        answer.data("orgUnit.parent.code"),
        codes("orgUnit.ancestors"),
        codes("orgUnit.children.nodes"),
        codes("orgUnit.descendants.nodes"),
    ])
}

async fn change(client: &Client, id: &str, fields: Value) -> tests::Answer {
    let version = client.query(UNIT, json!({ "id": id })).await.ok();
    let mut input = json!({ "id": id, "version": version.data("orgUnit.version") });
    for (field, value) in fields.as_object().expect("fields") {
        input[field] = value.clone();
    }
    let document = document("orgUnitUpdate", "orgUnit { parent { code } }");
    client.query(&document, json!({ "input": input })).await
}

scenario!(a_department_moves_with_all_below_it, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, board, meals, logistics } = organisation(&admin).await;
    let kitchens = org_unit(&admin, Some(&meals), "KÖK", "Köken", "DEPARTMENT").await;
    org_unit(&admin, Some(&kitchens), "HAL", "Halmstad kök", "UNIT").await;
    let reader = app.as_(Role::Reader, &logistics).await;
    assert_eq!(around(&reader, &kitchens).await, Value::Null);

    let moved = change(&admin, &kitchens, json!({ "parent": logistics })).await.ok();
    assert_eq!(moved.text("orgUnitUpdate.orgUnit.parent.code"), "LOG");

    assert_eq!(
        around(&admin, &kitchens).await,
        json!(["LOG", ["R", "DN", "LOG"], ["HAL"], ["HAL"]])
    );
    assert_eq!(around(&admin, &meals).await, json!(["DN", ["R", "DN"], [], []]));
    assert_eq!(
        around(&admin, &logistics).await,
        json!(["DN", ["R", "DN"], ["KÖK"], ["HAL", "KÖK"]])
    );
    let below = json!(["DN", "HAL", "KÖK", "LOG", "MAT"]);
    assert_eq!(around(&admin, &region).await, json!([null, [], ["DN"], below]));
    assert_eq!(around(&reader, &kitchens).await, json!(["LOG", ["LOG"], ["HAL"], ["HAL"]]));
    assert_eq!(around(&admin, &board).await[1], json!(["R"]));
});

scenario!(a_tree_stays_a_tree, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, board, meals, .. } = organisation(&admin).await;
    let other = org_unit(&admin, None, "R2", "Region Skåne", "COUNCIL").await;
    let unseen = app.as_(Role::Admin, &meals).await;
    for (client, id, parent, code) in [
        (&admin, &board, json!(meals), "INVALID"),
        (&admin, &board, json!(board), "INVALID"),
        (&admin, &region, json!(meals), "INVALID"),
        (&admin, &region, json!(other), "INVALID"),
        (&admin, &board, json!(other), "INVALID"),
        (&admin, &board, json!(null), "INVALID"),
        (&unseen, &meals, json!(region), "NOT_FOUND"),
        (&unseen, &meals, json!("nonsense"), "INVALID"),
    ] {
        let refused = change(client, id, json!({ "parent": parent })).await;
        let errors = refused.user_errors("orgUnitUpdate");
        assert_eq!(errors[0].code, code, "{refused}");
        assert_eq!(errors[0].path(), "input.parent");
    }
    assert_eq!(around(&admin, &board).await[0], json!("R"));
    assert_eq!(around(&admin, &region).await[3], json!(["DN", "LOG", "MAT"]));

    change(&admin, &region, json!({ "parent": null })).await.ok();
});

scenario!(a_move_needs_both_ends, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { board, meals, logistics, .. } = organisation(&admin).await;
    let planner = app.as_(Role::Planner, &board).await;
    assert_eq!(change(&planner, &meals, json!({ "name": "Maten" })).await.code(), "FORBIDDEN");

    let owner = app.as_(Role::Admin, &meals).await;
    for (role, wanted) in [(Role::Controller, Some("FORBIDDEN")), (Role::Admin, None)] {
        let subject = owner.query("{ viewer { actor { subject } } }", ()).await.ok();
        let input = json!({
            "principal": subject.text("viewer.actor.subject"), "principalKind": "USER",
            "role": role.as_str(), "orgUnit": logistics,
        });
        setup::send(&admin, "roleGrant", "", input).await;
        let answer = change(&owner, &meals, json!({ "parent": logistics })).await;
        match wanted {
            Some(code) => assert_eq!(answer.code(), code),
            None => assert_eq!(answer.ok().text("orgUnitUpdate.orgUnit.parent.code"), "LOG"),
        }
    }
});

scenario!(a_token_for_one_area_sees_neither_parent_nor_siblings, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, board, meals, logistics } = organisation(&admin).await;
    let reader = app.as_(Role::Reader, &meals).await;
    assert_eq!(around(&reader, &meals).await, json!([null, [], [], []]));
    for hidden in [&region, &board, &logistics] {
        assert_eq!(around(&reader, hidden).await, Value::Null);
    }
    let answer = reader
        .query(
            "query ($ids: [ID!]!, $board: ID!, $region: ID!) {
                orgUnits { totalCount nodes { code } }
                roots: orgUnits(filter: { rootsOnly: true }) { totalCount nodes { code } }
                siblings: orgUnits(filter: { parent: $board }) { totalCount nodes { code } }
                below: orgUnits(filter: { under: $region }) { totalCount nodes { code } }
                byCode: orgUnit(by: { code: \"LOG\" }) { code }
                nodes(ids: $ids) { id }
            }",
            json!({ "ids": [meals, logistics, board], "board": board, "region": region }),
        )
        .await
        .ok();
    for (list, codes) in [
        ("orgUnits", json!(["MAT"])),
        ("roots", json!(["MAT"])),
        ("siblings", json!([])),
        ("below", json!([])),
    ] {
        assert_eq!(json!(answer.each(&format!("{list}.nodes"), "code")), codes, "{list}");
        assert_eq!(
            answer.data(&format!("{list}.totalCount")),
            &json!(codes.as_array().map(Vec::len))
        );
    }
    assert_eq!(answer.data("byCode"), &Value::Null);
    assert_eq!(answer.data("nodes"), &json!([{ "id": meals }, null, null]));
});

scenario!(a_code_is_one_units_own, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, meals, .. } = organisation(&admin).await;
    let create = document("orgUnitCreate", "orgUnit { id }");
    for (fields, code, path) in [
        (json!({ "code": "LOG" }), "DUPLICATE", "input.code"),
        (json!({ "code": " " }), "REQUIRED", "input.code"),
        (json!({ "name": "" }), "REQUIRED", "input.name"),
        (json!({ "name": "x".repeat(100_000) }), "INVALID", "input.name"),
        (json!({ "name": "a\u{0}b" }), "INVALID", "input.name"),
        (
            json!({ "activeFrom": "2024-05-01", "activeTo": "2024-04-30" }),
            "INVALID",
            "input.activeTo",
        ),
        (json!({ "parent": "AQ" }), "INVALID", "input.parent"),
    ] {
        let mut input = json!({ "code": "NY", "name": "Ny", "kind": "UNIT", "parent": region });
        for (field, value) in fields.as_object().expect("fields") {
            input[field] = value.clone();
        }
        let refused = admin.query(&create, json!({ "input": input })).await;
        let errors = refused.user_errors("orgUnitCreate");
        assert_eq!((errors[0].code.as_str(), errors[0].path().as_str()), (code, path), "{refused}");
    }
    let taken = change(&admin, &meals, json!({ "code": "LOG" })).await;
    assert_eq!(taken.user_errors("orgUnitUpdate")[0].code, "DUPLICATE");

    let other = org_unit(&admin, None, "R2", "Region Skåne", "COUNCIL").await;
    org_unit(&admin, Some(&other), "LOG", "Logistik", "AREA").await;
    let both = "{ orgUnit(by: { code: \"LOG\" }) { name } }";
    assert_eq!(admin.query(both, ()).await.code(), "BAD_USER_INPUT");
    let reader = app.as_(Role::Reader, &other).await;
    assert_eq!(reader.query(both, ()).await.ok().text("orgUnit.name"), "Logistik");
    let nul = admin.query("{ orgUnit(by: { code: \"\\u0000\" }) { name } }", ()).await.ok();
    assert_eq!(nul.data("orgUnit"), &Value::Null);
});

scenario!(only_operators_make_organisations, async |app: &TestApp| {
    let region = org_unit(&app.admin(), None, "R", "Region Halland", "COUNCIL").await;
    let admin = app.as_(Role::Admin, &region).await;
    let create = document("orgUnitCreate", "orgUnit { id }");
    let input = json!({ "code": "R2", "name": "Region Skåne", "kind": "COUNCIL" });
    assert_eq!(admin.query(&create, json!({ "input": input })).await.code(), "FORBIDDEN");
    assert_eq!(
        app.anonymous().query(&create, json!({ "input": input })).await.code(),
        "UNAUTHENTICATED"
    );
});

scenario!(a_unit_goes_only_when_nothing_hangs_under_it, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { board, meals, logistics, .. } = organisation(&admin).await;
    let reader = app.as_(Role::Reader, &logistics).await;
    setup::plan(&admin, &meals, 2024).await;
    let delete = document("orgUnitDelete", "deletedId");
    for (id, version, codes) in [
        (&board, 1, vec!["IN_USE"]),
        (&meals, 1, vec!["IN_USE"]),
        (&logistics, 7, vec!["CONFLICT"]),
        (&logistics, 1, vec![]),
        (&logistics, 1, vec!["NOT_FOUND"]),
    ] {
        let answer =
            admin.query(&delete, json!({ "input": { "id": id, "version": version } })).await;
        let errors = answer.user_errors("orgUnitDelete");
        assert_eq!(errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>(), codes);
    }
    assert_eq!(around(&admin, &board).await[3], json!(["MAT"]));
    let grants =
        reader.query("{ orgUnits { totalCount } roleGrants { totalCount } }", ()).await.ok();
    assert_eq!(
        grants.body["data"],
        json!({ "orgUnits": { "totalCount": 0 }, "roleGrants": { "totalCount": 0 } })
    );
});
