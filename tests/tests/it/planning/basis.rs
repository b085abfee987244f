//! The chain of plans that a plan answers.

use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{create, org_unit, plan},
};

use super::{focus_area, of, plan_on, refused, remove, send, version};

/// The names of the focus areas that a plan works with.
async fn worked_with(client: &Client, plan: &str) -> Vec<String> {
    let query = "query ($plan: ID!) { plan(by: { id: $plan }) {
        focusAreas(orderBy: { field: NAME }) { nodes { name } }
    } }";
    let answer = client.query(query, json!({ "plan": plan })).await.ok();
    answer
        .each("plan.focusAreas.nodes", "name")
        .into_iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

async fn rebase(client: &Client, plan: &str, basis: Option<&str>) {
    let input = json!({ "id": plan, "version": version(client, plan).await, "basedOn": basis });
    send(client, "planUpdate", "", input).await;
}

scenario!(a_deep_chain_follows_when_its_middle_moves, async |app: &TestApp| {
    let admin = app.admin();
    let mut units: Vec<String> = Vec::new();
    let mut plans: Vec<String> = Vec::new();
    for depth in 0..5 {
        let code = format!("N{depth}");
        let parent = units.last().cloned();
        units.push(org_unit(&admin, parent.as_deref(), &code, &code, "AREA").await);
        let made = match plans.last() {
            None => plan(&admin, &units[0], 2024).await,
            Some(basis) => plan_on(&admin, &units[depth], 2024, basis).await,
        };
        focus_area(&admin, &made, &format!("F{depth}"), "COUNCIL").await;
        plans.push(made);
    }
    assert_eq!(worked_with(&admin, &plans[4]).await, ["F0", "F1", "F2", "F3", "F4"]);

    rebase(&admin, &plans[2], Some(&plans[0])).await;
    assert_eq!(worked_with(&admin, &plans[2]).await, ["F0", "F2"]);
    assert_eq!(worked_with(&admin, &plans[4]).await, ["F0", "F2", "F3", "F4"]);
    assert_eq!(worked_with(&admin, &plans[1]).await, ["F0", "F1"]);

    rebase(&admin, &plans[2], None).await;
    assert_eq!(worked_with(&admin, &plans[3]).await, ["F2", "F3"]);
    rebase(&admin, &plans[2], Some(&plans[1])).await;
    assert_eq!(worked_with(&admin, &plans[4]).await, ["F0", "F1", "F2", "F3", "F4"]);
    assert_eq!(worked_with(&admin, &plans[0]).await, ["F0"]);
});

scenario!(a_plan_answers_one_of_a_unit_above_and_the_same_year, async |app: &TestApp| {
    let admin = app.admin();
    let units = tests::setup::organisation(&admin).await;
    let council = plan(&admin, &units.region, 2024).await;
    let old = plan(&admin, &units.region, 2023).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    let meals = plan_on(&admin, &units.meals, 2024, &board).await;
    let logistics = plan(&admin, &units.logistics, 2024).await;
    let elsewhere = org_unit(&admin, None, "X", "En annan region", "COUNCIL").await;
    let foreign = plan(&admin, &elsewhere, 2024).await;

    for (basis, why) in [
        (&old, "another year"),
        (&logistics, "a unit beside"),
        (&foreign, "another organisation"),
        (&meals, "itself"),
    ] {
        let version = version(&admin, &meals).await;
        let input = json!({ "id": meals, "version": version, "basedOn": basis });
        let refusal = refused(&admin, "planUpdate", input).await;
        assert_eq!(refusal, of("INVALID", "input.basedOn"), "{why}");
    }
    let version = version(&admin, &board).await;
    let circle = json!({ "id": board, "version": version, "basedOn": meals });
    assert_eq!(refused(&admin, "planUpdate", circle).await, of("INVALID", "input.basedOn"));
});

scenario!(a_basis_that_something_hangs_under_stays, async |app: &TestApp| {
    let admin = app.admin();
    let units = tests::setup::organisation(&admin).await;
    let council = plan(&admin, &units.region, 2024).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    let meals = plan_on(&admin, &units.meals, 2024, &board).await;
    let area = focus_area(&admin, &council, "God hälsa", "COUNCIL").await;
    let upper = create(&admin, "goal", json!({ "plan": council, "name": "Friska" })).await;
    let above = create(&admin, "assignment", json!({ "plan": council, "name": "Gör" })).await;
    let hanging = |noun: &str| match noun {
        "goal" => json!({ "plan": meals, "name": "Under mål", "parent": upper }),
        "assignment" => json!({ "plan": meals, "name": "Under område", "focusArea": area }),
        "activity" => json!({ "plan": meals, "name": "Under uppdrag", "assignment": above }),
        _ => json!({ "plan": meals, "name": "För mål", "goals": [upper] }),
    };
    for noun in ["goal", "assignment", "activity", "serving activity"] {
        let made = create(&admin, noun.split(' ').next_back().unwrap(), hanging(noun)).await;
        let version = version(&admin, &board).await;
        let leave = json!({ "id": board, "version": version, "basedOn": null });
        let refusal = refused(&admin, "planUpdate", leave).await;
        assert_eq!(refusal, of("IN_USE", "input.basedOn"), "{noun}");
        let noun = noun.split(' ').next_back().unwrap();
        let _ = remove(&admin, noun, &made).await.ok();
    }
    rebase(&admin, &board, None).await;
});
