//! What somebody holds is looked at for every event.

use serde_json::json;
use tests::{Client, Role, Socket, TestApp, scenario, setup};

use super::{SCORECARD, card, region};

/// Takes back every role of that kind.
async fn revoke(admin: &Client, role: &str) {
    let grants = format!("{{ roleGrants(filter: {{ role: {role} }}) {{ nodes {{ id }} }} }}");
    let found = admin.query(&grants, ()).await.ok();
    for grant in found.each("roleGrants.nodes", "id") {
        setup::send(admin, "roleRevoke", "", json!({ "id": grant })).await;
    }
}

scenario!(who_loses_a_role_sees_what_is_left, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let client = app.as_(Role::Reporter, &region).await;
    let mut socket = Socket::of(app, &client).await;
    let status = "subscription ($unit: ID!) { reportStatus(orgUnit: $unit) { id } }";
    socket.subscribe("card", SCORECARD, json!({ "unit": region })).await;
    socket.next("card").await;
    setup::outcome(&admin, &indicator, &region, (2024, "UR1"), "4.1").await;
    assert_eq!(socket.next("card").await, card(&[("SJUK", Some("5"), Some("4.1"))]));
    socket.subscribe("status", status, json!({ "unit": region })).await;
    socket.settle().await;
    // Somebody else's role is nobody's business.
    let _ = app.as_(Role::Planner, &region).await;
    revoke(&admin, "PLANNER").await;
    socket.settle().await;

    let mut grant = admin
        .query("{ roleGrants(filter: { role: REPORTER }) { nodes { principal } } }", ())
        .await
        .ok();
    let principal = grant.body["data"]["roleGrants"]["nodes"][0]["principal"].take();
    let input = json!({
        "principal": principal, "principalKind": "USER", "role": "READER", "orgUnit": region,
    });
    let document =
        "mutation ($input: RoleGrantInput!) { roleGrant(input: $input) { userErrors { code } } }";
    admin.query(document, json!({ "input": input })).await.ok();
    revoke(&admin, "REPORTER").await;
    assert_eq!(socket.next("card").await, card(&[("SJUK", Some("5"), None)]), "as readers see it");

    revoke(&admin, "READER").await;
    let mut ended = [socket.message().await, socket.message().await];
    ended.sort_by_key(|message| message["id"].to_string());
    for (message, id) in ended.iter().zip(["card", "status"]) {
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)), "{message}");
    }
    // As if it had never been there.
    let nothing = entity::node_id::encode(entity::vocabulary::NodeType::OrgUnit, uuid::Uuid::nil());
    socket.subscribe("nothing", SCORECARD, json!({ "unit": nothing })).await;
    let nothing = socket.message().await;
    let of = |message: &serde_json::Value| {
        let error = &message["payload"][0];
        (error["message"].clone(), error["extensions"].clone())
    };
    assert_eq!(of(&ended[0]), of(&nothing));
    assert_eq!(of(&ended[1]), of(&nothing));
});
