//! What the figures suggest for a goal.

use serde_json::{Value, json};
use tests::{TestApp, scenario, setup};

use super::{indicator, month, record};

scenario!(a_goal_is_as_good_as_its_worst, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let plan = setup::plan(&admin, &units.board, 2024).await;
    let first = indicator(&admin, &units.region, "A", "SUM").await;
    let linked = json!({ "plan": plan, "name": "Mål", "indicators": [first] });
    let goal = setup::create(&admin, "goal", linked).await;
    let light = async |period: Value| {
        let document = "query ($id: ID!, $period: PeriodInput) { node(id: $id) { ... on Goal {
            suggestedStatus(period: $period) } } }";
        let answer = admin.query(document, json!({ "id": goal, "period": period })).await.ok();
        answer.text("node.suggestedStatus").to_owned()
    };
    assert_eq!(light(Value::Null).await, "NONE");

    let input = json!({ "plan": plan, "goal": goal, "name": "Uppdrag", "status": "ONGOING" });
    let assignment = setup::create(&admin, "assignment", input).await;
    assert_eq!(light(Value::Null).await, "GREEN");

    // Today is 15 May 2024: UR1 is over.
    setup::target(&admin, &first, &units.board, 2024, "100").await;
    let mut item = month(&first, &units.meals, 1, json!({ "value": "103" }));
    item["period"] = json!({ "year": 2024, "kind": "UR1" });
    record(&admin, [item]).await;
    assert_eq!(light(Value::Null).await, "YELLOW");
    assert_eq!(light(json!({ "year": 2024, "kind": "UR2" })).await, "GREEN");

    // A part of the assignment that is late counts too, though no goal is named on it.
    let part = json!({
        "plan": plan, "parent": assignment, "name": "Delen", "status": "DELAYED", "endsOn": "2024-04-30",
    });
    setup::create(&admin, "assignment", part).await;
    assert_eq!(light(Value::Null).await, "RED");
});
