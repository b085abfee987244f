//! A decided report is a public record: nothing that happens later changes it.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tests::{
    Client, TestApp, scenario,
    setup::{self, Organisation, create},
};

use super::{decide, open, send, taken, version};

/// Driftnämnden's plan, which takes a focus area from fullmäktige.
struct Decided {
    units: Organisation,
    goal: String,
    indicator: String,
    report: String,
}

impl Decided {
    async fn of(app: &TestApp) -> Self {
        let admin = app.admin();
        let units = setup::organisation(&admin).await;
        let indicator = setup::indicator(&admin, &units.region, "SJUK", "Sjukfrånvaro").await;
        let upper = setup::plan(&admin, &units.region, 2024).await;
        let area = json!({ "plan": upper, "name": "En hållbar region", "origin": "COUNCIL", "number": "2" });
        let area = create(&admin, "focusArea", area).await;
        decide(&admin, &upper).await;
        let plan =
            json!({ "orgUnit": units.board, "year": 2024, "title": "Nämndplan", "basedOn": upper });
        let plan = create(&admin, "plan", plan).await;
        let goal = json!({
            "plan": plan, "name": "Friska medarbetare", "number": "2.1", "focusArea": area,
            "indicators": [indicator],
        });
        let goal = create(&admin, "goal", goal).await;
        decide(&admin, &plan).await;
        setup::target(&admin, &indicator, &units.board, 2024, "5.5").await;
        setup::outcome(&admin, &indicator, &units.board, (2024, "UR1"), "6.25").await;
        let report = open(&admin, &units.board, "UR1").await;
        for (subject, verdict, comment) in
            [(&area, "PARTLY_MET", "En bit på väg"), (&goal, "MET", "Hälsosamtal har hållits")]
        {
            let said = json!({
                "report": report, "subject": subject, "verdict": verdict, "comment": comment,
            });
            send(&admin, "reportAssess", "", said).await;
        }
        let summary = json!({ "id": report, "version": 1, "summary": "Läget är gott." });
        send(&admin, "reportUpdate", "", summary).await;
        taken(&admin, "reportSubmit", &report, None).await;
        Self { units, goal, indicator, report }
    }

    /// What a report was decided as, each time, the latest first.
    async fn decisions(&self, client: &Client) -> Value {
        let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
            decided { sha256 } decisions { at sha256 by { subject } content } } } }";
        let answer = client.query(query, json!({ "id": self.report })).await.ok();
        let latest = answer.data("node.decisions.0.sha256");
        assert_eq!(answer.data("node.decided.sha256"), latest, "the latest one");
        answer.data("node.decisions").clone()
    }
}

/// The SHA-256 of a content, for which all its keys are sorted and no space is left.
fn hash(content: &Value) -> String {
    let bytes = serde_json::to_vec(content).expect("JSON");
    Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

scenario!(a_decided_report_is_told_as_it_was, async |app: &TestApp| {
    let year = Decided::of(app).await;
    let admin = app.admin();
    assert_eq!(year.decisions(&admin).await, json!([]));
    let none = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport { decided { at } } } }";
    let none = admin.query(none, json!({ "id": year.report })).await.ok();
    assert_eq!(none.data("node.decided"), &Value::Null);

    taken(&admin, "reportApprove", &year.report, None).await;
    let decided = year.decisions(&admin).await;
    let first = &decided[0];
    assert_eq!(first["by"]["subject"], "operator");
    let content = &first["content"];
    assert_eq!(first["sha256"], hash(content), "anybody can check it");
    assert_eq!(content["orgUnit"]["name"], "Driftnämnden");
    assert_eq!(content["above"][0]["name"], "Region Halland");
    assert_eq!(content["period"]["label"], "UR1 2024");
    assert_eq!(content["summary"], "Läget är gott.");
    let said: Vec<[&Value; 3]> = (content["assessments"].as_array().expect("assessments").iter())
        .map(|said| [&said["subject"]["name"], &said["verdict"], &said["suggested"]])
        .collect();
    assert_eq!(
        json!(said),
        json!([["En hållbar region", "PARTLY_MET", "RED"], ["Friska medarbetare", "MET", "RED"]])
    );
    assert_eq!(content["assessments"][1]["subject"]["under"][0]["name"], "En hållbar region");
    let row = &content["scorecard"][0];
    assert_eq!(row["indicator"]["code"], "SJUK");
    assert_eq!(row["outcome"]["value"], "6.25");
    assert_eq!(row["outcome"]["displayValue"], "6,3\u{a0}%");
    assert_eq!(row["outcome"]["state"], "CONFIRMED");
    assert_eq!((&row["target"]["value"], &row["deviation"]), (&json!("5.5"), &json!("0.75")));
    assert_eq!(row["status"], "RED");
});

scenario!(who_does_not_see_what_is_above_reads_it_without, async |app: &TestApp| {
    let year = Decided::of(app).await;
    let admin = app.admin();
    taken(&admin, "reportApprove", &year.report, None).await;
    let reader = app.as_(Role::Reader, &year.units.board).await;
    let read = year.decisions(&reader).await;
    let content = &read[0]["content"];
    assert_eq!(read[0]["sha256"], hash(content), "it has a hash of its own");
    assert!(!content.to_string().contains("hållbar region"), "{content:#}");
    assert!(!content.to_string().contains("Region Halland"), "{content:#}");
    let said = content["assessments"].as_array().expect("assessments");
    let named: Vec<_> = said.iter().map(|said| &said["subject"]["name"]).collect();
    assert_eq!(named, ["Friska medarbetare"], "what is said of what is above is not there");
    let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
        assessments { totalCount nodes { subject { __typename } } } } } }";
    let live = reader.query(query, json!({ "id": year.report })).await.ok();
    assert_eq!(live.data("node.assessments.totalCount"), 2, "the goal and the indicator");

    let of_all = app.as_(Role::Reader, &year.units.region).await;
    assert_eq!(year.decisions(&of_all).await, year.decisions(&admin).await);
    let aside = app.as_(Role::Controller, &year.units.logistics).await;
    let query = "query ($id: ID!) { node(id: $id) { id } }";
    let nothing = aside.query(query, json!({ "id": year.report })).await.ok();
    assert_eq!(nothing.data("node"), &Value::Null);
});

scenario!(what_happens_later_changes_nothing_of_what_was_decided, async |app: &TestApp| {
    let year = Decided::of(app).await;
    let admin = app.admin();
    let reader = app.as_(Role::Reader, &year.units.board).await;
    taken(&admin, "reportApprove", &year.report, None).await;
    let before = [year.decisions(&admin).await, year.decisions(&reader).await];

    let renamed = json!({ "id": year.goal, "version": version(&admin, &year.goal).await,
        "name": "Ett nytt namn", "description": "En ny beskrivning" });
    send(&admin, "goalUpdate", "", renamed).await;
    let redefined = json!({ "id": year.indicator, "version": version(&admin, &year.indicator).await,
        "name": "Frånvaro", "definition": "Mäts på ett annat sätt", "unit": "dagar", "decimals": 0 });
    send(&admin, "indicatorUpdate", "", redefined).await;
    setup::target(&admin, &year.indicator, &year.units.board, 2024, "9").await;
    let office =
        setup::org_unit(&admin, Some(&year.units.region), "RK", "Regionkontoret", "ADMINISTRATION")
            .await;
    let moved = json!({ "id": year.units.board, "version": version(&admin, &year.units.board).await,
        "parent": office, "name": "En annan nämnd", "code": "EN" });
    send(&admin, "orgUnitUpdate", "", moved).await;
    let cycle = json!({ "orgUnit": year.units.region, "year": 2024, "periods": [
        { "kind": "UR1", "label": "T1", "endMonth": 3, "dueOn": "2024-06-01" },
        { "kind": "UR2", "label": "T2", "endMonth": 8, "dueOn": "2024-09-20" },
        { "kind": "AR", "label": "VB", "endMonth": 12, "dueOn": "2025-02-15" } ] });
    send(&admin, "reportingCycleSet", "", cycle).await;
    app.clock().set(2026, 1, 2);
    let after = [year.decisions(&admin).await, year.decisions(&reader).await];
    assert_eq!(before.map(|told| told.to_string()), after.map(|told| told.to_string()));

    let before = year.decisions(&admin).await;
    taken(&admin, "reportReopen", &year.report, Some("Fel siffra")).await;
    assert_eq!(year.decisions(&admin).await, before, "what was decided stays decided");
    taken(&admin, "reportSubmit", &year.report, None).await;
    taken(&admin, "reportApprove", &year.report, None).await;
    let both = year.decisions(&admin).await;
    assert_eq!(both[1], before[0]);
    assert_eq!(both[0]["content"]["orgUnit"]["name"], "En annan nämnd");
    assert_eq!(both[0]["content"]["period"]["label"], "T1 2024");
});

scenario!(a_record_holds_what_was_before_the_board, async |app: &TestApp| {
    let year = Decided::of(app).await;
    let admin = app.admin();
    let (board, meals) = (&year.units.board, &year.units.meals);
    // Måltidsservice has answered, and is not approved; what Logistikservice has answered is confidential.
    let waste = json!({ "orgUnit": year.units.region, "code": "SVINN", "name": "Matsvinn", "category": "SPECIFIC",
        "unit": "g", "decimals": 0, "direction": "LOWER_IS_BETTER", "aggregation": "SUM", "frequency": ["UR1"] });
    let waste = create(&admin, "indicator", waste).await;
    setup::target(&admin, &waste, board, 2024, "100").await;
    setup::outcome(&admin, &waste, meals, (2024, "UR1"), "90").await;
    let hidden = json!({ "indicator": waste, "orgUnit": year.units.logistics,
        "period": { "year": 2024, "kind": "UR1" }, "value": "777", "missingReason": "CONFIDENTIAL" });
    taken(&admin, "reportApprove", &year.report, None).await;
    let row = |decisions: &Value| {
        let rows = decisions[0]["content"]["scorecard"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["indicator"]["code"] == "SVINN").expect("a row")
    };
    let reader = app.as_(Role::Reader, board).await;
    for client in [&admin, &reader] {
        let row = row(&year.decisions(client).await);
        assert_eq!((&row["outcome"]["value"], &row["status"]), (&json!("90"), &json!("GREEN")));
        assert_eq!(row["outcome"]["state"], "PRELIMINARY", "and says what it rests on");
    }
    taken(&admin, "reportReopen", &year.report, Some("Ny siffra")).await;
    send(&admin, "outcomesRecord", "", json!({ "outcomes": [hidden] })).await;
    taken(&admin, "reportSubmit", &year.report, None).await;
    taken(&admin, "reportApprove", &year.report, None).await;
    for client in [&admin, &reader] {
        let outcome = row(&year.decisions(client).await)["outcome"].clone();
        let (value, shown) = (&outcome["value"], &outcome["displayValue"]);
        assert!(
            value.is_null() || value == "90",
            "neither the value nor a sum with it: {outcome:#}"
        );
        assert!(!["777\u{a0}g", "867\u{a0}g"].iter().any(|secret| shown == secret), "{outcome:#}");
    }
});

scenario!(what_was_decided_stays_public_while_it_is_written_anew, async |app: &TestApp| {
    let year = Decided::of(app).await;
    let admin = app.admin();
    let reader = app.as_(Role::Reader, &year.units.board).await;
    let aside = app.as_(Role::Reader, &year.units.logistics).await;
    let decisions = async |client: &Client| {
        let query = "query ($id: ID!) { orgUnit(by: { id: $id }) {
            decisions(period: { year: 2024, kind: UR1 }) { sha256 content }
            report(period: { year: 2024, kind: UR1 }) { status } } }";
        let answer = client.query(query, json!({ "id": year.units.board })).await.ok();
        answer.data("orgUnit").clone()
    };
    assert_eq!(decisions(&reader).await, json!({ "decisions": [], "report": null }));
    taken(&admin, "reportApprove", &year.report, None).await;
    let decided = decisions(&reader).await["decisions"].clone();
    assert_eq!(decided.as_array().map(Vec::len), Some(1));
    taken(&admin, "reportReopen", &year.report, Some("Fel siffra")).await;
    assert_eq!(decisions(&reader).await, json!({ "decisions": decided, "report": null }));
    assert_eq!(decisions(&aside).await, Value::Null);
});

scenario!(a_boards_record_names_those_of_its_units_by_their_hash, async |app: &TestApp| {
    let year = Decided::of(app).await;
    let admin = app.admin();
    let plan = setup::plan(&admin, &year.units.meals, 2024).await;
    setup::goal(&admin, &plan, "Friska i köket").await;
    decide(&admin, &plan).await;
    let meals = open(&admin, &year.units.meals, "UR1").await;
    let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
        completeness { missing { subject { ... on Node { id } } } } } } }";
    let todo = admin.query(query, json!({ "id": meals })).await.ok();
    for id in todo.each("node.completeness.missing", "subject.id") {
        send(
            &admin,
            "reportAssess",
            "",
            json!({ "report": meals, "subject": id, "verdict": "MET" }),
        )
        .await;
    }
    taken(&admin, "reportSubmit", &meals, None).await;
    taken(&admin, "reportApprove", &meals, None).await;
    taken(&admin, "reportReturn", &year.report, Some("Vänta in måltidsservice")).await;
    taken(&admin, "reportSubmit", &year.report, None).await;
    taken(&admin, "reportApprove", &year.report, None).await;
    let query = "query ($meals: ID!, $board: ID!) {
        meals: node(id: $meals) { ... on FollowUpReport { decided { sha256 } } }
        board: node(id: $board) { ... on FollowUpReport { decided { content } } } }";
    for client in [&admin, &app.as_(Role::Reader, &year.units.board).await] {
        let ids = json!({ "meals": meals, "board": year.report });
        let found = client.query(query, ids).await.ok();
        let below = found.data("board.decided.content.subReports.0");
        assert_eq!(below["orgUnit"]["code"], "MAT");
        assert_eq!(&below["sha256"], found.data("meals.decided.sha256"));
    }
});
