//! What ends an answer that is kept, and what does not.

use serde_json::json;
use tests::{TestApp, scenario, setup};

use super::{GOALS, is_kept, rename, until_kept};

scenario!(a_repeated_question_costs_one_look_at_the_log, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let plan = setup::plan(&admin, &organisation.board, 2024).await;
    setup::goal(&admin, &plan, "Mindre matsvinn").await;
    until_kept(app, &admin, GOALS, &json!({})).await;
    // The proof of the last one that was made may still be on its way.
    app.db().fresh().check().await.expect("a proof");

    let (statements, readings) = (app.db().statements(), app.db().fresh().readings());
    let (kept, answer) = is_kept(app, &admin, GOALS, &json!({})).await;
    assert!(kept);
    assert_eq!(answer.each("goals.nodes", "name"), ["Mindre matsvinn"]);
    assert_eq!(app.db().statements(), statements);
    assert_eq!(app.db().fresh().readings(), readings + 1);
});

scenario!(only_what_an_answer_reads_ends_it, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let reader = app.as_(tests::Role::Reporter, &organisation.region).await;
    let plan = setup::plan(&admin, &organisation.board, 2024).await;
    let goal = setup::goal(&admin, &plan, "Mindre matsvinn").await;
    let indicator = setup::indicator(&admin, &organisation.region, "M1", "Matsvinn").await;
    until_kept(app, &reader, GOALS, &json!({})).await;

    // Figures that it does not show, and another organisation's goals.
    setup::outcome(&admin, &indicator, &organisation.meals, (2024, "UR1"), "6.5").await;
    setup::target(&admin, &indicator, &organisation.meals, 2024, "6").await;
    let region = setup::org_unit(&admin, None, "R2", "Region Skåne", "COUNCIL").await;
    let elsewhere = setup::plan(&admin, &region, 2024).await;
    let foreign = setup::goal(&admin, &elsewhere, "Någon annans").await;
    rename(&admin, &foreign, "Någon annans mål").await;
    let (kept, answer) = is_kept(app, &reader, GOALS, &json!({})).await;
    assert!(kept);
    assert_eq!(answer.each("goals.nodes", "name"), ["Mindre matsvinn"]);

    rename(&admin, &goal, "Inget matsvinn").await;
    let (kept, answer) = is_kept(app, &reader, GOALS, &json!({})).await;
    assert!(!kept);
    assert_eq!(answer.each("goals.nodes", "name"), ["Inget matsvinn"]);

    // A link is a table of its own, and its change is logged as one of the goal.
    let linked = "{ goals { nodes { indicators { nodes { code } } } } }";
    let (answer, _) = until_kept(app, &reader, linked, &json!({})).await;
    assert_eq!(answer.data("goals.nodes.0.indicators.nodes"), &json!([]));
    let input = json!({ "id": goal, "version": 2, "indicators": [indicator] });
    setup::send(&admin, "goalUpdate", "", input).await;
    let answer = reader.query(linked, ()).await.ok();
    assert_eq!(answer.text("goals.nodes.0.indicators.nodes.0.code"), "M1");
});

scenario!(what_was_asked_is_told_apart_to_the_byte, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let query = "query ($unit: ID!) { orgUnits(filter: { under: $unit }) { nodes { name } } }";
    let by_id = "query A($id: ID!) { node(id: $id) { id } } query B($id: ID!) { node(id: $id) { __typename } }";
    for _ in 0..3 {
        for (unit, name) in
            [(&organisation.meals, "Måltidsservice"), (&organisation.logistics, "Logistikservice")]
        {
            let (answer, _) = until_kept(app, &admin, query, &json!({ "unit": unit })).await;
            assert_eq!(answer.each("orgUnits.nodes", "name"), [name]);
        }
        for (operation, field) in [("A", "id"), ("B", "__typename")] {
            let body = json!({
                "query": by_id,
                "operationName": operation,
                "variables": { "id": organisation.meals },
            });
            let answer = admin.post(&body).await.ok();
            assert!(answer.data("node")[field].is_string(), "{answer}");
        }
    }
});

scenario!(the_day_is_part_of_the_question, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let indicator = setup::indicator(&admin, &organisation.region, "M1", "Matsvinn").await;
    setup::outcome(&admin, &indicator, &organisation.meals, (2024, "UR1"), "6.5").await;
    let query = "{ outcomes { nodes { viewerCannotUpdate } } }";
    let (answer, _) = until_kept(app, &admin, query, &json!({})).await;
    assert_eq!(answer.data("outcomes.nodes.0.viewerCannotUpdate"), &json!([]));
    app.clock().set(2023, 12, 31);
    let answer = admin.query(query, ()).await.ok();
    assert_eq!(answer.data("outcomes.nodes.0.viewerCannotUpdate"), &json!(["PERIOD_NOT_STARTED"]));
    app.clock().set(2024, 1, 1);
    let answer = admin.query(query, ()).await.ok();
    assert_eq!(answer.data("outcomes.nodes.0.viewerCannotUpdate"), &json!([]));
});

scenario!(what_is_true_only_once_is_not_kept, async |app: &TestApp| {
    let admin = app.admin();
    setup::organisation(&admin).await;
    for query in [
        "{ rateLimit { resetAt } orgUnits { totalCount } }",
        // Errors.
        "{ orgUnits(first: -1) { totalCount } }",
        "{ unheardOf }",
        "{",
        // Half an answer.
        "{ orgUnits { totalCount } node(id: \"x\") { id } }",
    ] {
        for _ in 0..3 {
            let before = app.answers().given();
            admin.query(query, ()).await;
            app.db().fresh().check().await.expect("a proof");
            assert_eq!(app.answers().given().kept, before.kept, "{query}");
        }
    }
    assert_eq!(app.answers().bytes(), 0);
});
