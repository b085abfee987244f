//! That the harness itself can be trusted.

use std::process::Command;

use chrono::{TimeDelta, Utc};
use entity::vocabulary::ActorKind;
use reqwest::Method;
use rodtrad::access::{token, viewer::Principal};
use serde_json::json;
use tests::{Engine, Role, TestApp, program, run, scenario, setup};

scenario!(a_server_answers_on_a_port_of_its_own, async |app: &TestApp| {
    let other = app.another(|config| config.public_read = true).await;
    assert_ne!(app.url(), other.url());
    for server in [app, &other] {
        let ready = server.anonymous().request(Method::GET, "/readyz").send().await;
        assert_eq!(ready.expect("an answer").status(), 200);
    }

    let (answer, statements) = app.statements(app.admin().query("{ __typename }", ())).await;
    assert_eq!(answer.ok().text("__typename"), "Query");
    assert!(statements <= 1, "{statements} statements to know who asks");
});

scenario!(an_error_has_its_code, async |app: &TestApp| {
    let answer = app.admin().query("{ unheardOf }", ()).await;
    assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED");
});

#[test]
fn the_program_is_what_the_tests_run() {
    let printed = Command::new(program()).arg("schema").output().expect("the program runs");
    run(Engine::Sqlite, async |app: &TestApp| {
        assert_eq!(String::from_utf8_lossy(&printed.stdout), app.sdl());
    });
}

scenario!(a_foreign_token_is_refused, async |app: &TestApp| {
    let mut foreign = app.token().clone();
    foreign.secret.reverse();
    let principal = Principal {
        kind: ActorKind::User,
        subject: "operator".to_owned(),
        name: None,
        groups: Vec::new(),
        operator: true,
    };
    let token = token::issue(&foreign, &principal, Utc::now(), TimeDelta::hours(1));

    let answer = app.bearer(token.expect("a token")).query("{ __typename }", ()).await;

    assert_eq!((answer.status.as_u16(), answer.code()), (401, "UNAUTHENTICATED"));
});

scenario!(a_setup_is_what_its_administrator_sees, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let plan = setup::plan(&admin, &organisation.meals, 2024).await;
    setup::goal(&admin, &plan, "Mindre matsvinn").await;
    setup::indicator(&admin, &organisation.region, "M1", "Matsvinn").await;

    let query = "query ($id: ID!) {
        goals { nodes { name plan { year } } }
        node(id: $id) { id ... on OrgUnit { code children { nodes { id } } } }
    }";
    let answer = admin.query(query, json!({ "id": organisation.board })).await.ok();

    assert_eq!(answer.each("goals.nodes", "plan.year"), [2024]);
    assert_eq!(answer.text("node.code"), "DN");
    assert_eq!(
        answer.each("node.children.nodes", "id"),
        [&organisation.logistics, &organisation.meals],
        "by name"
    );
});

scenario!(somebody_without_a_role_sees_nothing, async |app: &TestApp| {
    let organisation = setup::organisation(&app.admin()).await;
    let query = "query ($id: ID!) { node(id: $id) { id } }";

    let answer = app.subject("somebody").query(query, json!({ "id": organisation.region })).await;

    assert!(answer.ok().data("node").is_null());
});

scenario!(a_role_holds_below_its_unit_only, async |app: &TestApp| {
    let organisation = setup::organisation(&app.admin()).await;
    let reader = app.as_(Role::Reader, &organisation.meals).await;

    let query = "{ orgUnits { nodes { code } totalCount } }";
    let answer = reader.query(query, ()).await.ok();

    assert_eq!(answer.each("orgUnits.nodes", "code"), ["MAT"]);
    assert_eq!(answer.data("orgUnits.totalCount"), 1);
});
