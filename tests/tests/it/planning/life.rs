//! From draft to decision to the end of the year, and who sees what on the way.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{document, goal, organisation, plan},
};

use super::{close, decide, focus_area, of, plan_on, refused, send, version};

scenario!(a_board_takes_up_the_councils_focus_areas, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let council = plan(&admin, &units.region, 2024).await;
    let health = focus_area(&admin, &council, "God hälsa", "COUNCIL").await;
    focus_area(&admin, &council, "Fullmäktiges eget", "OWN").await;
    decide(&admin, &council).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    focus_area(&admin, &board, "Ätbart och ärligt", "OWN").await;
    let administration = plan_on(&admin, &units.meals, 2024, &board).await;

    let query = "query ($plan: ID!) { plan(by: { id: $plan }) {
        basedOn { id }
        orgUnit { code }
        focusAreas(orderBy: { field: NAME }) { totalCount nodes { name } }
        answeredBy { nodes { id } }
    } }";
    let answer = admin.query(query, json!({ "plan": board })).await.ok();
    assert_eq!(
        answer.each("plan.focusAreas.nodes", "name"),
        ["God hälsa", "Ätbart och ärligt"],
        "its own and the council's, not the council's own"
    );
    assert_eq!(answer.data("plan.focusAreas.totalCount"), 2);
    assert_eq!(answer.text("plan.basedOn.id"), council);
    assert_eq!(answer.text("plan.orgUnit.code"), "DN");
    assert_eq!(answer.each("plan.answeredBy.nodes", "id"), [&json!(administration)]);

    let answer = admin.query(query, json!({ "plan": administration })).await.ok();
    assert_eq!(answer.each("plan.focusAreas.nodes", "name"), ["God hälsa"], "two steps up");

    let input = json!({ "plan": administration, "name": "Mer vegetariskt", "focusArea": health });
    let taken =
        send(&admin, "goalCreate", "goal { focusArea { name } plan { year } }", input).await;
    assert_eq!(taken["goal"]["focusArea"]["name"], "God hälsa");
});

scenario!(readers_see_a_plan_from_the_day_it_is_decided, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reader = app.as_(Role::Reader, &units.board).await;
    let reporter = app.as_(Role::Reporter, &units.board).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let goal = goal(&admin, &plan, "Ett utkast till mål").await;
    let query = "query ($plan: ID!, $goal: ID!) {
        plan(by: { id: $plan }) { history { totalCount nodes { kind fields { field after } } } }
        plans { totalCount }
        goals { totalCount }
        node(id: $goal) { ... on Goal { history { totalCount } } }
    }";
    let variables = json!({ "plan": plan, "goal": goal });

    let unseen = reader.query(query, &variables).await.ok();
    assert_eq!(unseen.data("plan"), &Value::Null);
    assert_eq!(unseen.data("node"), &Value::Null);
    assert_eq!(unseen.data("plans.totalCount"), 0);
    assert_eq!(unseen.data("goals.totalCount"), 0);
    assert_eq!(reporter.query(query, &variables).await.ok().data("goals.totalCount"), 1);

    decide(&admin, &plan).await;

    let seen = reader.query(query, &variables).await.ok();
    assert_eq!(seen.data("goals.totalCount"), 1);
    assert_eq!(seen.data("node.history.totalCount"), 0, "what the draft went through stays inside");
    assert_eq!(seen.data("plan.history.totalCount"), 1);
    assert_eq!(
        seen.each("plan.history.nodes.0.fields", "field"),
        ["status", "decidedOn", "decidedBy"],
    );
    let all = reporter.query(query, &variables).await.ok();
    assert_eq!(all.data("plan.history.totalCount"), 2);
    assert_eq!(all.data("node.history.totalCount"), 1);
});

scenario!(a_plan_is_decided_once_and_closed_once, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let close_it = json!({ "id": plan, "version": 1 });
    assert_eq!(
        refused(&admin, "planClose", close_it).await,
        of("NOT_ALLOWED_IN_STATE", "input.id"),
        "a draft has nothing to close"
    );
    let decision =
        |by: &str| json!({ "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": by });
    assert_eq!(
        refused(&admin, "planDecide", decision("  ")).await,
        of("REQUIRED", "input.decidedBy")
    );
    decide(&admin, &plan).await;
    assert_eq!(
        refused(&admin, "planDecide", decision("Driftnämnden")).await,
        of("NOT_ALLOWED_IN_STATE", "input.id")
    );
});

scenario!(a_closed_plan_refuses_every_change, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let goal = goal(&admin, &plan, "Nöjda matgäster").await;
    decide(&admin, &plan).await;
    close(&admin, &plan).await;

    let planned = json!({ "id": plan, "version": version(&admin, &plan).await, "title": "Ny" });
    let changed = json!({ "id": goal, "version": 1, "name": "Missnöjda" });
    let gone = json!({ "id": goal, "version": 1 });
    let named = json!({ "plan": plan, "name": "Till" });
    let section = json!({ "plan": plan, "heading": "Till" });
    let document = json!({ "plan": plan, "title": "Lag", "kind": "LAW" });
    let area = json!({ "plan": plan, "name": "Till", "origin": "OWN" });
    for (mutation, input) in [
        ("planUpdate", planned),
        ("goalUpdate", changed),
        ("goalDelete", gone),
        ("goalCreate", named.clone()),
        ("assignmentCreate", named.clone()),
        ("activityCreate", named),
        ("planSectionCreate", section),
        ("governingDocumentCreate", document),
        ("focusAreaCreate", area),
    ] {
        assert_eq!(refused(&admin, mutation, input).await, of("LOCKED", ""), "{mutation}");
    }
    let query =
        "query ($goal: ID!) { node(id: $goal) { ... on Goal { name viewerCannotUpdate } } }";
    let answer = admin.query(query, json!({ "goal": goal })).await.ok();
    assert_eq!(answer.text("node.name"), "Nöjda matgäster");
    assert_eq!(answer.data("node.viewerCannotUpdate"), &json!(["PLAN_CLOSED"]));
});

scenario!(a_unit_has_one_plan_a_year, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    plan(&admin, &units.board, 2024).await;
    let again = |year: i32| json!({ "orgUnit": units.board, "year": year, "title": "En till" });
    assert_eq!(refused(&admin, "planCreate", again(2024)).await, of("DUPLICATE", "input.year"));
    assert_eq!(refused(&admin, "planCreate", again(1066)).await, of("INVALID", "input.year"));

    let racing = futures_util::future::join_all((0..8).map(|_| async {
        let answer =
            admin.query(&document("planCreate", ""), json!({ "input": again(2025) })).await;
        answer.user_errors("planCreate").len()
    }));
    let refusals: usize = racing.await.iter().sum();
    assert_eq!(refusals, 7, "one of eight at once is first");
});

scenario!(a_plan_is_found_by_what_it_is_known_by, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let input = json!({
        "orgUnit": units.board,
        "year": 2024,
        "title": "Verksamhetsplan",
        "externalRefs": [{ "source": "stratsys", "externalId": "vp-24" }],
    });
    let made = send(&admin, "planCreate", "plan { id status }", input).await;
    assert_eq!(made["plan"]["status"], "DRAFT");
    let query = "query ($by: PlanBy!) { plan(by: $by) { id } }";
    let external = |id: &str| json!({ "external": { "source": "stratsys", "externalId": id } });
    let of_year = |year: i32| json!({ "orgUnitYear": { "orgUnit": units.board, "year": year } });
    for by in [json!({ "id": made["plan"]["id"] }), of_year(2024), external("vp-24")] {
        let answer = admin.query(query, json!({ "by": by })).await.ok();
        assert_eq!(answer.data("plan.id"), &made["plan"]["id"], "{by}");
    }
    for by in [of_year(2023), of_year(i32::MAX), external("vp-23"), external("\0")] {
        let answer = admin.query(query, json!({ "by": by })).await.ok();
        assert_eq!(answer.data("plan"), &Value::Null, "{by}");
    }
    for by in [json!({ "id": "nonsense" }), json!({ "id": units.board })] {
        assert_eq!(admin.query(query, json!({ "by": by })).await.code(), "BAD_USER_INPUT", "{by}");
    }
});

scenario!(who_may_not_plan_is_forbidden, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let reporter = app.as_(Role::Reporter, &units.board).await;
    let beside = app.as_(Role::Planner, &units.logistics).await;

    let rename = json!({ "id": plan, "version": 1, "title": "Min" });
    let decision =
        json!({ "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": "Jag" });
    for (mutation, input) in [("planUpdate", rename), ("planDecide", decision)] {
        let answer = reporter.query(&document(mutation, ""), json!({ "input": input })).await;
        assert_eq!(answer.code(), "FORBIDDEN", "{mutation}");
        assert_eq!(refused(&beside, mutation, input).await, of("NOT_FOUND", "input.id"));
    }
    assert_eq!(version(&admin, &plan).await, 1, "nothing has changed");
});
