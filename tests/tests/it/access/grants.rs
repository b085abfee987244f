//! Roles are granted and revoked, and hold from the next request on.

use entity::vocabulary::Role;
use serde_json::json;
use tests::{
    Client, TestApp, scenario,
    setup::{Organisation, document, organisation, send},
};

async fn grant(
    client: &Client,
    principal: &str,
    kind: &str,
    role: &str,
    unit: &str,
) -> tests::Answer {
    let input =
        json!({ "principal": principal, "principalKind": kind, "role": role, "orgUnit": unit });
    client.query(&document("roleGrant", "roleGrant { id role }"), json!({ "input": input })).await
}

async fn sees(client: &Client) -> i64 {
    let answer = client.query("{ orgUnits { totalCount } }", ()).await.ok();
    answer.data("orgUnits.totalCount").as_i64().expect("a number")
}

scenario!(a_grant_holds_until_it_is_revoked, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { board, .. } = organisation(&admin).await;
    let anna = app.subject("anna");
    assert_eq!(sees(&anna).await, 0);

    let given = grant(&admin, "anna", "USER", "READER", &board).await.ok();
    let id = given.text("roleGrant.roleGrant.id").to_owned();
    assert_eq!(sees(&anna).await, 3);

    let again = grant(&admin, "anna", "USER", "READER", &board).await.ok();
    assert_eq!(again.text("roleGrant.roleGrant.id"), id);
    assert_eq!(again.data("roleGrant.cursor"), given.data("roleGrant.cursor"));

    // Its own grant it sees, by every way, and cannot take away.
    let own = "query ($id: ID!) { node(id: $id) { __typename } roleGrants { nodes { id principal } } viewer { grants { id orgUnit { code } } } }";
    let seen = anna.query(own, json!({ "id": id })).await.ok();
    assert_eq!(seen.text("node.__typename"), "RoleGrant");
    assert_eq!(seen.data("roleGrants.nodes"), &json!([{ "id": id, "principal": "anna" }]));
    assert_eq!(seen.data("viewer.grants"), &json!([{ "id": id, "orgUnit": { "code": "DN" } }]));
    let revoke = document("roleRevoke", "deletedId");
    let input = json!({ "input": { "id": id } });
    assert_eq!(anna.query(&revoke, &input).await.code(), "FORBIDDEN");

    assert_eq!(admin.query(&revoke, &input).await.ok().text("roleRevoke.deletedId"), id);
    assert_eq!(sees(&anna).await, 0);
    let gone = admin.query(&revoke, &input).await;
    assert_eq!(gone.user_errors("roleRevoke")[0].code, "NOT_FOUND");
});

scenario!(only_administrators_of_the_unit_grant, async |app: &TestApp| {
    let Organisation { region, meals, logistics, .. } = organisation(&app.admin()).await;
    let local = app.as_(Role::Admin, &meals).await;
    grant(&local, "anna", "USER", "ADMIN", &meals).await.ok();
    for hidden in [&region, &logistics] {
        let refused = grant(&local, "anna", "USER", "READER", hidden).await;
        assert_eq!(refused.user_errors("roleGrant")[0].path(), "input.orgUnit");
    }
    let controller = app.as_(Role::Controller, &region).await;
    assert_eq!(grant(&controller, "anna", "USER", "READER", &meals).await.code(), "FORBIDDEN");
    for principal in ["", "  ", "a\u{7}b", &"x".repeat(256)] {
        let refused = grant(&local, principal, "GROUP", "READER", &meals).await;
        assert_eq!(refused.user_errors("roleGrant")[0].path(), "input.principal");
    }

    let list = "query ($unit: ID) { roleGrants(filter: { orgUnit: $unit }) { totalCount nodes { principal orgUnit { code } } } }";
    let seen = local.query(list, json!({ "unit": null })).await.ok();
    assert_eq!(seen.data("roleGrants.totalCount"), &json!(2));
    assert!(seen.each("roleGrants.nodes", "orgUnit.code").iter().all(|code| *code == "MAT"));
    let hidden = local.query(list, json!({ "unit": region })).await.ok();
    assert_eq!(hidden.data("roleGrants.totalCount"), &json!(0));
});

scenario!(an_organisation_keeps_an_administrator, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, .. } = organisation(&admin).await;
    let admins = "{ roleGrants(filter: { role: ADMIN }) { nodes { id principal } } }";
    let only = admin.query(admins, ()).await.ok().text("roleGrants.nodes.0.id").to_owned();
    let revoke = document("roleRevoke", "deletedId");
    let refused = admin.query(&revoke, json!({ "input": { "id": only } })).await;
    assert_eq!(refused.user_errors("roleRevoke")[0].code, "NOT_ALLOWED_IN_STATE");

    grant(&admin, "board", "GROUP", "ADMIN", &region).await.ok();
    // What is taken away is gone for the next mutation of the same operation.
    let both = "mutation ($id: ID!) {
        roleRevoke(input: { id: $id }) { deletedId }
        again: roleRevoke(input: { id: $id }) { userErrors { code } }
    }";
    let answer = admin.query(both, json!({ "id": only })).await;
    assert_eq!(answer.text("again.userErrors.0.code"), "NOT_FOUND");
    assert_eq!(sees(&admin).await, 0);
});

scenario!(an_organisation_is_its_makers_at_once, async |app: &TestApp| {
    let input = json!({ "code": "R", "name": "Region Halland", "kind": "COUNCIL" });
    let selection = "orgUnit { code viewerCannotUpdate history { totalCount } }";
    let made = send(&app.admin(), "orgUnitCreate", selection, input).await;
    assert_eq!(
        made.data("orgUnitCreate.orgUnit"),
        &json!({ "code": "R", "viewerCannotUpdate": [], "history": { "totalCount": 1 } })
    );
});
