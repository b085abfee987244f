//! That the harness itself can be trusted.

use std::process::Command;

use chrono::{TimeDelta, Utc};
use entity::vocabulary::ActorKind;
use reqwest::Method;
use rodtrad::access::{token, viewer::Principal};
use tests::{Engine, TestApp, program, run, scenario};

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
