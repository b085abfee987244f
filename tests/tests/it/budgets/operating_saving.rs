//! Two people who change one budget at once.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{create, document, organisation, send},
};

use super::operating::{budget, line, line_of, lines, refusal, version};

/// The conflicts that a mutation is refused for: "path field current yours".
async fn conflicts(client: &Client, mutation: &str, input: &Value) -> Vec<String> {
    let document =
        document(mutation, "").replace("field }", "field conflict { field current yours } }");
    let answer = client.query(&document, json!({ "input": input })).await;
    let errors = answer.data(&format!("{mutation}.userErrors")).as_array().expect("a payload");
    let told = |error: &Value| {
        assert_eq!(error["code"], "CONFLICT", "{answer}");
        let path: Vec<&str> =
            error["field"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let of = |name: &str| error["conflict"][name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {}", path.join("."), of("field"), of("current"), of("yours"))
    };
    errors.iter().map(told).collect()
}

scenario!(different_lines_both_survive, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (anna, bo) =
        (app.as_(Role::Planner, &units.board).await, app.as_(Role::Planner, &units.meals).await);
    let own = [line("COST", "Löner", "70"), line("COST", "Hyra", "20")];
    let id = budget(&anna, &units.meals, &own).await;
    let (salaries, rent) = (line_of(&anna, &id, "Löner").await, line_of(&anna, &id, "Hyra").await);
    let amount =
        |id: &str, amount: &str| json!({ "id": id, "version": 1, "budget": { "amount": amount } });
    send(&anna, "budgetLineUpdate", "", amount(&salaries, "75")).await;
    send(&bo, "budgetLineUpdate", "", amount(&rent, "25")).await;
    assert_eq!(lines(&anna, &id).await, ["COST Löner 75", "COST Hyra 25"]);
    // The same line: nothing is overwritten, but another of its fields may change.
    let refused = conflicts(&bo, "budgetLineUpdate", &amount(&salaries, "80")).await;
    assert_eq!(refused, ["input.budget budget 75 80"]);
    send(&bo, "budgetLineUpdate", "", amount(&salaries, "75")).await;
    send(&bo, "budgetLineUpdate", "", json!({ "id": salaries, "version": 1, "name": "Personal" }))
        .await;
    assert_eq!(lines(&anna, &id).await, ["COST Personal 75", "COST Hyra 25"]);
    let renamed = json!({ "id": salaries, "version": 1, "name": "Lön" });
    let refused = conflicts(&anna, "budgetLineUpdate", &renamed).await;
    assert_eq!(refused, ["input.name name Personal Lön"]);
});

scenario!(who_sends_the_whole_list_undoes_nobodys_change, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (anna, bo) =
        (app.as_(Role::Planner, &units.board).await, app.as_(Role::Planner, &units.meals).await);
    let names = ["Löner", "Hyra", "Resor", "IT"];
    let own = names.map(|name| line("COST", name, "10"));
    let id = budget(&anna, &units.meals, &own).await;
    let list = |version: i32, lines: &[(&str, &str)]| {
        let lines: Vec<Value> =
            lines.iter().map(|(name, amount)| line("COST", name, amount)).collect();
        json!({ "id": id, "version": version, "lines": lines })
    };
    // Anna changes one line, adds one and removes one.
    let annas = list(1, &[("Löner", "11"), ("Hyra", "10"), ("Resor", "10"), ("Kurser", "3")]);
    send(&anna, "operatingBudgetUpdate", "", annas).await;
    // Bo, who has read the same, changes another, adds another and removes another.
    let bos = list(1, &[("Löner", "10"), ("Hyra", "12"), ("IT", "10"), ("Möbler", "4")]);
    send(&bo, "operatingBudgetUpdate", "", bos).await;
    let both = ["COST Löner 11", "COST Hyra 12", "COST Kurser 3", "COST Möbler 4"];
    assert_eq!(lines(&anna, &id).await, both);
    assert_eq!(version(&anna, &id).await, 3);
    // Both want something of the same lines.
    let third = list(1, &[("Löner", "15"), ("Resor", "10"), ("IT", "11"), ("Kurser", "5")]);
    let refused = conflicts(&bo, "operatingBudgetUpdate", &third).await;
    assert_eq!(
        refused,
        [
            "input.lines.0.budget lines.COST.Löner 11 15",
            "input.lines.2.budget lines.COST.IT - 11",
            "input.lines.3.budget lines.COST.Kurser 3 5",
            "input.lines lines.COST.Hyra 12 -",
        ]
    );
    assert_eq!(lines(&anna, &id).await, both, "nothing has changed");
    // A line changed by itself counts as well, also under its new name.
    let salaries = line_of(&anna, &id, "Löner").await;
    let renamed = json!({ "id": salaries, "version": 2, "name": "Personal" });
    send(&anna, "budgetLineUpdate", "", renamed).await;
    let fourth = list(3, &[("Löner", "11"), ("Hyra", "13"), ("Kurser", "3"), ("Möbler", "4")]);
    send(&bo, "operatingBudgetUpdate", "", fourth).await;
    let now = ["COST Personal 11", "COST Hyra 13", "COST Kurser 3", "COST Möbler 4"];
    assert_eq!(lines(&anna, &id).await, now);
    for version in [0, -1, 6] {
        let refused =
            refusal(&bo, "operatingBudgetUpdate", &list(version, &[("Löner", "1")])).await;
        assert_eq!(refused, "INVALID input.version", "{version}");
    }
    let removal = json!({ "id": id, "version": 3 });
    let refused = refusal(&anna, "operatingBudgetDelete", &removal).await;
    assert_eq!(refused, "CONFLICT input.version");
    assert_eq!(lines(&anna, &id).await, now);
});

scenario!(what_was_done_once_is_not_done_twice, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let mut input = json!({
        "orgUnit": units.meals, "year": 2024, "idempotencyKey": "a",
        "lines": [line("COST", "Löner", "70")],
    });
    let id = create(&admin, "operatingBudget", input.clone()).await;
    assert_eq!(create(&admin, "operatingBudget", input.clone()).await, id);
    input["lines"][0]["budget"]["unit"] = json!("TKR");
    let refused = refusal(&admin, "operatingBudgetCreate", &input).await;
    assert_eq!(refused, "DUPLICATE input.idempotencyKey");
    let mut added = line("COST", "Hyra", "20");
    (added["operatingBudget"], added["idempotencyKey"]) = (json!(id), json!("b"));
    let rent = create(&admin, "budgetLine", added.clone()).await;
    assert_eq!(create(&admin, "budgetLine", added).await, rent);
    assert_eq!(lines(&admin, &id).await, ["COST Löner 70", "COST Hyra 20"]);
    let money = json!({ "amount": "5" });
    let said = json!({
        "period": { "year": 2024, "kind": "UR1" }, "idempotencyKey": "c",
        "lines": [{ "line": rent, "outcome": money, "forecast": money }],
    });
    let record = async || {
        let answer =
            send(&admin, "operatingFollowUpRecord", "followUps { id version }", said.clone()).await;
        answer.data("operatingFollowUpRecord.followUps").clone()
    };
    let first = record().await;
    assert_eq!((record().await, &first[0]["version"]), (first.clone(), &json!(1)));
});
