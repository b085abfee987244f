//! Scorecards, series and comparisons: right, and in a number of statements that does not grow.

use serde_json::{Value, json};
use tests::{Client, TestApp, scenario, setup};

use super::{indicator, month, record};

const CARD: &str = "query ($unit: ID!) { orgUnit(by: { id: $unit }) {
    scorecard(period: { year: 2024, kind: MONTH, month: 1 }) {
        period { label }
        summary { green yellow red missing noTarget total }
        rows { totalCount pageInfo { hasNextPage } edges { cursor } nodes {
            indicator { code category } orgUnit { code } target { value } deviation status trend forecast
            outcome { value displayValue status origin coverage { expected } }
            previous { value }
        } }
    } } }";

scenario!(lights_and_trends_of_a_unit, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let staff = setup::indicator(&admin, &units.region, "M1", "Sjukfrånvaro").await;
    let mut codes = vec![("M1", staff)];
    for code in ["A", "B", "C", "D"] {
        codes.push((code, indicator(&admin, &units.region, code, "AVERAGE").await));
    }
    let of = |code: &str| codes.iter().find(|(name, _)| *name == code).expect("a code").1.clone();
    for code in ["M1", "A", "B", "C"] {
        setup::target(&admin, &of(code), &units.board, 2024, "10").await;
    }
    let says =
        |code: &str, unit: &str, value: &str| month(&of(code), unit, 1, json!({ "value": value }));
    let mut last_year = says("A", &units.board, "10.26");
    last_year["period"]["year"] = json!(2023);
    let mut forecast = says("A", &units.board, "10.2");
    forecast["forecast"] = json!("9.9");
    record(
        &admin,
        [
            says("M1", &units.meals, "9"),
            says("M1", &units.logistics, "10"),
            forecast,
            last_year,
            says("B", &units.board, "10.51"),
            says("D", &units.board, "1"),
        ],
    )
    .await;
    let answer = admin.query(CARD, json!({ "unit": units.board })).await.ok();
    let rows = "orgUnit.scorecard.rows.nodes";
    assert_eq!(answer.each(rows, "indicator.code"), ["M1", "A", "B", "C", "D"]);
    assert_eq!(answer.each(rows, "status"), ["GREEN", "YELLOW", "RED", "MISSING", "NO_TARGET"]);
    let null = Value::Null;
    assert_eq!(
        answer.each(rows, "deviation"),
        [&json!("-0.5"), &json!("0.2"), &json!("0.51"), &null, &null]
    );
    assert_eq!(
        answer.each(rows, "trend"),
        ["UNKNOWN", "IMPROVING", "UNKNOWN", "UNKNOWN", "UNKNOWN"]
    );
    assert_eq!(answer.text(&format!("{rows}.1.forecast")), "9.9");
    assert_eq!(
        answer.data("orgUnit.scorecard.summary"),
        &json!({ "green": 1, "yellow": 1, "red": 1, "missing": 1, "noTarget": 1, "total": 5 })
    );

    let page = "query ($unit: ID!, $after: String) { orgUnit(by: { id: $unit }) {
        scorecard(period: { year: 2024, kind: MONTH, month: 1 }, filter: { category: SPECIFIC }) {
            summary { total } rows(first: 3, after: $after) {
                pageInfo { hasNextPage endCursor } nodes { indicator { code } } } } } }";
    let first = admin.query(page, json!({ "unit": units.board })).await.ok();
    assert_eq!(first.each(rows, "indicator.code"), ["A", "B", "C"]);
    let after = first.text("orgUnit.scorecard.rows.pageInfo.endCursor");
    let rest = admin.query(page, json!({ "unit": units.board, "after": after })).await.ok();
    assert_eq!(rest.each(rows, "indicator.code"), ["D"]);
    assert_eq!(rest.data("orgUnit.scorecard.summary.total"), &json!(4));
});

async fn grow(admin: &Client, region: &str, units: &[String], codes: std::ops::Range<usize>) {
    let mut outcomes = Vec::new();
    for code in codes {
        let id = indicator(admin, region, &format!("I{code}"), "SUM").await;
        setup::target(admin, &id, region, 2024, "100").await;
        for unit in units {
            for number in 1..=5 {
                outcomes.push(month(&id, unit, number, json!({ "value": number })));
            }
        }
    }
    record(admin, outcomes).await;
}

scenario!(as_many_statements_for_one_as_for_many, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let mut units = vec![organisation.meals.clone()];
    grow(&admin, &organisation.region, &units, 0..1).await;
    let series = "query ($unit: ID!) { indicators { nodes {
        series(orgUnit: $unit, kind: MONTH, from: \"2024-01-01\", to: \"2024-05-01\") {
            period { label start end } value target status outcome { displayValue coverage { expected } }
        } } } }";
    let comparison = "query ($unit: ID!) { indicators { nodes {
        comparison(orgUnit: $unit, period: { year: 2024, kind: MONTH, month: 2 }) {
            orgUnit { name } status trend outcome { value } previous { value } target { value }
        } } } }";
    let list = "query { outcomes(first: 200) { totalCount nodes {
        value displayValue status target { value } indicator { code } orgUnit { code } period { label }
        updatedBy { subject } viewerCannotUpdate externalRefs { source } history { totalCount } } } }";
    let goals = "query { goals { nodes { suggestedStatus } } }";
    let plan = setup::plan(&admin, &organisation.region, 2024).await;
    let goal = setup::goal(&admin, &plan, "Ett mål").await;
    let link = async |goal: &str, version: i32| {
        let all = admin.query("{ indicators { nodes { id } } }", ()).await.ok();
        let ids = all.each("indicators.nodes", "id");
        setup::send(
            &admin,
            "goalUpdate",
            "",
            json!({ "id": goal, "version": version, "indicators": ids }),
        )
        .await;
    };
    link(&goal, 1).await;
    let ask = json!({ "unit": organisation.region });
    let mut counts = Vec::new();
    for round in 0..2 {
        let mut statements = Vec::new();
        for document in [CARD, series, comparison, list, goals] {
            let unit =
                if document == comparison { &organisation.board } else { &organisation.region };
            let ask = json!({ "unit": unit });
            let variables = if document == list || document == goals { json!({}) } else { ask };
            let (answer, count) =
                app.fewest_statements(async || admin.query(document, &variables).await).await;
            let _ = answer.ok();
            statements.push(count);
        }
        counts.push(statements);
        if round == 0 {
            for number in 0..4 {
                let code = format!("U{number}");
                let unit =
                    setup::org_unit(&admin, Some(&organisation.board), &code, &code, "AREA").await;
                units.push(unit);
            }
            grow(&admin, &organisation.region, &units, 1..5).await;
            let another = setup::goal(&admin, &plan, "Ett till").await;
            link(&another, 1).await;
        }
    }
    assert_eq!(counts[0], counts[1]);
    assert!(counts[0][0] <= 10, "a scorecard takes {} statements", counts[0][0]);

    let card = admin.query(CARD, ask).await.ok();
    let rows = "orgUnit.scorecard.rows.nodes";
    assert_eq!(card.each(rows, "outcome.value"), ["1", "5", "5", "5", "5"]);
});

scenario!(ten_series_of_thirty_six_months, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let id = indicator(&admin, &units.region, "S", "SUM").await;
    record(
        &admin,
        (1..=5).map(|number| month(&id, &units.meals, number, json!({ "value": number }))),
    )
    .await;
    let document = "query ($unit: ID!) { indicators { nodes {
        series(orgUnit: $unit, kind: MONTH, from: \"2021-06-15\", to: \"2024-05-01\") {
            period { year month } value status } } } }";
    let answer = admin.query(document, json!({ "unit": units.board })).await.ok();
    let series = "indicators.nodes.0.series";
    assert_eq!(answer.each(series, "value").len(), 36);
    assert_eq!(
        answer.data(&format!("{series}.0")),
        &json!({
            "period": { "year": 2021, "month": 6 }, "value": null, "status": "MISSING",
        })
    );
    assert_eq!(answer.data(&format!("{series}.35.value")), &json!("5"));
    let wrong = document.replace("2021-06-15", "2024-06-15");
    assert_eq!(admin.query(&wrong, json!({ "unit": units.board })).await.code(), "BAD_USER_INPUT");
});
