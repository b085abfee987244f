//! Nobody is given what only somebody else may see, and what one may see holds from the very next request.

use chrono::{TimeDelta, Utc};
use entity::vocabulary::ActorKind;
use futures_util::future::join_all;
use rodtrad::access::{token, viewer::Principal};
use serde_json::{Value, json};
use tests::{Client, Role, TestApp, scenario, setup};

use super::{GOALS, is_kept, twin, until_kept};

const UNITS: &str = "{ orgUnits(orderBy: { field: CODE }) { totalCount nodes { code } } }";

fn units(answer: &tests::Answer) -> Vec<String> {
    answer
        .each("orgUnits.nodes", "code")
        .into_iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

async fn grant(admin: &Client, principal: &str, role: &str, unit: &str) -> String {
    let input =
        json!({ "principal": principal, "principalKind": "USER", "role": role, "orgUnit": unit });
    let answer = setup::send(admin, "roleGrant", "roleGrant { id }", input).await;
    answer.text("roleGrant.roleGrant.id").to_owned()
}

scenario!(the_same_document_shows_each_what_is_theirs, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let readers = [
        (app.as_(Role::Reader, &organisation.region).await, vec!["DN", "LOG", "MAT", "R"]),
        (app.as_(Role::Reader, &organisation.board).await, vec!["DN", "LOG", "MAT"]),
        (app.as_(Role::Reader, &organisation.meals).await, vec!["MAT"]),
        (app.as_(Role::Reader, &organisation.logistics).await, vec!["LOG"]),
        (app.subject("nobody"), vec![]),
        (admin, vec!["DN", "LOG", "MAT", "R"]),
    ];
    let ask = async |(reader, codes): &(Client, Vec<&str>)| {
        for _ in 0..10 {
            assert_eq!(units(&reader.query(UNITS, ()).await.ok()), *codes);
        }
    };
    join_all(readers.iter().map(ask)).await;
    assert_eq!(app.anonymous().query(UNITS, ()).await.code(), "UNAUTHENTICATED");
});

scenario!(a_role_holds_from_the_very_next_request_to_the_last, async |app: &TestApp| {
    let other = twin(app).await;
    let organisation = setup::organisation(&app.admin()).await;
    grant(&app.admin(), "anna", "READER", &organisation.meals).await;
    // Berit holds what Anna is given, so that the answer is there to be mistaken for hers.
    grant(&app.admin(), "berit", "READER", &organisation.meals).await;
    grant(&app.admin(), "berit", "READER", &organisation.logistics).await;
    for round in 0..8 {
        let (writer, reader) = if round % 2 == 0 { (app, &other) } else { (&other, app) };
        let (anna, berit) = (reader.subject("anna"), reader.subject("berit"));
        assert_eq!(units(&until_kept(reader, &berit, UNITS, &json!({})).await.0), ["LOG", "MAT"]);
        assert_eq!(units(&until_kept(reader, &anna, UNITS, &json!({})).await.0), ["MAT"]);

        let given = grant(&writer.admin(), "anna", "READER", &organisation.logistics).await;
        assert_eq!(units(&anna.query(UNITS, ()).await.ok()), ["LOG", "MAT"]);

        setup::send(&writer.admin(), "roleRevoke", "", json!({ "id": given })).await;
        assert_eq!(units(&anna.query(UNITS, ()).await.ok()), ["MAT"]);
        assert_eq!(units(&berit.query(UNITS, ()).await.ok()), ["LOG", "MAT"]);
    }
});

scenario!(those_who_see_the_same_share_what_is_not_about_them, async |app: &TestApp| {
    let organisation = setup::organisation(&app.admin()).await;
    for who in ["anna", "berit"] {
        grant(&app.admin(), who, "READER", &organisation.meals).await;
    }
    let (anna, berit) = (app.subject("anna"), app.subject("berit"));
    until_kept(app, &anna, UNITS, &json!({})).await;
    assert!(is_kept(app, &berit, UNITS, &json!({})).await.0, "hers is as good");

    for query in [
        "{ viewer { actor { subject } } }",
        "{ viewer { grants { principal } } orgUnits { totalCount } }",
        "{ roleGrants { nodes { principal } } }",
    ] {
        for (client, name) in [(&anna, "anna"), (&berit, "berit"), (&anna, "anna")] {
            let (answer, _) = until_kept(app, client, query, &json!({})).await;
            let text = answer.body.to_string();
            let other = if name == "anna" { "berit" } else { "anna" };
            assert!(text.contains(name) && !text.contains(other), "{name}: {text}");
        }
    }
});

scenario!(a_decision_shows_readers_the_plan_at_once, async |app: &TestApp| {
    let other = twin(app).await;
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    grant(&admin, "anna", "READER", &organisation.board).await;
    let plan = setup::plan(&admin, &organisation.board, 2024).await;
    setup::goal(&admin, &plan, "Mindre matsvinn").await;
    for server in [app, &other] {
        let (answer, _) = until_kept(server, &server.subject("anna"), GOALS, &json!({})).await;
        assert_eq!(answer.data("goals.totalCount"), 0, "it is a draft");
    }
    let input =
        json!({ "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": "Driftnämnden" });
    setup::send(&admin, "planDecide", "", input).await;
    for server in [app, &other] {
        let answer = server.subject("anna").query(GOALS, ()).await.ok();
        assert_eq!(answer.data("goals.totalCount"), 1);
    }
});

scenario!(a_unit_that_moves_is_seen_where_it_went, async |app: &TestApp| {
    let other = twin(app).await;
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let kitchen = setup::org_unit(&admin, Some(&organisation.meals), "KOK", "Kök", "UNIT").await;
    for (who, unit) in [("anna", &organisation.meals), ("berit", &organisation.logistics)] {
        grant(&admin, who, "READER", unit).await;
    }
    let see = async |server: &TestApp| {
        let anna = units(&server.subject("anna").query(UNITS, ()).await.ok());
        let berit = units(&server.subject("berit").query(UNITS, ()).await.ok());
        (anna, berit)
    };
    for server in [app, &other] {
        until_kept(server, &server.subject("anna"), UNITS, &json!({})).await;
        until_kept(server, &server.subject("berit"), UNITS, &json!({})).await;
        assert_eq!(see(server).await, (vec!["KOK".into(), "MAT".into()], vec!["LOG".into()]));
    }
    let input = json!({ "id": kitchen, "version": 1, "parent": organisation.logistics });
    setup::send(&admin, "orgUnitUpdate", "", input).await;
    for server in [app, &other] {
        assert_eq!(see(server).await, (vec!["MAT".into()], vec!["KOK".into(), "LOG".into()]));
    }
});

scenario!(a_new_name_of_who_made_a_change_shows_at_once, async |app: &TestApp| {
    let organisation = setup::organisation(&app.admin()).await;
    grant(&app.admin(), "anna", "PLANNER", &organisation.board).await;
    let named = |name: &str| {
        let principal = Principal {
            kind: ActorKind::User,
            subject: "anna".to_owned(),
            name: Some(name.to_owned()),
            groups: Vec::new(),
            operator: false,
        };
        let token = token::issue(app.token(), &principal, Utc::now(), TimeDelta::hours(1));
        app.bearer(token.expect("a token"))
    };
    let plan = setup::plan(&named("Anna Ek"), &organisation.board, 2024).await;
    let query = "{ plans { nodes { updatedBy { name } } } }";
    let (answer, _) = until_kept(app, &app.admin(), query, &json!({})).await;
    assert_eq!(answer.text("plans.nodes.0.updatedBy.name"), "Anna Ek");

    // The log tells of a section and not of the name, which the plan shows too.
    app.expect_unlogged();
    let input = json!({ "plan": plan, "heading": "Ekonomi" });
    setup::create(&named("Anna Alm"), "planSection", input).await;
    let answer = app.admin().query(query, ()).await.ok();
    assert_eq!(answer.text("plans.nodes.0.updatedBy.name"), "Anna Alm");
});
