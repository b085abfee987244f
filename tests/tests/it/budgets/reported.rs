//! The economy and the investments of reports: locked with them, and decided with them.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, Organisation, create, document, document_of, organisation, send},
};

/// The board's decided plan of 2024, its operating and investment budgets, and its open UR1.
struct Spring {
    units: Organisation,
    lines: [String; 2],
    budget: String,
    item: String,
    report: String,
}

const FOLLOWED: &str = "-10 10 50 12.5";

impl Spring {
    async fn of(app: &TestApp) -> Self {
        let admin = app.admin();
        let units = organisation(&admin).await;
        let plan = setup::plan(&admin, &units.board, 2024).await;
        let decision = json!({
            "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": "Driftnämnden",
        });
        send(&admin, "planDecide", "", decision).await;
        let line = |kind: &str, name: &str| json!({ "kind": kind, "name": name, "budget": { "amount": "1200" } });
        let operating = json!({
            "orgUnit": units.board, "year": 2024,
            "lines": [line("REVENUE", "Försäljning"), line("COST", "Personal")],
        });
        let selection = "operatingBudget { lines { id } }";
        let made = send(&admin, "operatingBudgetCreate", selection, operating).await;
        let id = |at: usize| {
            made.text(&format!("operatingBudgetCreate.operatingBudget.lines.{at}.id")).to_owned()
        };
        let frame = json!({ "orgUnit": units.board, "year": 2024, "frame": { "amount": "1", "unit": "TKR" } });
        let budget = create(&admin, "investmentBudget", frame).await;
        let item = json!({
            "budget": budget, "orgUnit": units.meals, "name": "Ugnar", "kind": "REINVESTMENT",
            "amount": { "amount": "800" },
        });
        let item = create(&admin, "investmentItem", item).await;
        let open = json!({ "orgUnit": units.board, "period": { "year": 2024, "kind": "UR1" } });
        let report = send(&admin, "reportOpen", "report { id }", open).await;
        let report = report.text("reportOpen.report.id").to_owned();
        let spring = Self { lines: [id(0), id(1)], units, budget, item, report };
        spring.follow_up(&admin, "390", "400").await.ok();
        spring.invest(&admin, None, "Två ugnar av fyra.").await.ok();
        spring
    }

    async fn follow_up(&self, client: &Client, revenue: &str, cost: &str) -> tests::Answer {
        let line = |line: &str, amount: &str, forecast: &str| {
            json!({
                "line": line, "outcome": { "amount": amount }, "forecast": { "amount": forecast },
            })
        };
        let lines = [line(&self.lines[0], revenue, "1210"), line(&self.lines[1], cost, "1200")];
        let input = json!({ "period": { "year": 2024, "kind": "UR1" }, "lines": lines });
        client.query(&document("operatingFollowUpRecord", ""), json!({ "input": input })).await
    }

    async fn invest(&self, client: &Client, seen: Option<i32>, comment: &str) -> tests::Answer {
        let item = json!({
            "item": self.item, "spent": { "amount": "125" }, "forecast": { "amount": "950" },
            "comment": comment, "version": seen,
        });
        let input = json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [item] });
        client.query(&document("investmentFollowUpRecord", ""), json!({ "input": input })).await
    }

    async fn step(&self, client: &Client, mutation: &str) {
        let version = version(client, &self.report).await;
        let document = document_of(mutation, "ReportTransitionInput", "");
        let input = json!({ "id": self.report, "version": version, "reason": "Enligt beslut." });
        client.query(&document, json!({ "input": input })).await.ok();
    }

    /// What the report says: result, forecast deviation, investment deviation and share of the frame.
    async fn section(&self, client: &Client) -> String {
        let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
            economy { periodResult { amount } forecastBudgetDeviation { amount } forecastInvestmentDeviation { amount } }
            investment { spentShare } } } }";
        let found = client.query(query, json!({ "id": self.report })).await.ok();
        let text = |path: &str| {
            found.data("node").pointer(path).and_then(Value::as_str).unwrap_or("-").to_owned()
        };
        [
            "/economy/periodResult/amount",
            "/economy/forecastBudgetDeviation/amount",
            "/economy/forecastInvestmentDeviation/amount",
            "/investment/spentShare",
        ]
        .map(text)
        .join(" ")
    }
}

async fn version(client: &Client, id: &str) -> i64 {
    let node = "query ($id: ID!) { node(id: $id) { ... on Tracked { version } } }";
    let answer = client.query(node, json!({ "id": id })).await.ok();
    answer.data("node.version").as_i64().expect("a version")
}

/// "code at lockReason" of what is refused.
async fn refused(answer: tests::Answer, mutation: &str) -> Vec<String> {
    let errors = answer.user_errors(mutation).into_iter();
    errors.map(|error| format!("{} {}", error.code, error.path())).collect()
}

scenario!(follow_ups_are_locked_with_the_report, async |app: &TestApp| {
    let admin = app.admin();
    let spring = Spring::of(app).await;
    assert_eq!(spring.section(&admin).await, FOLLOWED);
    for (step, locked) in [
        ("reportSubmit", true),
        ("reportReturn", false),
        ("reportSubmit", true),
        ("reportApprove", true),
        ("reportReopen", false),
    ] {
        spring.step(&admin, step).await;
        let operating = spring.follow_up(&admin, "391", "401").await;
        let invested = spring.invest(&admin, Some(1), "Två ugnar av fyra.").await;
        let why = "query ($id: ID!) { node(id: $id) { ... on InvestmentItem {
            followUps { viewerCannotUpdate } } } }";
        let why = admin.query(why, json!({ "id": spring.item })).await.ok();
        let reasons = why.data("node.followUps.0.viewerCannotUpdate").as_array().expect("reasons");
        assert_eq!(reasons.len(), usize::from(locked), "{step}");
        if locked {
            assert_eq!(
                refused(operating, "operatingFollowUpRecord").await,
                ["LOCKED input.period"]
            );
            assert_eq!(
                refused(invested, "investmentFollowUpRecord").await,
                ["LOCKED input.period"]
            );
        } else {
            assert!(
                operating
                    .user_errors("operatingFollowUpRecord")
                    .iter()
                    .all(|error| error.code == "CONFLICT")
            );
            assert!(refused(invested, "investmentFollowUpRecord").await.is_empty());
        }
        assert_eq!(spring.section(&admin).await, FOLLOWED, "{step}");
    }
});

scenario!(what_is_approved_stays_when_the_budgets_change, async |app: &TestApp| {
    let admin = app.admin();
    let spring = Spring::of(app).await;
    let reader = app.as_(Role::Reader, &spring.units.board).await;
    assert_eq!(spring.section(&reader).await, "- - - -", "there is no report to a reader");
    spring.step(&admin, "reportSubmit").await;
    spring.step(&admin, "reportApprove").await;
    assert_eq!(spring.section(&reader).await, FOLLOWED);

    let line = json!({
        "id": spring.lines[1], "version": version(&admin, &spring.lines[1]).await, "budget": { "amount": "2400" },
    });
    send(&admin, "budgetLineUpdate", "", line).await;
    let change = json!({
        "budget": spring.budget, "amount": { "amount": "500" }, "reason": "Tilläggsanslag",
        "decidedOn": "2024-01-10",
    });
    send(&admin, "investmentFrameChange", "", change).await;
    for client in [&admin, &reader] {
        assert_eq!(spring.section(client).await, FOLLOWED);
        let query = "query ($id: ID!) { orgUnit(by: { id: $id }) { scorecard(period: { year: 2024, kind: UR1 }) {
            rows { nodes { indicator { code } outcome { value state } } } } } }";
        let found = client.query(query, json!({ "id": spring.units.board })).await.ok();
        let rows = found.data("orgUnit.scorecard.rows.nodes").as_array().expect("rows").clone();
        let of = |code: &str| {
            rows.iter().find(|row| row["indicator"]["code"] == code).expect("a row")["outcome"]
                .clone()
        };
        assert_eq!(of("PBA"), json!({ "value": "10", "state": "CONFIRMED" }));
        assert_eq!(of("PIBA"), json!({ "value": "50", "state": "CONFIRMED" }));
        assert_eq!(of("KU"), json!({ "value": null, "state": "CONFIRMED" }), "no year before");
    }
    spring.step(&admin, "reportReopen").await;
    assert_eq!(
        spring.section(&admin).await,
        "-10 1210 550 8.333333",
        "a draft follows the budgets"
    );
    assert_eq!(spring.section(&reader).await, "- - - -");
});

scenario!(the_decided_report_has_both_sections, async |app: &TestApp| {
    let admin = app.admin();
    let spring = Spring::of(app).await;
    let told = json!({
        "id": spring.report, "version": version(&admin, &spring.report).await,
        "economyComment": "Vi ligger under budget.", "investmentComment": "Ugnarna blir dyrare.",
    });
    send(&admin, "reportUpdate", "", told).await;
    spring.step(&admin, "reportSubmit").await;
    spring.step(&admin, "reportApprove").await;
    let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
        economyComment investmentComment decided { content } } } }";
    let found = admin.query(query, json!({ "id": spring.report })).await.ok();
    assert_eq!(found.text("node.economyComment"), "Vi ligger under budget.");
    let content = found.data("node.decided.content");
    assert_eq!(content["format"], "rodtrad/follow-up-report/2");
    let economy = &content["economy"];
    let kronor = |amount: &str| json!({ "amount": amount, "currency": "SEK" });
    assert_eq!(economy["comment"], "Vi ligger under budget.");
    assert_eq!(economy["periodResult"], kronor("-10"));
    assert_eq!(economy["costDevelopment"], Value::Null);
    let expected = json!({
        "kind": "COST", "name": "Personal", "budget": kronor("1200"), "outcome": kronor("400"),
        "forecast": kronor("1200"),
    });
    assert_eq!(economy["lines"][1], expected);
    let budget = &content["investments"]["budget"];
    assert_eq!(content["investments"]["comment"], "Ugnarna blir dyrare.");
    assert_eq!((&budget["frame"], &budget["deviation"]), (&kronor("1000"), &kronor("50")));
    let item = &budget["items"][0];
    assert_eq!((&item["name"], &item["comment"]), (&json!("Ugnar"), &json!("Två ugnar av fyra.")));
    assert_eq!((&item["spent"], &item["orgUnit"]["code"]), (&kronor("125"), &json!("MAT")));
});

async fn plan_of(admin: &Client, unit: &str) {
    let plan = setup::plan(admin, unit, 2024).await;
    let decision = json!({
        "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": "Driftnämnden",
    });
    send(admin, "planDecide", "", decision).await;
}

async fn approved(admin: &Client, unit: &str) -> String {
    let open = json!({ "orgUnit": unit, "period": { "year": 2024, "kind": "UR1" } });
    let report = send(admin, "reportOpen", "report { id }", open).await;
    let report = report.text("reportOpen.report.id").to_owned();
    for mutation in ["reportSubmit", "reportApprove"] {
        taken(admin, mutation, &report).await;
    }
    report
}

async fn taken(admin: &Client, mutation: &str, report: &str) {
    let document = document_of(mutation, "ReportTransitionInput", "");
    let input =
        json!({ "id": report, "version": version(admin, report).await, "reason": "Beslut." });
    admin.query(&document, json!({ "input": input })).await.ok();
}

scenario!(what_is_put_together_from_below_stays_too, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    plan_of(&admin, &units.board).await;
    plan_of(&admin, &units.meals).await;
    let line = json!({ "kind": "COST", "name": "Personal", "budget": { "amount": "1200" } });
    let operating = json!({ "orgUnit": units.meals, "year": 2024, "lines": [line] });
    let made =
        send(&admin, "operatingBudgetCreate", "operatingBudget { lines { id } }", operating).await;
    let line = made.text("operatingBudgetCreate.operatingBudget.lines.0.id").to_owned();
    let come = async |amount: &str, seen: Option<i32>| {
        let come = json!({
            "line": line, "outcome": { "amount": amount }, "forecast": { "amount": "1200" }, "version": seen,
        });
        let input = json!({ "period": { "year": 2024, "kind": "UR1" }, "lines": [come] });
        send(&admin, "operatingFollowUpRecord", "", input).await;
    };
    come("400", None).await;
    let below = approved(&admin, &units.meals).await;
    let above = approved(&admin, &units.board).await;
    let result = async |client: &Client| {
        let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport { economy {
            periodResult { amount } origin } } } }";
        client.query(query, json!({ "id": above })).await.ok().data("node.economy").clone()
    };
    let reader = app.as_(Role::Reader, &units.board).await;
    let kept = json!({ "periodResult": { "amount": "-400" }, "origin": "AGGREGATED" });
    assert_eq!((result(&admin).await, result(&reader).await), (kept.clone(), kept.clone()));
    taken(&admin, "reportReopen", &below).await;
    come("450", Some(1)).await;
    assert_eq!((result(&admin).await, result(&reader).await), (kept.clone(), kept));
    taken(&admin, "reportReopen", &above).await;
    assert_eq!(result(&admin).await["periodResult"], json!({ "amount": "-450" }));
});
