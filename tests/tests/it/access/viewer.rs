//! The caller learns who it is, what it may do and what that costs.

use entity::vocabulary::Role;
use serde_json::json;
use tests::{
    TestApp, scenario,
    setup::{self, Organisation, organisation},
};

scenario!(can_says_what_a_mutation_would_say, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { region, meals, logistics, .. } = organisation(&admin).await;
    let plan = setup::plan(&admin, &meals, 2024).await;
    let goal = setup::goal(&admin, &plan, "Mätta gäster").await;
    let planner = app.as_(Role::Planner, &meals).await;
    let reader = app.as_(Role::Reader, &region).await;
    let query = "query ($on: ID!) { viewer {
        read: can(action: READ, on: $on) plan: can(action: PLAN, on: $on)
        administer: can(action: ADMINISTER, on: $on)
    } }";
    for (client, on, wanted) in [
        (&planner, &meals, [true, true, false]),
        (&planner, &plan, [true, true, false]),
        (&planner, &goal, [true, true, false]),
        (&planner, &logistics, [false, false, false]),
        (&planner, &region, [false, false, false]),
        (&reader, &meals, [true, false, false]),
        // A draft does not exist for a reader.
        (&reader, &plan, [false, false, false]),
        (&reader, &goal, [false, false, false]),
        (&admin, &goal, [true, true, true]),
    ] {
        let answer = client.query(query, json!({ "on": on })).await.ok();
        let [read, plan, administer] = wanted;
        assert_eq!(
            answer.data("viewer"),
            &json!({ "read": read, "plan": plan, "administer": administer }),
            "{on}"
        );
    }
    assert_eq!(admin.query(query, json!({ "on": "nonsense" })).await.code(), "BAD_USER_INPUT");
});

scenario!(many_questions_are_few_statements, async |app: &TestApp| {
    let admin = app.admin();
    let Organisation { meals, .. } = organisation(&admin).await;
    let plan = setup::plan(&admin, &meals, 2024).await;
    let mut goals = Vec::new();
    for number in 0..10 {
        goals.push(setup::goal(&admin, &plan, &format!("Mål {number}")).await);
    }
    let asked = |goals: &[String]| {
        let fields: Vec<String> = goals
            .iter()
            .enumerate()
            .map(|(place, goal)| format!("g{place}: can(action: PLAN, on: \"{goal}\")"))
            .collect();
        format!("{{ viewer {{ {} }} }}", fields.join(" "))
    };
    let (_, one) = app.fewest_statements(async || admin.query(&asked(&goals[..1]), ()).await).await;
    let (answer, many) =
        app.fewest_statements(async || admin.query(&asked(&goals), ()).await).await;
    assert_eq!(answer.ok().data("viewer.g9"), &json!(true));
    assert_eq!(one, many);
});

scenario!(who_the_viewer_is, async |app: &TestApp| {
    let query = "{ viewer { actor { subject kind name } grants { id } } }";
    let admin = app.admin().query(query, ()).await.ok();
    assert_eq!(
        admin.data("viewer"),
        &json!({ "actor": { "subject": "operator", "kind": "USER", "name": null }, "grants": [] })
    );
    assert_eq!(app.anonymous().query(query, ()).await.code(), "UNAUTHENTICATED");

    let open = app.another(|config| config.public_read = true).await;
    let anonymous = open.anonymous().query(query, ()).await.ok();
    assert_eq!(anonymous.text("viewer.actor.subject"), "anonymous");
});

scenario!(what_needs_no_token, async |app: &TestApp| {
    let query = "{ legend { code labelSv symbol } rateLimit { cost limit remaining resetAt } }";
    let answer = app.anonymous().query(query, ()).await.ok();
    assert_eq!(answer.data("legend.0"), &json!({ "code": "RED", "labelSv": "Röd", "symbol": "■" }));
    let (cost, limit) = (answer.data("rateLimit.cost"), answer.data("rateLimit.limit"));
    assert!(cost.as_i64() > Some(0), "{cost}");
    assert_eq!(
        answer.data("rateLimit.remaining").as_i64(),
        limit.as_i64().zip(cost.as_i64()).map(|(limit, cost)| limit - cost)
    );
    assert_eq!(answer.text("rateLimit.resetAt"), "2024-05-15T08:00:00+00:00");
});
