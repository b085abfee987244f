//! Two real budgets, as the demo has them: what was printed is what comes out.

use std::path::Path;

use chrono::Utc;
use rodtrad::demo;
use serde_json::{Value, json};
use tests::{Client, TestApp, scenario};

/// A budget of the demo, to anybody: the first of its organisation's unit with that code.
async fn budget(client: &Client, code: &str, year: i32, selection: &str) -> Value {
    let units = "{ orgUnits(first: 50) { nodes { id code } } }";
    let units = client.query(units, ()).await.ok();
    let units = units.data("orgUnits.nodes").as_array().expect("units").clone();
    let unit = units.iter().find(|unit| unit["code"] == code).expect("a unit")["id"].clone();
    let query = format!(
        "query ($id: ID!, $year: Int!) {{ orgUnit(by: {{ id: $id }}) {{ investmentBudget(year: $year) {{ {selection} }} }} }}"
    );
    let found = client.query(&query, json!({ "id": unit, "year": year })).await.ok();
    found.data("orgUnit.investmentBudget").clone()
}

/// The printed file, where it lies beside the repository.
fn printed(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    std::fs::read_to_string(folder.join(name)).ok()
}

const YEARS: [(i32, &str, &str); 6] = [
    (2020, "FORECAST", "3000000"),
    (2021, "BUDGET", "4000000"),
    (2022, "PLAN", "4000000"),
    (2023, "PLAN", "4000000"),
    (2024, "PLAN", "4000000"),
    (2025, "PLAN", "4000000"),
];

scenario!(regionservice_splits_its_frame_on_its_areas, async |app: &TestApp| {
    demo::load(app.db(), Utc::now()).await.expect("the demo is loaded");
    let open = app.another(|config| config.public_read = true).await;
    let selection = "frame { amount currency } allocated { amount } unallocated { amount }
        byArea { orgUnit { name } amount { amount } } byYear { year basis amount { amount } }
        items { totalCount nodes { amount { amount } } }
        followUp(period: { year: 2024, kind: UR1 }) { spent { amount } forecast { amount } deviation { amount } spentShare }";
    let found = budget(&open.anonymous(), "DN-RGS", 2024, selection).await;
    let printed = printed("halland_plan_2024.json").map_or(16_980_000, |text| {
        let plan: Value = serde_json::from_str(&text).expect("a plan");
        plan["investment_budget"]["total_sek"].as_i64().expect("a total")
    });
    let printed = printed.to_string();
    assert_eq!(found["frame"], json!({ "amount": printed, "currency": "SEK" }));
    assert_eq!(
        (&found["allocated"]["amount"], &found["unallocated"]["amount"]),
        (&json!(printed), &json!("0"))
    );
    let areas = found["byArea"].as_array().expect("areas").iter();
    let areas: Vec<(&str, &str)> = areas
        .map(|sum| {
            (sum["orgUnit"]["name"].as_str().unwrap(), sum["amount"]["amount"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        areas,
        [
            ("Logistikservice", "7700000"),
            ("Måltidsservice", "7180000"),
            ("Stöd och samordning", "2100000")
        ]
    );
    let amount = |value: &Value| {
        value["amount"].as_str().and_then(|text| text.parse::<i64>().ok()).expect("kronor")
    };
    let items = found["items"]["nodes"].as_array().expect("items");
    let total: i64 = items.iter().map(|item| amount(&item["amount"])).sum();
    assert_eq!((total.to_string(), found["items"]["totalCount"].clone()), (printed, json!(5)));
    let follow_up = &found["followUp"];
    assert_eq!(
        (
            amount(&follow_up["spent"]),
            amount(&follow_up["forecast"]),
            amount(&follow_up["deviation"])
        ),
        (4_240_000, 16_750_000, 230_000)
    );
    assert_eq!(follow_up["spentShare"], "24.970554");
});

scenario!(what_regionservice_has_approved_is_public, async |app: &TestApp| {
    demo::load(app.db(), Utc::now()).await.expect("the demo is loaded");
    let open = app.another(|config| config.public_read = true).await;
    let query = "{ orgUnits(filter: { kind: BOARD }) { nodes { code
        economy(period: { year: 2024, kind: UR1 }) { periodResult { amount } costDevelopment revenueDevelopment } } } }";
    let found = open.anonymous().query(query, ()).await.ok();
    let boards = found.data("orgUnits.nodes").as_array().expect("boards").iter();
    let board = boards.clone().find(|board| board["code"] == "DN-RGS").expect("a board");
    // Against the spring before, of which there is no report.
    let expected = json!({
        "periodResult": { "amount": "-1800000" }, "costDevelopment": "4.891304",
        "revenueDevelopment": "5.330882",
    });
    assert_eq!(board["economy"], expected);
});

scenario!(stockholms_line_has_its_years, async |app: &TestApp| {
    demo::load(app.db(), Utc::now()).await.expect("the demo is loaded");
    let open = app.another(|config| config.public_read = true).await;
    let selection = "frame { amount } orgUnit { name ancestors { name } }
        byYear { year basis amount { amount currency } }
        items { nodes { name years { year basis amount { amount } } } }";
    let found = budget(&open.anonymous(), "AMN", 2021, selection).await;
    assert_eq!(found["orgUnit"]["ancestors"], json!([{ "name": "Stockholms stad" }]));
    let item = &found["items"]["nodes"][0];
    assert_eq!(item["name"], "Inventarier och maskiner");
    let expected = YEARS.map(|(year, basis, amount)| json!({ "year": year, "basis": basis, "amount": { "amount": amount } }));
    assert_eq!(item["years"], json!(expected));
    let expected = YEARS.map(|(year, basis, amount)| {
        json!({ "year": year, "basis": basis, "amount": { "amount": amount, "currency": "SEK" } })
    });
    assert_eq!(found["byYear"], json!(expected));
    let Some(printed) = printed("stockholm_investment_2021.csv") else { return };
    let row: Vec<&str> = printed.lines().nth(1).expect("a line").split(',').collect();
    assert_eq!(row[0], item["name"]);
    let millions = row[2..].iter().map(|text| text.parse::<f64>().expect("mnkr"));
    let kronor: Vec<String> = millions.map(|number| format!("{}", number * 1_000_000.0)).collect();
    assert_eq!(kronor, YEARS.map(|(_, _, amount)| amount.to_owned()));
});
