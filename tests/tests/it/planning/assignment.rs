//! What is to be done about a goal, who answers for it, and by when.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{create, document, org_unit, organisation, plan},
};

use super::{focus_area, of, plan_on, refused, send, version};

scenario!(an_assignment_is_under_its_goals_focus_area, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let health = focus_area(&admin, &plan, "God hälsa", "OWN").await;
    let climate = focus_area(&admin, &plan, "Klimat", "OWN").await;
    let input = json!({ "plan": plan, "name": "Bra mat", "focusArea": health });
    let goal = create(&admin, "goal", input).await;

    let of_both =
        |area: &str| json!({ "plan": plan, "name": "Svinn", "goal": goal, "focusArea": area });
    assert_eq!(
        refused(&admin, "assignmentCreate", of_both(&climate)).await,
        of("INVALID", "input.focusArea")
    );
    let under = create(&admin, "assignment", of_both(&health)).await;
    let right = json!({ "plan": plan, "name": "Eget", "focusArea": climate });
    let right = create(&admin, "assignment", right).await;

    let query = "query ($id: ID!, $area: ID!) {
        node(id: $id) { ... on Assignment { focusArea { name } goal { name assignments { nodes { id } } } } }
        area: node(id: $area) { ... on FocusArea { assignments { nodes { id } } } }
        assignments(filter: { focusArea: $area }) { nodes { id } }
    }";
    let both = json!({ "id": under, "area": climate });
    let answer = admin.query(query, &both).await.ok();
    assert_eq!(answer.text("node.focusArea.name"), "God hälsa");
    assert_eq!(answer.each("node.goal.assignments.nodes", "id"), [&json!(under)]);
    assert_eq!(answer.each("assignments.nodes", "id"), [&json!(right)]);

    let moved =
        json!({ "id": goal, "version": version(&admin, &goal).await, "focusArea": climate });
    send(&admin, "goalUpdate", "", moved).await;
    let answer = admin.query(query, &both).await.ok();
    assert_eq!(answer.text("node.focusArea.name"), "Klimat", "it follows its goal");
    assert_eq!(answer.each("area.assignments.nodes", "id"), [&json!(right)], "right under it");
    assert_eq!(answer.data("assignments.nodes").as_array().map(Vec::len), Some(2));
});

scenario!(an_assignment_has_its_place_in_the_plan, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let council = plan(&admin, &units.region, 2024).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    let above = create(&admin, "goal", json!({ "plan": council, "name": "Friska" })).await;
    let own = focus_area(&admin, &council, "Fullmäktiges eget", "OWN").await;
    let beside = plan(&admin, &units.logistics, 2024).await;
    let there = create(&admin, "assignment", json!({ "plan": beside, "name": "Där" })).await;
    let upper =
        create(&admin, "assignment", json!({ "plan": council, "name": "Övergripande" })).await;
    let input = json!({ "plan": board, "name": "Del", "parent": upper });
    let part = create(&admin, "assignment", input).await;
    let input = json!({ "plan": board, "name": "Del av del", "parent": part });
    let smallest = create(&admin, "assignment", input).await;

    for (field, value, path) in [
        ("goal", json!(above), "input.goal"),
        ("focusArea", json!(own), "input.focusArea"),
        ("parent", json!(there), "input.parent"),
        ("parent", json!(smallest), "input.parent"),
        ("parent", json!(part), "input.parent"),
        ("endsOn", json!("2023-12-31"), "input.endsOn"),
    ] {
        let mut input = json!({ "id": part, "version": 1, "startsOn": "2024-01-01" });
        input[field] = value;
        let refusal = refused(&admin, "assignmentUpdate", input).await;
        assert_eq!(refusal, of("INVALID", path), "{field}");
    }
    assert_eq!(version(&admin, &part).await, 1);
});

scenario!(who_answers_is_a_function_or_a_unit, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let foreign = org_unit(&admin, None, "X", "En annan region", "COUNCIL").await;
    let id = create(&admin, "assignment", json!({ "plan": plan, "name": "Svinn" })).await;
    let with = |one: Value| json!({ "id": id, "version": 1, "responsible": [{ "kind": "RESPONSIBLE", "function": "Chef" }, one] });
    for (one, code, field) in [
        (json!({ "kind": "REPORTING" }), "REQUIRED", "function"),
        (json!({ "kind": "REPORTING", "function": " " }), "REQUIRED", "function"),
        (json!({ "kind": "REPORTING", "function": "x".repeat(301) }), "INVALID", "function"),
        (json!({ "kind": "REPORTING", "orgUnit": plan }), "INVALID", "orgUnit"),
        (json!({ "kind": "REPORTING", "orgUnit": foreign }), "NOT_FOUND", "orgUnit"),
    ] {
        let refusal = refused(&admin, "assignmentUpdate", with(one)).await;
        assert_eq!(refusal, of(code, &format!("input.responsible.1.{field}")));
    }
    let both = with(json!({ "kind": "SUPPORTING", "orgUnit": units.region }));
    let selection = "assignment { version responsible { kind function orgUnit { code } } history { nodes { fields { field after } } } }";
    let done = send(&admin, "assignmentUpdate", selection, both).await;
    assert_eq!(
        done["assignment"]["responsible"],
        json!([
            { "kind": "RESPONSIBLE", "function": "Chef", "orgUnit": null },
            { "kind": "SUPPORTING", "function": null, "orgUnit": { "code": "R" } },
        ])
    );
    assert_eq!(done["assignment"]["history"]["nodes"][0]["fields"][0]["field"], "responsible");

    let below = app.as_(Role::Planner, &units.board).await;
    let query = "query ($id: ID!) { node(id: $id) { ... on Assignment {
        responsible { kind orgUnit { code } }
        history { nodes { fields { field after } } }
    } } }";
    let answer = below.query(query, json!({ "id": id })).await.ok();
    assert_eq!(answer.data("node.responsible.1.orgUnit"), &Value::Null, "it lies above");
    assert!(!answer.to_string().contains(&units.region), "nor in the history:\n{answer}");
    let mine = json!({ "id": id, "version": 1, "responsible": [] });
    let mutation = document("assignmentUpdate", "").replace("field }", "conflict { current } }");
    let answer = below.query(&mutation, json!({ "input": mine })).await;
    assert_eq!(
        answer.data("assignmentUpdate.userErrors.0.conflict.current"),
        "RESPONSIBLE Chef, SUPPORTING",
        "nor in a conflict"
    );
});

scenario!(assignments_without_an_end_come_last, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    for (number, ends) in [("1", None), ("2", Some("2024-12-31")), ("10", Some("2024-06-30"))] {
        let input = json!({ "plan": plan, "number": number, "name": number, "endsOn": ends });
        create(&admin, "assignment", input).await;
    }
    let query = "query ($order: AssignmentOrder, $first: Int, $after: String, $before: Date) {
        assignments(orderBy: $order, first: $first, after: $after, filter: { endsBefore: $before }) {
            nodes { number } pageInfo { endCursor hasNextPage } totalCount
        }
    }";
    let by = |field: &str, direction: &str| json!({ "order": { "field": field, "direction": direction } });
    for (variables, wanted) in [
        (by("NUMBER", "ASC"), vec!["1", "2", "10"]),
        (by("ENDS_ON", "ASC"), vec!["10", "2", "1"]),
        (by("ENDS_ON", "DESC"), vec!["1", "2", "10"]),
        (json!({ "before": "2024-12-31" }), vec!["10"]),
        (json!({ "before": "9999-12-31" }), vec!["2", "10"]),
    ] {
        let answer = admin.query(query, &variables).await.ok();
        assert_eq!(answer.each("assignments.nodes", "number"), wanted, "{variables}");
    }
    let mut variables = by("ENDS_ON", "ASC");
    variables["first"] = json!(1);
    let mut seen = Vec::new();
    loop {
        let answer = admin.query(query, &variables).await.ok();
        seen.push(answer.text("assignments.nodes.0.number").to_owned());
        variables["after"] = answer.data("assignments.pageInfo.endCursor").clone();
        if answer.data("assignments.pageInfo.hasNextPage") == false {
            break;
        }
    }
    assert_eq!(seen, ["10", "2", "1"], "page by page, over the missing day too");
});

scenario!(the_red_thread_costs_the_same_for_one_and_for_many, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let query = "{ plans { nodes {
        orgUnit { code } sections { heading } governingDocuments { title }
        focusAreas { nodes { name
            goals { nodes { name
                assignments { totalCount nodes { name focusArea { name } responsible { function orgUnit { name } }
                    activities { nodes { name orgUnit { name } goals { name } responsible { function } } }
                } }
            } }
            assignments { nodes { name } }
        } }
    } } }";
    let mut counts = Vec::new();
    for (year, many) in [(2023, 1), (2024, 4)] {
        let plan = plan(&admin, &units.board, year).await;
        create(&admin, "planSection", json!({ "plan": plan, "heading": "Ett" })).await;
        let area = focus_area(&admin, &plan, "Område", "OWN").await;
        for _ in 0..many {
            let goal = json!({ "plan": plan, "name": "Mål", "focusArea": area });
            let goal = create(&admin, "goal", goal).await;
            for _ in 0..many {
                let answers =
                    json!([{ "kind": "RESPONSIBLE", "function": "Chef", "orgUnit": units.meals }]);
                let input = json!({ "plan": plan, "name": "Uppdrag", "goal": goal, "responsible": answers });
                let assignment = create(&admin, "assignment", input).await;
                let input = json!({ "plan": plan, "name": "Aktivitet", "assignment": assignment, "goals": [goal], "responsible": answers });
                create(&admin, "activity", input).await;
            }
        }
        let (answer, statements) =
            app.fewest_statements(async || admin.query(query, ()).await).await;
        let _ = answer.ok();
        counts.push(statements);
    }
    assert_eq!(counts[0], counts[1]);
});
