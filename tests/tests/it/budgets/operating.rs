//! Operating budgets: what a unit is to take in and spend, line by line.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, UserError, scenario,
    setup::{self, create, document, organisation},
};

/// A line in kronor.
pub fn line(kind: &str, name: &str, amount: &str) -> Value {
    json!({ "kind": kind, "name": name, "budget": { "amount": amount } })
}

/// A unit's budget of 2024: its id.
pub async fn budget(client: &Client, unit: &str, lines: &[Value]) -> String {
    let input = json!({ "orgUnit": unit, "year": 2024, "lines": lines });
    create(client, "operatingBudget", input).await
}

/// A budget in a few texts: its sums, and its lines as "REVENUE Taxor 100".
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub sums: String,
    pub lines: Vec<String>,
}

/// What a viewer is told of a budget.
pub async fn told(client: &Client, id: &str) -> Told {
    let query = "query ($id: ID!) { node(id: $id) { ... on OperatingBudget {
        currency revenue { amount } cost { amount } result { amount }
        lines { kind name budget { amount currency } } } } }";
    let found = client.query(query, json!({ "id": id })).await.ok();
    let node = found.data("node");
    let text = |path: &str| node.pointer(path).and_then(Value::as_str).unwrap_or("-").to_owned();
    let sums = ["/currency", "/revenue/amount", "/cost/amount", "/result/amount"].map(text);
    let line = |line: &Value| {
        assert_eq!(line["budget"]["currency"], node["currency"]);
        let all = [&line["kind"], &line["name"], &line["budget"]["amount"]];
        all.map(|part| part.as_str().expect("a text")).join(" ")
    };
    let lines = node["lines"].as_array().into_iter().flatten().map(line).collect();
    Told { sums: sums.join(" "), lines }
}

/// The lines of a budget, as the viewer is told.
pub async fn lines(client: &Client, id: &str) -> Vec<String> {
    told(client, id).await.lines
}

/// The id of a line of a budget, by its name.
pub async fn line_of(client: &Client, budget: &str, name: &str) -> String {
    let query =
        "query ($id: ID!) { node(id: $id) { ... on OperatingBudget { lines { id name } } } }";
    let found = client.query(query, json!({ "id": budget })).await.ok();
    let lines = found.data("node.lines").as_array().expect("lines");
    let line = lines.iter().find(|line| line["name"] == name).expect("a line of that name");
    line["id"].as_str().expect("an id").to_owned()
}

/// The version of a node.
pub async fn version(client: &Client, id: &str) -> i64 {
    let node = "query ($id: ID!) { node(id: $id) { ... on Tracked { version } } }";
    let answer = client.query(node, json!({ "id": id })).await.ok();
    answer.data("node.version").as_i64().unwrap_or_else(|| panic!("a version in {answer}"))
}

/// Takes a plan to the board, which decides it.
pub async fn decide(client: &Client, plan: &str) {
    let decision = json!({
        "id": plan, "version": version(client, plan).await,
        "decidedOn": "2023-11-15", "decidedBy": "Driftnämnden",
    });
    setup::send(client, "planDecide", "", decision).await;
}

/// Sends a mutation that is refused: the codes and paths of its userErrors.
pub async fn refusals(client: &Client, mutation: &str, input: &Value) -> Vec<(String, String)> {
    let answer = client.query(&document(mutation, ""), json!({ "input": input })).await;
    let told = |error: UserError| (error.code.clone(), error.path());
    answer.user_errors(mutation).into_iter().map(told).collect()
}

/// The same, of one userError.
pub async fn refusal(client: &Client, mutation: &str, input: &Value) -> String {
    let found = refusals(client, mutation, input).await;
    let told: Vec<String> = found.iter().map(|(code, path)| format!("{code} {path}")).collect();
    told.join(", ")
}

scenario!(a_budget_adds_up_to_the_ore, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let planner = app.as_(Role::Planner, &units.board).await;
    let in_unit = |kind: &str, name: &str, amount: &str, unit: &str| json!({ "kind": kind, "name": name, "budget": { "amount": amount, "unit": unit } });
    let given = [
        line("COST", "Löner", "10000000.01"),
        in_unit("REVENUE", "Regionbidrag", "16.98", "MNKR"),
        in_unit("COST", "Livsmedel", "4250.5", "TKR"),
        line("COST", "Besparing", "-0.02"),
        json!({ "kind": "REVENUE", "name": "Löner", "budget": { "amount": 0.5, "currency": "SEK" } }),
    ];
    let id = budget(&planner, &units.meals, &given).await;
    let whole = Told {
        sums: "SEK 16980000.5 14250499.99 2729500.51".to_owned(),
        lines: vec![
            "REVENUE Regionbidrag 16980000".to_owned(),
            "REVENUE Löner 0.5".to_owned(),
            "COST Löner 10000000.01".to_owned(),
            "COST Livsmedel 4250500".to_owned(),
            "COST Besparing -0.02".to_owned(),
        ],
    };
    assert_eq!(told(&planner, &id).await, whole);
    // A line that is made later comes after those of its kind.
    let later = json!({
        "operatingBudget": id, "kind": "REVENUE", "name": " Måltidsavgifter ",
        "budget": { "amount": "20", "unit": "TKR" },
        "externalRefs": [{ "source": "raindance", "externalId": "3010" }],
    });
    let later = create(&planner, "budgetLine", later).await;
    assert_eq!(lines(&planner, &id).await[2], "REVENUE Måltidsavgifter 20000");

    let plan = setup::plan(&admin, &units.meals, 2024).await;
    let query = "query ($unit: ID!, $plan: ID!, $line: ID!) {
        orgUnit(by: { id: $unit }) {
            operatingBudget(year: 2024) { id } other: operatingBudget(year: 2023) { id } }
        plan(by: { id: $plan }) { operatingBudget { id year orgUnit { code } plan { id }
            viewerCannotUpdate history { totalCount nodes { kind fields { field after } } } } }
        node(id: $line) { ... on BudgetLine { orgUnit { code } operatingBudget { id } followUps { id }
            externalRefs { externalId } viewerCannotUpdate updatedBy { kind } } }
    }";
    let variables = json!({ "unit": units.meals, "plan": plan, "line": later });
    let found = planner.query(query, variables).await.ok();
    assert_eq!(found.data("orgUnit"), &json!({ "operatingBudget": { "id": id }, "other": null }));
    let of_plan = found.data("plan.operatingBudget");
    assert_eq!(of_plan["id"], json!(id));
    assert_eq!(of_plan["orgUnit"]["code"], "MAT");
    assert_eq!((&of_plan["plan"]["id"], &of_plan["year"]), (&json!(plan), &json!(2024)));
    assert_eq!(of_plan["viewerCannotUpdate"], json!([]));
    assert_eq!(of_plan["history"]["totalCount"], 2);
    let fields = json!([{ "field": "lines.REVENUE.Måltidsavgifter", "after": "20000" }]);
    assert_eq!(of_plan["history"]["nodes"][0], json!({ "kind": "UPDATED", "fields": fields }));
    assert_eq!(
        found.data("node"),
        &json!({
            "orgUnit": { "code": "MAT" }, "operatingBudget": { "id": id }, "followUps": [],
            "externalRefs": [{ "externalId": "3010" }], "viewerCannotUpdate": [],
            "updatedBy": { "kind": "USER" },
        })
    );
});

scenario!(fifteen_digits_come_back_as_they_were_sent, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (most, least) = ("999999999999999.99", "-999999999999999.99");
    let own = [line("REVENUE", "Mest", most), line("COST", "Minst", least)];
    let id = budget(&admin, &units.meals, &own).await;
    budget(&admin, &units.logistics, &own).await;
    let sums = format!("SEK {most} {least} 1999999999999999.98");
    assert_eq!(told(&admin, &id).await.sums, sums);
    // Sums of many budgets are larger than what is kept.
    let board = budget(&admin, &units.board, &[]).await;
    let sums = "SEK 1999999999999999.98 -1999999999999999.98 3999999999999999.96";
    assert_eq!(told(&admin, &board).await.sums, sums);
});

scenario!(a_budget_in_euro_takes_no_kronor, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let euro = |currency: &str| json!({ "amount": "1.5", "unit": "MNKR", "currency": currency });
    let mut input = json!({
        "orgUnit": units.meals, "year": 2024, "currency": "EUR",
        "lines": [{ "kind": "COST", "name": "Interreg", "budget": euro("SEK") }],
    });
    let refused = refusal(&admin, "operatingBudgetCreate", &input).await;
    assert_eq!(refused, "INVALID input.lines.0.budget.currency");
    input["lines"][0]["budget"] = euro("EUR");
    let id = create(&admin, "operatingBudget", input).await;
    assert_eq!(told(&admin, &id).await.sums, "EUR 0 1500000 -1500000");
    let line = line_of(&admin, &id, "Interreg").await;
    let update = json!({ "id": line, "version": 1, "budget": euro("SEK") });
    let refused = refusal(&admin, "budgetLineUpdate", &update).await;
    assert_eq!(refused, "INVALID input.budget.currency");
    let period = json!({ "year": 2024, "kind": "UR1" });
    let said = json!({ "line": line, "outcome": euro("SEK"), "forecast": euro("EUR") });
    let said = json!({ "period": period, "lines": [said] });
    let refused = refusal(&admin, "operatingFollowUpRecord", &said).await;
    assert_eq!(refused, "INVALID input.lines.0.outcome.currency");
});

scenario!(the_whole_list_is_sent, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let own =
        [line("REVENUE", "Bidrag", "100"), line("COST", "Löner", "70"), line("COST", "Hyra", "20")];
    let id = budget(&admin, &units.meals, &own).await;
    let salaries = line_of(&admin, &id, "Löner").await;
    let same = json!({ "id": id, "version": 1, "lines": own });
    setup::send(&admin, "operatingBudgetUpdate", "", same).await;
    assert_eq!(version(&admin, &id).await, 1, "nothing has changed");
    let other = json!({
        "id": id, "version": 1, "externalRefs": [{ "source": "raindance", "externalId": "7" }],
        "lines": [line("COST", "Resor", "5"), line("COST", "Löner", "75.5"), line("REVENUE", "Bidrag", "100")],
    });
    setup::send(&admin, "operatingBudgetUpdate", "", other).await;
    let found = lines(&admin, &id).await;
    assert_eq!(found, ["REVENUE Bidrag 100", "COST Löner 75.5", "COST Resor 5"]);
    assert_eq!(line_of(&admin, &id, "Löner").await, salaries, "it is the same line");
    assert_eq!((version(&admin, &id).await, version(&admin, &salaries).await), (2, 2));
    let query =
        "query ($id: ID!) { node(id: $id) { ... on OperatingBudget { externalRefs { externalId }
        history(first: 1) { nodes { fields { field before after } } } } } }";
    let found = admin.query(query, json!({ "id": id })).await.ok();
    let field = |field: &str, before: Value, after: Value| json!({ "field": field, "before": before, "after": after });
    assert_eq!(
        found.data("node.history.nodes.0.fields"),
        &json!([
            field("lines.COST.Resor", json!(null), json!("5")),
            field("lines.COST.Löner", json!("70"), json!("75.5")),
            field("lines.COST.Hyra", json!("20"), json!(null)),
            field("externalRefs", json!(null), json!("raindance:7")),
        ])
    );
    setup::send(
        &admin,
        "operatingBudgetUpdate",
        "",
        json!({ "id": id, "version": 2, "lines": null }),
    )
    .await;
    assert_eq!(lines(&admin, &id).await, [""; 0]);
    let removal = json!({ "id": id, "version": 3 });
    setup::send(&admin, "operatingBudgetDelete", "deletedId", removal).await;
    assert_eq!(told(&admin, &id).await.sums, "- - - -");
});

scenario!(lists_of_budgets, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    for (unit, year, currency) in [
        (&units.region, 2024, "SEK"),
        (&units.board, 2025, "SEK"),
        (&units.meals, 2024, "EUR"),
        (&units.meals, 2023, "SEK"),
    ] {
        let input = json!({ "orgUnit": unit, "year": year, "currency": currency });
        create(&admin, "operatingBudget", input).await;
    }
    let query = "query ($filter: OperatingBudgetFilter, $order: OperatingBudgetOrder) {
        operatingBudgets(filter: $filter, orderBy: $order) { totalCount nodes { year orgUnit { code } } } }";
    let ascending = json!({ "field": "YEAR" });
    for (filter, order, found) in [
        (json!({}), json!(null), vec!["2025 DN", "2024 MAT", "2024 R", "2023 MAT"]),
        (json!({}), ascending, vec!["2023 MAT", "2024 R", "2024 MAT", "2025 DN"]),
        (json!({ "under": units.board }), json!(null), vec!["2025 DN", "2024 MAT", "2023 MAT"]),
        (json!({ "orgUnit": units.meals }), json!(null), vec!["2024 MAT", "2023 MAT"]),
        (json!({ "year": 2024 }), json!(null), vec!["2024 MAT", "2024 R"]),
        (json!({ "currency": "EUR" }), json!(null), vec!["2024 MAT"]),
        (json!({ "orgUnit": units.logistics }), json!(null), vec![]),
    ] {
        let answer = admin.query(query, json!({ "filter": filter, "order": order })).await.ok();
        let nodes = answer.data("operatingBudgets.nodes").as_array().expect("a list").iter();
        let line = |node: &Value| {
            format!("{} {}", node["year"], node["orgUnit"]["code"].as_str().unwrap_or("-"))
        };
        assert_eq!(nodes.map(line).collect::<Vec<_>>(), found, "{filter}");
        assert_eq!(answer.data("operatingBudgets.totalCount"), found.len());
    }
});
