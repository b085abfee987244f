//! A board's report is built on those of its units, also while they still write.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{Client, TestApp, scenario, setup};

use super::{Year, decide, open, send, taken};

/// A unit's decided plan, with a goal that breaks the board's down.
async fn answering(admin: &Client, unit: &str, year: &Year, name: &str) -> String {
    let plan = json!({ "orgUnit": unit, "year": 2024, "title": "Plan", "basedOn": year.plan });
    let plan = setup::create(admin, "plan", plan).await;
    let part = json!({ "plan": plan, "name": name, "parent": year.goal });
    let part = setup::create(admin, "goal", part).await;
    decide(admin, &plan).await;
    part
}

const BELOW: &str = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
    progressBelow { orgUnit { code } report { status } required done overdue }
    assessments(filter: { types: [GOAL] }) { nodes { below { totalCount nodes {
        verdict comment subject { ... on Goal { name } } report { orgUnit { code } } } } } }
} } }";

scenario!(a_board_sees_how_far_its_units_have_come_and_what_they_say, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let meals = answering(&admin, &year.units.meals, &year, "Friska i köket").await;
    answering(&admin, &year.units.logistics, &year, "Friska på vägen").await;
    let board = open(&admin, &year.units.board, "UR1").await;
    let of_meals = open(&admin, &year.units.meals, "UR1").await;
    let said = json!({ "report": of_meals, "subject": meals, "verdict": "MET", "comment": "Ja" });
    send(&admin, "reportAssess", "", said).await;

    let found = admin.query(BELOW, json!({ "id": board })).await.ok();
    let logistics = |overdue: bool| json!({ "orgUnit": { "code": "LOG" }, "report": null, "required": 1, "done": 0, "overdue": overdue });
    let meals_is = |status: &str| json!({ "orgUnit": { "code": "MAT" }, "report": { "status": status }, "required": 1, "done": 1, "overdue": false });
    assert_eq!(found.data("node.progressBelow"), &json!([logistics(false), meals_is("DRAFT")]));
    let said = json!({ "verdict": "MET", "comment": "Ja", "subject": { "name": "Friska i köket" },
        "report": { "orgUnit": { "code": "MAT" } } });
    let of_goal = "node.assessments.nodes.0.below";
    assert_eq!(found.data(of_goal), &json!({ "totalCount": 1, "nodes": [said] }));

    taken(&admin, "reportSubmit", &of_meals, None).await;
    app.clock().set(2024, 5, 21);
    let found = admin.query(BELOW, json!({ "id": board })).await.ok();
    assert_eq!(found.data("node.progressBelow"), &json!([logistics(true), meals_is("SUBMITTED")]));

    // To a reader what is not approved is not there: the unit has said nothing yet.
    year.complete(&admin, &board, "UR1").await;
    taken(&admin, "reportSubmit", &board, Some("Vi kan inte vänta")).await;
    taken(&admin, "reportApprove", &board, None).await;
    let reader = year.as_(app, Role::Reader).await;
    let read = reader.query(BELOW, json!({ "id": board })).await.ok();
    let silent = |code: &str| json!({ "orgUnit": { "code": code }, "report": null, "required": 1, "done": 0, "overdue": true });
    assert_eq!(read.data("node.progressBelow"), &json!([silent("LOG"), silent("MAT")]));
    assert_eq!(read.data(of_goal), &json!({ "totalCount": 0, "nodes": [] }));
    taken(&admin, "reportApprove", &of_meals, None).await;
    let read = reader.query(BELOW, json!({ "id": board })).await.ok();
    assert_eq!(read.data("node.progressBelow.1"), &meals_is("APPROVED"));
    assert_eq!(read.data(of_goal)["totalCount"], 1);
});

scenario!(however_many_units_write_the_question_costs_the_same, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    answering(&admin, &year.units.meals, &year, "Friska i köket").await;
    let board = open(&admin, &year.units.board, "UR1").await;
    open(&admin, &year.units.meals, "UR1").await;
    let ask = async || admin.query(BELOW, json!({ "id": board })).await.ok();
    let (_, one) = app.fewest_statements(&ask).await;
    for number in 0..12 {
        let code = format!("E{number}");
        let unit = setup::org_unit(&admin, Some(&year.units.board), &code, &code, "UNIT").await;
        answering(&admin, &unit, &year, "En del").await;
        open(&admin, &unit, "UR1").await;
    }
    let (found, many) = app.fewest_statements(&ask).await;
    assert_eq!(found.data("node.progressBelow").as_array().map(Vec::len), Some(14));
    assert_eq!(many, one);
});

scenario!(a_judgement_stands_beside_what_the_rules_suggest, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let report = open(&admin, &year.units.board, "UR1").await;
    let suggested = async || -> Value {
        let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport {
            assessments { nodes { light suggested subject { __typename } } }
            scorecard { rows { nodes { status } } } } } }";
        let found = admin.query(query, json!({ "id": report })).await.ok();
        let mut lights = serde_json::Map::new();
        for said in found.data("node.assessments.nodes").as_array().expect("assessments") {
            let kind = said["subject"]["__typename"].as_str().expect("a type");
            lights.insert(kind.to_owned(), json!([said["light"], said["suggested"]]));
        }
        lights.insert("row".to_owned(), found.data("node.scorecard.rows.nodes.0.status").clone());
        Value::Object(lights)
    };
    let nothing = json!({ "FocusArea": ["NONE", "NONE"], "Goal": ["NONE", "NONE"],
        "Assignment": ["NONE", "NONE"], "Indicator": ["NONE", "NONE"], "row": "MISSING" });
    assert_eq!(suggested().await, nothing);

    setup::target(&admin, &year.indicator, &year.units.board, 2024, "3").await;
    year.complete(&admin, &report, "UR1").await;
    let late = json!({ "id": year.assignment, "version": 1, "status": "DELAYED" });
    send(&admin, "assignmentUpdate", "", late).await;
    let judged = json!({ "FocusArea": ["GREEN", "RED"], "Goal": ["GREEN", "RED"],
        "Assignment": ["GREEN", "YELLOW"], "Indicator": ["NONE", "RED"], "row": "RED" });
    assert_eq!(suggested().await, judged);
});
