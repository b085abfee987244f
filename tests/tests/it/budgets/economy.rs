//! The economy of units: six measures that are worked out from budgets and their follow-ups, on scorecards as ordinary rows.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{Organisation, create, document_of, organisation, send},
};

/// Makes an operating budget with one line of revenue and one of cost: their ids.
async fn operating(client: &Client, unit: &str, year: i32, revenue: &str, cost: &str) -> Lines {
    let line = |kind: &str, name: &str, amount: &str| json!({ "kind": kind, "name": name, "budget": { "amount": amount } });
    let input = json!({
        "orgUnit": unit, "year": year,
        "lines": [line("REVENUE", "Försäljning", revenue), line("COST", "Personal", cost)],
    });
    let made =
        send(client, "operatingBudgetCreate", "operatingBudget { id lines { id } }", input).await;
    let text = |path: &str| made.text(&format!("operatingBudgetCreate.operatingBudget.{path}"));
    Lines {
        budget: text("id").to_owned(),
        revenue: text("lines.0.id").to_owned(),
        cost: text("lines.1.id").to_owned(),
    }
}

struct Lines {
    budget: String,
    revenue: String,
    cost: String,
}

fn period((year, kind): (i32, &str)) -> Value {
    json!({ "year": year, "kind": kind })
}

impl Lines {
    /// Says what a period has come to and what is expected of the year: (revenue, cost) of each.
    async fn follow_up(
        &self,
        client: &Client,
        when: (i32, &str),
        outcome: (&str, &str),
        forecast: (&str, &str),
    ) {
        let line = |id: &str, outcome: &str, forecast: &str| {
            json!({
                "line": id, "outcome": { "amount": outcome }, "forecast": { "amount": forecast },
            })
        };
        let input = json!({
            "period": period(when),
            "lines": [line(&self.revenue, outcome.0, forecast.0), line(&self.cost, outcome.1, forecast.1)],
        });
        send(client, "operatingFollowUpRecord", "", input).await;
    }
}

/// A frame of 1,000 with one item of 900, of which 950 are expected to be used.
async fn investment(client: &Client, unit: &str, year: i32) -> (String, String) {
    let frame = json!({ "orgUnit": unit, "year": year, "frame": { "amount": "1000" } });
    let budget = create(client, "investmentBudget", frame).await;
    let item = json!({
        "budget": budget, "name": "Ugnar", "kind": "REINVESTMENT", "amount": { "amount": "900" },
    });
    (budget, create(client, "investmentItem", item).await)
}

async fn invest(client: &Client, item: &str, when: (i32, &str), spent: &str, forecast: &str) {
    let item =
        json!({ "item": item, "spent": { "amount": spent }, "forecast": { "amount": forecast } });
    let input = json!({ "period": period(when), "items": [item] });
    send(client, "investmentFollowUpRecord", "", input).await;
}

const SIX: &str = "periodResult { amount } accumulatedBudgetDeviation { amount }
    forecastBudgetDeviation { amount } forecastInvestmentDeviation { amount } costDevelopment revenueDevelopment";

/// The six of a unit, as `OrgUnit.economy` has them: "-" for null.
async fn economy(client: &Client, unit: &str, when: (i32, &str)) -> String {
    let query = format!(
        "query ($id: ID!, $period: PeriodInput!) {{ orgUnit(by: {{ id: $id }}) {{ economy(period: $period) {{ {SIX} }} }} }}"
    );
    let answer = client.query(&query, json!({ "id": unit, "period": period(when) })).await.ok();
    shown(answer.data("orgUnit.economy"))
}

fn shown(economy: &Value) -> String {
    let text = |path: &str| economy.pointer(path).and_then(Value::as_str).unwrap_or("-").to_owned();
    [
        "/periodResult/amount",
        "/accumulatedBudgetDeviation/amount",
        "/forecastBudgetDeviation/amount",
        "/forecastInvestmentDeviation/amount",
        "/costDevelopment",
        "/revenueDevelopment",
    ]
    .map(text)
    .join(" ")
}

/// The rows about economy of a unit's scorecard: "code value status state origin".
async fn rows(client: &Client, unit: &str, when: (i32, &str)) -> Vec<String> {
    let query = "query ($id: ID!, $period: PeriodInput!) { orgUnit(by: { id: $id }) {
        scorecard(period: $period, filter: { category: ECONOMY }) { rows { nodes {
            indicator { code } status outcome { value state origin coverage { contributing expected } } } } } } }";
    let answer = client.query(query, json!({ "id": unit, "period": period(when) })).await.ok();
    let row = |row: &Value| {
        let text = |path: &str| row.pointer(path).and_then(Value::as_str).unwrap_or("-").to_owned();
        ["/indicator/code", "/outcome/value", "/status", "/outcome/state", "/outcome/origin"]
            .map(text)
            .join(" ")
    };
    let found = answer.data("orgUnit.scorecard.rows.nodes").as_array().expect("rows");
    found.iter().map(row).collect()
}

const UR1: (i32, &str) = (2024, "UR1");

/// The board's budgets of 2023 and 2024, followed up in UR1.
async fn followed(client: &Client, units: &Organisation) -> (Lines, String, String) {
    let before = operating(client, &units.board, 2023, "1150", "1150").await;
    before.follow_up(client, (2023, "UR1"), ("400", "400"), ("1150", "1150")).await;
    let now = operating(client, &units.board, 2024, "1200", "1260").await;
    now.follow_up(client, UR1, ("390", "450"), ("1210", "1250")).await;
    let (budget, item) = investment(client, &units.board, 2024).await;
    invest(client, &item, UR1, "100", "950").await;
    (now, budget, item)
}

const FOLLOWED: &str = "-60 -40 20 50 12.5 -2.5";

scenario!(the_six_measures_are_rows_of_the_scorecard, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (lines, ..) = followed(&admin, &units).await;
    assert_eq!(economy(&admin, &units.board, UR1).await, FOLLOWED);
    let budget = format!(
        "query ($id: ID!) {{ node(id: $id) {{ ... on OperatingBudget {{
        economy(period: {{ year: 2024, kind: UR1 }}) {{ {SIX} }} }} }} }}"
    );
    let budget = admin.query(&budget, json!({ "id": lines.budget })).await.ok();
    assert_eq!(shown(budget.data("node.economy")), FOLLOWED);
    assert_eq!(
        rows(&admin, &units.board, UR1).await,
        [
            "ABA -40 NO_TARGET PRELIMINARY COMPUTED",
            "IU -2.5 NO_TARGET PRELIMINARY COMPUTED",
            "KU 12.5 NO_TARGET PRELIMINARY COMPUTED",
            "PR -60 NO_TARGET PRELIMINARY COMPUTED",
            "PBA 20 NO_TARGET PRELIMINARY COMPUTED",
            "PIBA 50 NO_TARGET PRELIMINARY COMPUTED",
        ]
    );
    assert_eq!(rows(&admin, &units.meals, UR1).await, [""; 0], "nothing at or below it");
    assert_eq!(economy(&admin, &units.region, UR1).await, FOLLOWED, "nobody else below it");
    assert_eq!(
        rows(&admin, &units.board, (2024, "UR2")).await.first().map(String::as_str),
        Some("ABA - MISSING - -"),
        "not yet followed up"
    );
});

scenario!(nobody_types_in_what_is_worked_out, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    followed(&admin, &units).await;
    let query = "query ($id: ID!) { orgUnit(by: { id: $id }) { scorecard(period: { year: 2024, kind: UR1 }) {
        rows { nodes { indicator { id computed } outcome { viewerCannotUpdate } } } } } }";
    let found = admin.query(query, json!({ "id": units.board })).await.ok();
    for row in found.data("orgUnit.scorecard.rows.nodes").as_array().expect("rows") {
        assert!(row["indicator"]["computed"].is_string());
        assert_eq!(row["outcome"]["viewerCannotUpdate"], json!(["DERIVED"]));
        let outcome = json!({
            "indicator": row["indicator"]["id"], "orgUnit": units.board,
            "period": { "year": 2024, "kind": "UR1" }, "value": "1",
        });
        let told = "userErrors { code field lockReason }";
        for (mutation, input, at) in [
            ("outcomeCreate", outcome.clone(), json!(["input", "indicator"])),
            (
                "outcomesRecord",
                json!({ "outcomes": [outcome] }),
                json!(["input", "outcomes", "0", "indicator"]),
            ),
        ] {
            let name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
            let document = document_of(mutation, &name, told);
            let answer = admin.query(&document, json!({ "input": input })).await;
            let error = answer.data(&format!("{mutation}.userErrors.0"));
            assert_eq!(
                (&error["code"], &error["lockReason"]),
                (&json!("LOCKED"), &json!("DERIVED"))
            );
            assert_eq!(error["field"], at);
        }
    }
    assert_eq!(economy(&admin, &units.board, UR1).await, FOLLOWED);
});

scenario!(what_is_not_said_is_not_zero, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let lines = operating(&admin, &units.board, 2024, "1200", "1260").await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "- - - - - -");
    let half = json!({ "line": lines.revenue, "outcome": { "amount": "0" }, "forecast": { "amount": "1200" } });
    let input = json!({ "period": period(UR1), "lines": [half] });
    send(&admin, "operatingFollowUpRecord", "", input).await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "- - - - - -", "half of it is no result");
    lines.follow_up(&admin, UR1, ("0", "0"), ("1200", "1260")).await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "0 20 0 - - -", "but a zero is");

    let (budget, item) = investment(&admin, &units.board, 2024).await;
    invest(&admin, &item, UR1, "0", "0").await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "0 20 0 1000 - -");
    let second =
        json!({ "budget": budget, "name": "Bil", "kind": "NEW", "amount": { "amount": "100" } });
    create(&admin, "investmentItem", second).await;
    assert_eq!(
        economy(&admin, &units.board, UR1).await,
        "0 20 0 - - -",
        "of one item nobody knows"
    );
});

scenario!(a_board_without_budget_is_what_its_areas_are, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let meals = operating(&admin, &units.meals, 2024, "600", "600").await;
    let before = operating(&admin, &units.meals, 2023, "600", "600").await;
    before.follow_up(&admin, (2023, "UR1"), ("100", "100"), ("600", "600")).await;
    meals.follow_up(&admin, UR1, ("200", "210"), ("610", "600")).await;
    let logistics = operating(&admin, &units.logistics, 2024, "120", "0").await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "-10 -10 10 - 110 100");
    let coverage =
        "query ($id: ID!) { orgUnit(by: { id: $id }) { economy(period: { year: 2024, kind: UR1 }) {
        origin coverage { contributing expected } } } }";
    let found = admin.query(coverage, json!({ "id": units.board })).await.ok();
    let expected =
        json!({ "origin": "AGGREGATED", "coverage": { "contributing": 1, "expected": 2 } });
    assert_eq!(*found.data("orgUnit.economy"), expected);

    let last_year = operating(&admin, &units.logistics, 2023, "120", "0").await;
    last_year.follow_up(&admin, (2023, "UR1"), ("50", "0"), ("120", "0")).await;
    logistics.follow_up(&admin, UR1, ("40", "0"), ("120", "0")).await;
    // Costs went from 100 to 210, of which one area had none; revenue from 150 to 240.
    assert_eq!(economy(&admin, &units.board, UR1).await, "30 -10 10 - 110 60");
    assert_eq!(economy(&admin, &units.logistics, UR1).await, "40 0 0 - - -20");
    let found = rows(&admin, &units.region, UR1).await;
    assert!(found.contains(&"PR 30 NO_TARGET PRELIMINARY AGGREGATED".to_owned()), "{found:?}");

    // What the board itself says wins, and nothing is added twice.
    let own = operating(&admin, &units.board, 2024, "1000", "1000").await;
    assert_eq!(
        economy(&admin, &units.board, UR1).await,
        "30 -10 10 - 110 60",
        "it has said nothing yet"
    );
    own.follow_up(&admin, UR1, ("330", "333"), ("1000", "1001")).await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "-3 -3 -1 - - -");
    assert_eq!(economy(&admin, &units.region, UR1).await, "-3 -3 -1 - - -");
});

scenario!(euro_is_not_added_to_kronor, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let meals = operating(&admin, &units.meals, 2024, "600", "600").await;
    meals.follow_up(&admin, UR1, ("200", "210"), ("610", "600")).await;
    let euro = |kind: &str, name: &str| {
        json!({
            "kind": kind, "name": name, "budget": { "amount": "1000", "currency": "EUR" },
        })
    };
    let input = json!({
        "orgUnit": units.logistics, "year": 2024, "currency": "EUR",
        "lines": [euro("REVENUE", "Bidrag"), euro("COST", "Resor")],
    });
    let made =
        send(&admin, "operatingBudgetCreate", "operatingBudget { lines { id } }", input).await;
    let line = |at: usize| {
        made.text(&format!("operatingBudgetCreate.operatingBudget.lines.{at}.id")).to_owned()
    };
    let lines = Lines { budget: String::new(), revenue: line(0), cost: line(1) };
    lines.follow_up(&admin, UR1, ("500", "100"), ("1000", "1000")).await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "-10 -10 10 - - -");
    let own =
        "query ($id: ID!) { orgUnit(by: { id: $id }) { economy(period: { year: 2024, kind: UR1 }) {
        periodResult { amount currency } } } }";
    let found = admin.query(own, json!({ "id": units.logistics })).await.ok();
    let result = json!({ "amount": "400", "currency": "EUR" });
    assert_eq!(*found.data("orgUnit.economy.periodResult"), result);
    let found = rows(&admin, &units.logistics, UR1).await;
    assert!(
        found.contains(&"PR - MISSING PRELIMINARY COMPUTED".to_owned()),
        "it counts in kr: {found:?}"
    );
});

scenario!(the_share_of_the_budget_follows_the_cycle, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    followed(&admin, &units).await;
    let cycle = json!({
        "orgUnit": units.region, "year": 2024,
        "periods": [{ "kind": "UR1", "label": "Delår", "endMonth": 3, "dueOn": "2024-04-20" }],
    });
    send(&admin, "reportingCycleSet", "", cycle).await;
    assert_eq!(economy(&admin, &units.board, UR1).await, "-60 -45 20 50 12.5 -2.5");
});

scenario!(readers_see_months_and_what_is_approved, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (lines, ..) = followed(&admin, &units).await;
    let reader = app.as_(Role::Reader, &units.board).await;
    assert_eq!(economy(&reader, &units.board, UR1).await, "- - - - - -");
    assert!(rows(&reader, &units.board, UR1).await.contains(&"PR - MISSING - -".to_owned()));
    let line = |id: &str, amount: &str| {
        json!({
            "line": id, "outcome": { "amount": amount }, "forecast": { "amount": "1200" },
        })
    };
    let march = json!({ "year": 2024, "kind": "MONTH", "month": 3 });
    let input =
        json!({ "period": march, "lines": [line(&lines.revenue, "99"), line(&lines.cost, "100")] });
    send(&admin, "operatingFollowUpRecord", "", input).await;
    let query = "query ($id: ID!, $period: PeriodInput!) { orgUnit(by: { id: $id }) {
        economy(period: $period) { periodResult { amount } accumulatedBudgetDeviation { amount } } } }";
    let found = reader.query(query, json!({ "id": units.board, "period": march })).await.ok();
    assert_eq!(found.text("orgUnit.economy.periodResult.amount"), "-1");
    assert_eq!(
        found.text("orgUnit.economy.accumulatedBudgetDeviation.amount"),
        "4",
        "a twelfth of -60"
    );
});

scenario!(an_indicator_says_what_it_is_worked_out_as, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let indicator = |code: &str, unit: &str, aggregation: &str, computed: &str| {
        json!({
            "orgUnit": units.region, "code": code, "name": "Resultat", "category": "ECONOMY", "unit": unit,
            "decimals": 0, "direction": "HIGHER_IS_BETTER", "aggregation": aggregation,
            "frequency": ["UR1", "UR2", "AR"], "computed": computed,
        })
    };
    let refused = async |input: Value| {
        let told = admin
            .query(&tests::setup::document("indicatorCreate", ""), json!({ "input": input }))
            .await;
        let errors = told.user_errors("indicatorCreate").into_iter();
        errors.map(|error| format!("{} {}", error.code, error.path())).collect::<Vec<_>>()
    };
    // Thousands of kronor, under a name of its own; it brings no others with it, nor does the first budget then.
    create(&admin, "indicator", indicator("RES", "tkr", "SUM", "PERIOD_RESULT")).await;
    for (input, expected) in [
        (indicator("A", "st", "SUM", "FORECAST_BUDGET_DEVIATION"), vec!["INVALID input.unit"]),
        (
            indicator("A", "kr", "AVERAGE", "FORECAST_BUDGET_DEVIATION"),
            vec!["INVALID input.aggregation"],
        ),
        (
            indicator("A", "kr", "SUM", "COST_DEVELOPMENT"),
            vec!["INVALID input.unit", "INVALID input.aggregation"],
        ),
        (indicator("A", "kr", "SUM", "PERIOD_RESULT"), vec!["DUPLICATE input.computed"]),
    ] {
        assert_eq!(refused(input).await, expected);
    }
    let lines = operating(&admin, &units.board, 2024, "1200000", "1260000").await;
    lines.follow_up(&admin, UR1, ("390000", "450500.5"), ("0", "0")).await;
    assert_eq!(
        rows(&admin, &units.board, UR1).await,
        ["RES -60.5005 NO_TARGET PRELIMINARY COMPUTED"]
    );

    // What people have recorded is not thrown away.
    let mut typed = indicator("MAN", "kr", "SUM", "FORECAST_BUDGET_DEVIATION");
    typed["computed"] = Value::Null;
    let typed = create(&admin, "indicator", typed).await;
    tests::setup::outcome(&admin, &typed, &units.board, UR1, "7").await;
    let update = json!({ "id": typed, "version": 1, "computed": "FORECAST_BUDGET_DEVIATION" });
    let told = admin
        .query(&tests::setup::document("indicatorUpdate", ""), json!({ "input": update }))
        .await;
    assert_eq!(told.user_errors("indicatorUpdate")[0].code, "IN_USE");
});

scenario!(the_first_budget_defines_the_six, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    tests::setup::indicator(&admin, &units.region, "PR", "Prover").await;
    let planner = app.as_(Role::Planner, &units.meals).await;
    investment(&planner, &units.meals, 2024).await;
    investment(&planner, &units.meals, 2025).await;
    operating(&admin, &units.logistics, 2024, "1", "1").await;
    let query =
        "query { indicators(filter: { category: ECONOMY }) { nodes { code computed unit } } }";
    let found = admin.query(query, ()).await.ok();
    let mut codes = found.each("indicators.nodes", "code");
    codes.sort_by_key(|code| code.as_str());
    assert_eq!(codes, ["ABA", "IU", "KU", "PBA", "PIBA", "PR-2"], "the code PR was taken");
});

scenario!(a_computed_row_has_a_light_and_a_trend, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (lines, ..) = followed(&admin, &units).await;
    lines.follow_up(&admin, (2024, "AR"), ("1200", "1290"), ("1200", "1290")).await;
    let query = "query { indicators { nodes { id code } } }";
    let found = admin.query(query, ()).await.ok();
    let of = |code: &str| {
        let found = found.data("indicators.nodes").as_array().expect("indicators").iter();
        let mut found = found.filter(|row| row["code"] == code);
        found.next().expect("an indicator")["id"].as_str().expect("an id").to_owned()
    };
    tests::setup::target(&admin, &of("PBA"), &units.board, 2024, "0").await;
    tests::setup::target(&admin, &of("PR"), &units.board, 2024, "0").await;
    let found = rows(&admin, &units.board, UR1).await;
    assert!(found.contains(&"PBA 20 GREEN PRELIMINARY COMPUTED".to_owned()), "{found:?}");
    assert!(found.contains(&"PR -60 RED PRELIMINARY COMPUTED".to_owned()), "{found:?}");
    let series = "query ($id: ID!, $unit: ID!) { node(id: $id) { ... on Indicator {
        series(orgUnit: $unit, kind: UR1, from: \"2023-01-01\", to: \"2024-12-31\") { value status }
        outcome(orgUnit: $unit, period: { year: 2024, kind: UR1 }) { id value displayValue } } } }";
    let told = admin.query(series, json!({ "id": of("PR"), "unit": units.board })).await.ok();
    assert_eq!(told.each("node.series", "value"), ["0", "-60"]);
    assert_eq!(told.text("node.outcome.displayValue"), "−60\u{a0}kr");
    let again =
        "query ($id: ID!) { node(id: $id) { ... on Outcome { value indicator { code } } } }";
    let again = admin.query(again, json!({ "id": told.text("node.outcome.id") })).await.ok();
    assert_eq!((again.text("node.value"), again.text("node.indicator.code")), ("-60", "PR"));
});
