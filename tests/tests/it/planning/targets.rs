//! Targets belong to the plan of their year.

use serde_json::json;
use tests::{
    Role, TestApp, scenario,
    setup::{indicator, organisation, plan, target},
};

use super::{remove, send};

scenario!(targets_follow_and_are_not_overwritten, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let waste = indicator(&admin, &units.region, "M1", "Matsvinn").await;
    let leave = indicator(&admin, &units.region, "M2", "Sjukfrånvaro").await;
    let board = plan(&admin, &units.board, 2024).await;
    plan(&admin, &units.logistics, 2024).await;
    target(&admin, &waste, &units.board, 2024, "100").await;
    target(&admin, &leave, &units.board, 2024, "6.5").await;
    target(&admin, &waste, &units.meals, 2024, "90").await;
    target(&admin, &waste, &units.logistics, 2024, "80").await;
    target(&admin, &leave, &units.board, 2025, "5").await;

    let made =
        send(&admin, "planCopy", "plan { id }", json!({ "plan": board, "year": 2025 })).await;

    let query = "query ($waste: ID!, $leave: ID!) {
        waste: node(id: $waste) { ... on Indicator { targets { nodes { year value orgUnit { code } } } } }
        leave: node(id: $leave) { ... on Indicator { targets { nodes { year value orgUnit { code } } } } }
    }";
    let variables = json!({ "waste": waste, "leave": leave });
    let of_2025 = async || {
        let answer = admin.query(query, &variables).await.ok();
        let mut targets: Vec<String> = ["waste", "leave"]
            .iter()
            .flat_map(|one| answer.data(&format!("{one}.targets.nodes")).as_array().unwrap())
            .filter(|target| target["year"] == 2025)
            .map(|target| format!("{} {}", target["orgUnit"]["code"], target["value"]))
            .collect();
        targets.sort();
        targets
    };
    assert_eq!(
        of_2025().await,
        [r#""DN" "100""#, r#""DN" "5""#, r#""MAT" "90""#],
        "those of units without a plan of their own, and none that was there"
    );
    let _ = remove(&admin, "plan", made["plan"]["id"].as_str().unwrap()).await.ok();
    assert_eq!(of_2025().await, [r#""DN" "5""#], "removing the draft undoes the copy");
});

scenario!(removing_a_draft_publishes_no_target_that_was_set_in_it, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let indicator = indicator(&admin, &units.region, "M1", "Matsvinn").await;
    target(&admin, &indicator, &units.board, 2024, "100").await;
    let draft = plan(&admin, &units.board, 2024).await;
    target(&admin, &indicator, &units.meals, 2024, "90").await;
    let _ = remove(&admin, "plan", &draft).await.ok();

    let query = "query ($id: ID!) { node(id: $id) { ... on Indicator {
        targets { nodes { orgUnit { code } } }
    } } }";
    let reader = app.as_(Role::Reader, &units.region).await;
    let answer = reader.query(query, json!({ "id": indicator })).await.ok();
    assert_eq!(answer.each("node.targets.nodes", "orgUnit.code"), ["DN"]);
});

scenario!(
    a_target_changed_with_a_draft_is_set_back_before_the_draft_goes,
    async |app: &TestApp| {
        let admin = app.admin();
        let units = organisation(&admin).await;
        let indicator = indicator(&admin, &units.region, "M1", "Matsvinn").await;
        target(&admin, &indicator, &units.board, 2024, "100").await;
        let draft = plan(&admin, &units.board, 2024).await;
        target(&admin, &indicator, &units.board, 2024, "80").await;

        let refused = remove(&admin, "plan", &draft).await;
        assert_eq!(refused.user_errors("planDelete")[0].code, "IN_USE");

        target(&admin, &indicator, &units.board, 2024, "100").await;
        let _ = remove(&admin, "plan", &draft).await.ok();
        let query = "query ($id: ID!) { node(id: $id) { ... on Indicator { targets { nodes { value } } } } }";
        let reader = app.as_(Role::Reader, &units.region).await;
        let answer = reader.query(query, json!({ "id": indicator })).await.ok();
        assert_eq!(answer.each("node.targets.nodes", "value"), ["100"]);
    }
);
