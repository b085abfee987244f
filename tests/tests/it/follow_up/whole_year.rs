//! The whole year of Regionservice, played by five people of different roles.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, create, document},
};

use super::{decide, kept_from, open, send, step, taken};

/// Who takes part, and what they work with.
struct Cast {
    board: String,
    /// Reads what is published.
    citizen: Client,
    /// Writes in the reports,
    anna: Client,
    /// so does he who also plans,
    bo: Client,
    /// and she approves them.
    cecilia: Client,
    admin: Client,
    subjects: Vec<String>,
    indicator: String,
}

impl Cast {
    /// The autumn before: who may do what, and the plan that the board decides.
    async fn assemble(app: &TestApp) -> Self {
        app.clock().set(2023, 11, 6);
        let admin = app.admin();
        let region = setup::org_unit(&admin, None, "RH", "Region Halland", "COUNCIL").await;
        let board = setup::org_unit(&admin, Some(&region), "RGS", "Regionservice", "BOARD").await;
        let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
        let citizen = app.as_(Role::Reader, &board).await;
        let anna = app.as_(Role::Reporter, &board).await;
        let bo = app.as_(Role::Planner, &board).await;
        let cecilia = app.as_(Role::Controller, &board).await;
        let plan = setup::plan(&bo, &board, 2024).await;
        let area = json!({ "plan": plan, "name": "Attraktiv arbetsgivare", "number": "1", "origin": "OWN" });
        let area = create(&bo, "focusArea", area).await;
        let goal = json!({ "plan": plan, "name": "Friska medarbetare", "number": "1.1",
            "focusArea": area, "indicators": [indicator] });
        let goal = create(&bo, "goal", goal).await;
        let task =
            json!({ "plan": plan, "name": "Minska matsvinnet", "number": "1.2", "goal": goal });
        let task = create(&bo, "assignment", task).await;
        setup::target(&bo, &indicator, &board, 2024, "6.5").await;
        decide(&bo, &plan).await;
        Self {
            board,
            citizen,
            anna,
            bo,
            cecilia,
            admin,
            subjects: vec![area, goal, task],
            indicator,
        }
    }

    /// Judges everything, and records what was measured.
    async fn fill_in(&self, report: &str, kind: &str, value: &str) {
        for (nth, subject) in self.subjects.iter().enumerate() {
            let (who, verdict) =
                if nth == 0 { (&self.bo, "PARTLY_MET") } else { (&self.anna, "MET") };
            let seen = self.seen(report, subject).await;
            let said = json!({ "report": report, "subject": subject, "version": seen, "verdict": verdict });
            send(who, "reportAssess", "", said).await;
        }
        setup::outcome(&self.anna, &self.indicator, &self.board, (2024, kind), value).await;
    }

    /// The version of what a report says of something.
    async fn seen(&self, report: &str, subject: &str) -> Value {
        let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
            assessments { nodes { version subject { ... on Node { id } } } } } } }";
        let found = self.anna.query(query, json!({ "id": report })).await.ok();
        let all = found.data("node.assessments.nodes").as_array().expect("assessments").clone();
        let one = all.into_iter().find(|said| said["subject"]["id"] == subject);
        one.expect("an assessment of each thing")["version"].clone()
    }

    /// What somebody reads of the unit's reports.
    async fn read_by(&self, client: &Client) -> Value {
        let query = "query ($id: ID!) { orgUnit(by: { id: $id }) { reports(orderBy: { field: PERIOD }) { nodes {
            status period { kind } summary decided { sha256 } } } } outcomes { nodes { state value } } }";
        let answer = client.query(query, json!({ "id": self.board })).await.ok();
        answer.body["data"].clone()
    }
}

scenario!(regionservice_goes_through_its_year, async |app: &TestApp| {
    let cast = Cast::assemble(app).await;
    let Cast { anna, bo, cecilia, admin, citizen, .. } = &cast;
    let nothing = cast.read_by(citizen).await;

    app.clock().set(2024, 5, 2);
    let spring = open(anna, &cast.board, "UR1").await;
    two_write_at_once(&cast, &spring).await;
    let missing = kept_from(anna, "reportSubmit", &spring, None).await;
    let named =
        ["Attraktiv arbetsgivare", "Friska medarbetare", "Minska matsvinnet", "Sjukfrånvaro"];
    assert_eq!(missing.len(), named.len(), "{missing:?}");
    for ((code, message), name) in missing.iter().zip(named) {
        assert_eq!(code, "INCOMPLETE");
        assert!(message.contains(name), "{message} is of {name}");
    }
    cast.fill_in(&spring, "UR1", "6.8").await;
    assert_eq!(
        step(citizen, anna, "reportSubmit", &spring, None).await.user_errors("reportSubmit")[0]
            .code,
        "NOT_FOUND"
    );
    assert_eq!(taken(anna, "reportSubmit", &spring, None).await, "SUBMITTED");
    for who in [anna, bo] {
        assert_eq!(step(who, who, "reportApprove", &spring, None).await.code(), "FORBIDDEN");
    }
    let why = "Beskriv vad som görs åt sjukfrånvaron.";
    assert_eq!(taken(cecilia, "reportReturn", &spring, Some(why)).await, "RETURNED");
    let seen = cast.seen(&spring, &cast.subjects[1]).await;
    let mended = json!({ "report": spring, "subject": cast.subjects[1], "version": seen, "nextSteps": "Hälsosamtal" });
    send(anna, "reportAssess", "", mended).await;
    assert_eq!(cast.read_by(citizen).await, nothing, "a draft is nothing to the public");
    assert_eq!(taken(anna, "reportSubmit", &spring, None).await, "SUBMITTED");
    assert_eq!(taken(cecilia, "reportApprove", &spring, None).await, "APPROVED");
    let approved = cast.read_by(citizen).await;
    assert_eq!(approved["orgUnit"]["reports"]["nodes"][0]["status"], "APPROVED");
    assert_eq!(approved["outcomes"]["nodes"], json!([{ "state": "CONFIRMED", "value": "6.8" }]));

    too_late(&cast, &spring).await;
    assert_eq!(cast.read_by(citizen).await, approved, "and nothing was changed");
    let why = "Fel utfall för mars.";
    assert_eq!(step(bo, bo, "reportReopen", &spring, Some(why)).await.code(), "FORBIDDEN");
    assert_eq!(taken(cecilia, "reportReopen", &spring, Some(why)).await, "RETURNED");
    assert_eq!(cast.read_by(citizen).await, nothing);
    setup::outcome(anna, &cast.indicator, &cast.board, (2024, "UR1"), "6.7").await;
    taken(anna, "reportSubmit", &spring, None).await;
    taken(cecilia, "reportApprove", &spring, None).await;

    app.clock().set(2024, 9, 10);
    let autumn = open(bo, &cast.board, "UR2").await;
    cast.fill_in(&autumn, "UR2", "6.4").await;
    taken(bo, "reportSubmit", &autumn, None).await;
    taken(admin, "reportApprove", &autumn, None).await;

    app.clock().set(2025, 1, 20);
    let year = open(anna, &cast.board, "AR").await;
    cast.fill_in(&year, "AR", "6.3").await;
    let missing = kept_from(anna, "reportSubmit", &year, None).await;
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].1.contains("internal control"), "{missing:?}");
    let concluded = json!({ "id": year, "version": 1, "summary": "Ett bra år.", "internalControlConclusion": "SUFFICIENT" });
    send(anna, "reportUpdate", "", concluded).await;
    taken(anna, "reportSubmit", &year, None).await;
    taken(cecilia, "reportApprove", &year, None).await;

    let read = cast.read_by(citizen).await;
    let reports = read["orgUnit"]["reports"]["nodes"].as_array().expect("reports");
    let of: Vec<_> = reports.iter().map(|report| &report["period"]["kind"]).collect();
    assert_eq!(of, ["UR1", "UR2", "AR"]);
    assert!(reports.iter().all(|report| report["decided"]["sha256"].is_string()), "{read:#}");
    assert_eq!(reports[2]["summary"], "Ett bra år.");
    events_are_kept(cecilia, &spring).await;
});

/// The second who saves a text is told both.
async fn two_write_at_once(cast: &Cast, report: &str) {
    let goal = &cast.subjects[1];
    let said =
        |text: &str| json!({ "report": report, "subject": goal, "version": 1, "comment": text });
    send(&cast.anna, "reportAssess", "", said("Sjukfrånvaron sjunker.")).await;
    let document =
        document("reportAssess", "").replace("field }", "field conflict { field current yours } }");
    let answer =
        cast.bo.query(&document, json!({ "input": said("Korttidsfrånvaron ökar.") })).await;
    let error = answer.data("reportAssess.userErrors.0");
    assert_eq!(error["code"], "CONFLICT");
    let both = json!({ "field": "comment", "current": "Sjukfrånvaron sjunker.", "yours": "Korttidsfrånvaron ökar." });
    assert_eq!(error["conflict"], both);
    let seen = cast.seen(report, goal).await;
    let joined = json!({ "report": report, "subject": goal, "version": seen,
        "comment": "Sjukfrånvaron sjunker. Korttidsfrånvaron ökar." });
    send(&cast.bo, "reportAssess", "", joined).await;
}

/// Whoever writes after the approval is refused, by whichever mutation.
async fn too_late(cast: &Cast, report: &str) {
    let outcome = json!({ "indicator": cast.indicator, "orgUnit": cast.board,
        "period": { "year": 2024, "kind": "UR1" }, "value": "1" });
    let mut women = outcome.clone();
    women["gender"] = json!("WOMEN");
    for (mutation, input) in [
        (
            "reportAssess",
            json!({ "report": report, "subject": cast.subjects[0], "comment": "Sent" }),
        ),
        ("reportUpdate", json!({ "id": report, "version": 7, "summary": "Sent" })),
        ("outcomeCreate", women),
        ("outcomesRecord", json!({ "outcomes": [outcome] })),
    ] {
        for who in [&cast.anna, &cast.cecilia, &cast.admin] {
            let answer = who.query(&document(mutation, ""), json!({ "input": input })).await;
            let codes: Vec<_> =
                answer.user_errors(mutation).into_iter().map(|error| error.code).collect();
            assert_eq!(codes, ["LOCKED"], "{mutation}: {answer}");
        }
    }
}

async fn events_are_kept(client: &Client, report: &str) {
    let query =
        "query ($id: ID!) { node(id: $id) { ... on FollowUpReport { events { to reason } } } }";
    let found = client.query(query, json!({ "id": report })).await.ok();
    let told: Vec<String> = (found.data("node.events").as_array().expect("events").iter())
        .map(|event| {
            let reason = event["reason"].as_str().map(|reason| format!(": {reason}"));
            format!("{}{}", event["to"].as_str().unwrap_or_default(), reason.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        told,
        [
            "DRAFT",
            "SUBMITTED",
            "RETURNED: Beskriv vad som görs åt sjukfrånvaron.",
            "SUBMITTED",
            "APPROVED",
            "RETURNED: Fel utfall för mars.",
            "SUBMITTED",
            "APPROVED",
        ]
    );
}
