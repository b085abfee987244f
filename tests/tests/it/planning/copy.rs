//! Next year's plan begins where this year's is.

use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{create, indicator, organisation, plan},
};

use super::{close, decide, focus_area, of, plan_on, refused, send};

const PLAN: &str = "plan { id year title status decidedOn basedOn { year }
    sections { heading } governingDocuments { title } activities { totalCount }
    focusAreas(orderBy: { field: NAME }) { nodes { name plan { year } } }
    goals { nodes { id name parent { name plan { year } } focusArea { name plan { year } } indicators { nodes { code } } } }
    assignments { nodes {
        name status startsOn endsOn goal { name } parent { name plan { year } }
        responsible { kind function orgUnit { code } } indicators { nodes { code } }
    } }
}";

scenario!(the_red_thread_is_copied_to_next_year, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let waste = indicator(&admin, &units.region, "M1", "Matsvinn").await;
    let council = plan(&admin, &units.region, 2024).await;
    focus_area(&admin, &council, "God hälsa", "COUNCIL").await;
    create(&admin, "goal", json!({ "plan": council, "name": "Friska", "number": "1" })).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    let copied = "plan { goals { nodes { id } } focusAreas { nodes { id } } }";
    let next = send(&admin, "planCopy", copied, json!({ "plan": council, "year": 2025 })).await;
    assert_eq!(next["plan"]["goals"]["nodes"].as_array().map(Vec::len), Some(1));

    let query = "query ($plan: ID!) { plan(by: { id: $plan }) { goals { nodes { id } } focusAreas { nodes { id } } } }";
    let above = admin.query(query, json!({ "plan": council })).await.ok();
    let (superior, health) =
        (above.text("plan.goals.nodes.0.id"), above.text("plan.focusAreas.nodes.0.id"));
    focus_area(&admin, &board, "Eget", "OWN").await;
    create(&admin, "planSection", json!({ "plan": board, "heading": "Inledning" })).await;
    let input = json!({
        "plan": board, "name": "Bra mat", "number": "1", "parent": superior, "focusArea": health, "indicators": [waste],
    });
    let goal = create(&admin, "goal", input).await;
    let input = json!({ "plan": board, "name": "Nöjda gäster", "number": "1.1", "parent": goal });
    create(&admin, "goal", input).await;
    let input = json!({
        "plan": board, "name": "Minska svinnet", "goal": goal, "status": "DONE", "indicators": [waste],
        "startsOn": "2024-02-29", "endsOn": "2024-12-31",
        "responsible": [{ "kind": "RESPONSIBLE", "function": "Kökschef", "orgUnit": units.meals }],
    });
    let assignment = create(&admin, "assignment", input).await;
    create(&admin, "activity", json!({ "plan": board, "name": "Väg", "assignment": assignment }))
        .await;
    decide(&admin, &board).await;
    close(&admin, &board).await;

    let made = send(&admin, "planCopy", PLAN, json!({ "plan": board, "year": 2025 })).await;

    let copy = &made["plan"];
    assert_eq!(copy["title"], "Verksamhetsplan 2025");
    assert_eq!(copy["status"], "DRAFT");
    assert_eq!(copy["decidedOn"], Value::Null);
    assert_eq!(copy["basedOn"]["year"], 2025);
    assert_eq!(copy["sections"], json!([]));
    assert_eq!(copy["activities"]["totalCount"], 0);
    assert_eq!(
        copy["focusAreas"]["nodes"],
        json!([
            { "name": "Eget", "plan": { "year": 2025 } },
            { "name": "God hälsa", "plan": { "year": 2025 } },
        ])
    );
    let goals = &copy["goals"]["nodes"];
    assert_eq!(goals[0]["name"], "Bra mat");
    assert_ne!(goals[0]["id"], json!(goal));
    assert_eq!(goals[0]["parent"], json!({ "name": "Friska", "plan": { "year": 2025 } }));
    assert_eq!(goals[0]["focusArea"], json!({ "name": "God hälsa", "plan": { "year": 2025 } }));
    assert_eq!(goals[0]["indicators"]["nodes"], json!([{ "code": "M1" }]));
    assert_eq!(goals[1]["parent"], json!({ "name": "Bra mat", "plan": { "year": 2025 } }));
    assert_eq!(
        copy["assignments"]["nodes"],
        json!([{
            "name": "Minska svinnet", "status": "NOT_STARTED",
            "startsOn": "2025-02-28", "endsOn": "2025-12-31",
            "goal": { "name": "Bra mat" }, "parent": null,
            "responsible": [{ "kind": "RESPONSIBLE", "function": "Kökschef", "orgUnit": { "code": "MAT" } }],
            "indicators": { "nodes": [{ "code": "M1" }] },
        }])
    );
    assert_eq!(
        refused(&admin, "planCopy", json!({ "plan": board, "year": 2025 })).await,
        of("DUPLICATE", "input.year")
    );
});

scenario!(a_copy_is_made_once_for_a_key, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let board = plan(&admin, &units.board, 2024).await;
    let input =
        |unit: &str| json!({ "plan": board, "year": 2024, "orgUnit": unit, "idempotencyKey": "k" });
    let first = send(&admin, "planCopy", "plan { id }", input(&units.meals)).await;
    let again = send(&admin, "planCopy", "plan { id }", input(&units.meals)).await;
    assert_eq!(first, again);
    let other = refused(&admin, "planCopy", input(&units.logistics)).await;
    assert_eq!(other, of("DUPLICATE", "input.idempotencyKey"));
});

scenario!(a_large_plan_is_copied_in_as_many_statements_as_a_small_one, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let mut counts = Vec::new();
    for (unit, many) in [(&units.meals, 1), (&units.logistics, 12)] {
        let plan = plan(&admin, unit, 2024).await;
        let mut parent = Value::Null;
        for place in 0..many {
            let input = json!({ "plan": plan, "name": format!("Mål {place}"), "parent": parent });
            parent = json!(create(&admin, "goal", input).await);
            create(&admin, "assignment", json!({ "plan": plan, "name": "Gör", "goal": parent }))
                .await;
        }
        let copy = send(&admin, "planCopy", "", json!({ "plan": plan, "year": 2025 }));
        counts.push(app.statements(copy).await.1);
    }
    assert_eq!(counts[0], counts[1]);
});
