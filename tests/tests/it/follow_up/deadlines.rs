//! When reports are due: proposed with the plan, moved by the unit, and otherwise as the cycle says.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{self, create, organisation},
};

use super::{Year, calendar, deadline, decide, event, open, refusals, send, version};

async fn set_cycle(client: &Client, unit: &str, year: i32, periods: &[(&str, &str, i32, &str)]) {
    let period = |(kind, label, end, due): &(&str, &str, i32, &str)| json!({ "kind": kind, "label": label, "endMonth": end, "dueOn": due });
    let periods: Vec<Value> = periods.iter().map(period).collect();
    let input = json!({ "orgUnit": unit, "year": year, "periods": periods });
    send(client, "reportingCycleSet", "", input).await;
}

/// Moves a deadline to another day.
async fn put_off(client: &Client, id: &str, due_on: &str) {
    let input = json!({ "id": id, "version": version(client, id).await, "dueOn": due_on });
    send(client, "calendarEventUpdate", "", input).await;
}

async fn due(client: &Client, report: &str) -> (String, Value) {
    let query = "query ($id: ID!) { node(id: $id) { ... on FollowUpReport { dueOn overdue } } }";
    let found = client.query(query, json!({ "id": report })).await.ok();
    (found.text("node.dueOn").to_owned(), found.data("node.overdue").clone())
}

async fn remove_plan(client: &Client, plan: &str) {
    let input = json!({ "id": plan, "version": version(client, plan).await });
    send(client, "planDelete", "", input).await;
}

scenario!(a_plan_proposes_when_its_reports_are_due, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let tertials = [
        ("UR1", "T1", 4, "2025-05-19"),
        ("UR2", "T2", 8, "2025-09-22"),
        ("AR", "VB", 12, "2026-01-30"),
    ];
    set_cycle(&admin, &units.region, 2025, &tertials).await;
    set_cycle(
        &admin,
        &units.region,
        2026,
        &[("UR1", "Delår", 3, "2026-03-31"), ("AR", "Årsbokslut", 12, "2027-02-10")],
    )
    .await;
    let planner = app.as_(Role::Planner, &units.board).await;
    for year in [2024, 2025, 2026] {
        setup::plan(&planner, &units.board, year).await;
    }
    assert!(calendar(&planner, &units.board, 2023).await.is_empty());
    let [annual_2024, annual_2025] = [
        "REPORTING AR 2024 2025-01-01 2025-02-15 ÅR 2024: rapporten lämnas in",
        "REPORTING AR 2025 2026-01-01 2026-01-30 VB 2025: rapporten lämnas in",
    ];
    assert_eq!(
        calendar(&planner, &units.board, 2024).await,
        [
            "REPORTING UR1 2024 2024-05-01 2024-05-20 UR1 2024: rapporten lämnas in",
            "REPORTING UR2 2024 2024-09-01 2024-09-20 UR2 2024: rapporten lämnas in",
            annual_2024,
        ]
    );
    assert_eq!(
        calendar(&planner, &units.board, 2025).await,
        [
            annual_2024,
            "REPORTING UR1 2025 2025-05-01 2025-05-19 T1 2025: rapporten lämnas in",
            "REPORTING UR2 2025 2025-09-01 2025-09-22 T2 2025: rapporten lämnas in",
            annual_2025,
        ]
    );
    assert_eq!(
        calendar(&planner, &units.board, 2026).await,
        [
            annual_2025,
            // Due on the last day of the period itself.
            "REPORTING UR1 2026 2026-03-31 2026-03-31 Delår 2026: rapporten lämnas in",
            "REPORTING UR2 2026 2026-09-01 2026-09-22 T2 2026: rapporten lämnas in",
            "REPORTING AR 2026 2027-01-01 2027-02-10 Årsbokslut 2026: rapporten lämnas in",
        ]
    );
    assert!(calendar(&planner, &units.meals, 2024).await.is_empty(), "no plan of its own");
});

scenario!(what_a_draft_proposes_does_not_tell_that_there_is_a_draft, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reader = app.as_(Role::Reader, &units.board).await;
    let planner = app.as_(Role::Planner, &units.board).await;
    let plan = setup::plan(&planner, &units.board, 2024).await;
    assert_eq!(calendar(&planner, &units.board, 2024).await.len(), 3);
    assert!(calendar(&reader, &units.board, 2024).await.is_empty());
    set_cycle(&admin, &units.region, 2024, &[("UR1", "T1", 4, "2024-05-30")]).await;
    assert!(calendar(&reader, &units.board, 2024).await.is_empty());
    decide(&planner, &plan).await;
    let seen = calendar(&planner, &units.board, 2024).await;
    assert_eq!(calendar(&reader, &units.board, 2024).await, seen);
    assert!(seen[0].contains("2024-05-30"), "{seen:?}");
    let id = deadline(&planner, &units.board, (2024, "UR1")).await;
    let history =
        "query ($id: ID!) { node(id: $id) { ... on Tracked { history { totalCount } } } }";
    let told = reader.query(history, json!({ "id": id })).await.ok();
    assert_eq!(told.data("node.history.totalCount"), 0, "nor when it was begun");
});

scenario!(a_plan_proposes_nothing_that_is_there, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let mut own = event(&units.meals, "Vår egen dag", "2024-05-02", "2024-05-10");
    own["kind"] = json!("REPORTING");
    own["period"] = json!({ "year": 2024, "kind": "UR1" });
    create(&admin, "calendarEvent", own).await;
    let mut meeting = event(&units.meals, "Möte om UR2", "2024-09-10", "2024-09-10");
    meeting["period"] = json!({ "year": 2024, "kind": "UR2" });
    create(&admin, "calendarEvent", meeting).await;
    let plan = setup::plan(&admin, &units.meals, 2024).await;
    let mine = [
        "REPORTING UR1 2024 2024-05-02 2024-05-10 Vår egen dag",
        "PLANNING UR2 2024 2024-09-10 2024-09-10 Möte om UR2",
    ];
    let proposed = [
        "REPORTING UR2 2024 2024-09-01 2024-09-20 UR2 2024: rapporten lämnas in",
        "REPORTING AR 2024 2025-01-01 2025-02-15 ÅR 2024: rapporten lämnas in",
    ];
    let found = calendar(&admin, &units.meals, 2024).await;
    assert_eq!(found, [mine[0], proposed[0], mine[1], proposed[1]]);

    // A copy proposes for its own unit and year; what went with the first plan is proposed again with the next.
    let copy = json!({ "plan": plan, "year": 2025, "orgUnit": units.logistics });
    send(&admin, "planCopy", "", copy).await;
    let copied = calendar(&admin, &units.logistics, 2025).await;
    assert_eq!(copied.len(), 3, "{copied:?}");
    assert_eq!(copied[0], "REPORTING UR1 2025 2025-05-01 2025-05-20 UR1 2025: rapporten lämnas in");
    remove_plan(&admin, &plan).await;
    assert_eq!(calendar(&admin, &units.meals, 2024).await, mine);
    setup::plan(&admin, &units.meals, 2024).await;
    assert_eq!(calendar(&admin, &units.meals, 2024).await, found);
});

scenario!(a_draft_takes_along_what_nobody_has_changed, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = setup::plan(&admin, &units.meals, 2024).await;
    let mut ids = Vec::new();
    for kind in ["UR1", "UR2", "AR"] {
        ids.push(deadline(&admin, &units.meals, (2024, kind)).await);
    }
    // The cycle moves one, which is nobody's hand; a person names another, and a third gets an id of another system.
    set_cycle(&admin, &units.region, 2024, &[("UR1", "T1", 4, "2024-05-25")]).await;
    let renamed = json!({ "id": ids[1], "version": 1, "name": "Andra uppföljningen" });
    send(&admin, "calendarEventUpdate", "", renamed).await;
    let known = json!({
        "id": ids[2], "version": 1, "externalRefs": [{ "source": "outlook", "externalId": "1" }],
    });
    send(&admin, "calendarEventUpdate", "", known).await;
    remove_plan(&admin, &plan).await;
    assert_eq!(
        calendar(&admin, &units.meals, 2024).await,
        [
            "REPORTING UR2 2024 2024-09-01 2024-09-20 Andra uppföljningen",
            "REPORTING AR 2024 2025-01-01 2025-02-15 ÅR 2024: rapporten lämnas in",
        ]
    );
    // What is left of the unit's year keeps the unit.
    let unit = json!({ "id": units.meals, "version": 1 });
    let found = refusals(&admin, "orgUnitDelete", &unit).await;
    assert_eq!(found, [("IN_USE".to_owned(), "input.id".to_owned())]);
    for id in &ids[1..] {
        send(&admin, "calendarEventDelete", "", json!({ "id": id, "version": 2 })).await;
    }
    send(&admin, "orgUnitDelete", "", unit).await;
});

scenario!(a_moved_deadline_moves_the_report, async |app: &TestApp| {
    let year = Year::of(app).await;
    let admin = app.admin();
    let reporter = year.as_(app, Role::Reporter).await;
    let below = setup::plan(&admin, &year.units.meals, 2024).await;
    decide(&admin, &below).await;
    let report = open(&reporter, &year.units.board, "UR1").await;
    let meals = open(&admin, &year.units.meals, "UR1").await;
    let on_time = ("2024-05-20".to_owned(), json!(false));
    assert_eq!(due(&reporter, &report).await, on_time, "it is 15 May");
    let id = deadline(&admin, &year.units.board, (2024, "UR1")).await;
    put_off(&admin, &id, "2024-05-14").await;
    assert_eq!(due(&reporter, &report).await, ("2024-05-14".to_owned(), json!(true)));
    assert_eq!(due(&reporter, &meals).await, on_time, "another unit's");
    // Only an event of the kind REPORTING says when.
    let other = json!({ "id": id, "version": 2, "kind": "OTHER" });
    send(&admin, "calendarEventUpdate", "", other).await;
    assert_eq!(due(&reporter, &report).await, on_time);
    let back = json!({ "id": id, "version": 3, "kind": "REPORTING" });
    send(&admin, "calendarEventUpdate", "", back).await;
    app.clock().set(2024, 5, 21);
    put_off(&admin, &id, "2024-05-31").await;
    assert_eq!(due(&reporter, &report).await, ("2024-05-31".to_owned(), json!(false)));
    assert_eq!(due(&reporter, &meals).await, ("2024-05-20".to_owned(), json!(true)));
    // Without an event the cycle says.
    send(&admin, "calendarEventDelete", "", json!({ "id": id, "version": 5 })).await;
    set_cycle(&admin, &year.units.region, 2024, &[("UR1", "T1", 4, "2024-06-03")]).await;
    assert_eq!(due(&reporter, &report).await, ("2024-06-03".to_owned(), json!(false)));
    assert_eq!(due(&reporter, &meals).await, ("2024-06-03".to_owned(), json!(false)));
});

scenario!(the_cycle_moves_what_nobody_moved, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let abroad = setup::org_unit(&admin, None, "G", "Region Grann", "COUNCIL").await;
    for (unit, year) in [
        (&units.board, 2024),
        (&units.meals, 2023),
        (&units.meals, 2024),
        (&units.meals, 2025),
        (&abroad, 2024),
    ] {
        setup::plan(&admin, unit, year).await;
    }
    let (by_hand, ours) = (
        deadline(&admin, &units.board, (2024, "UR1")).await,
        deadline(&admin, &units.meals, (2024, "UR1")).await,
    );
    put_off(&admin, &by_hand, "2024-05-28").await;
    let before = calendar(&admin, &units.meals, 2023).await;
    let set = async |label: &str| {
        set_cycle(&admin, &units.region, 2024, &[("UR1", label, 3, "2024-04-22")]).await;
    };
    set("Delår").await;
    let ur1 = async |unit: &str, year: i32| -> String {
        let all = calendar(&admin, unit, year).await;
        all.into_iter().find(|line| line.contains(" UR1 ")).expect("UR1")
    };
    let moved = "REPORTING UR1 2024 2024-04-01 2024-04-22 Delår 2024: rapporten lämnas in";
    assert_eq!(ur1(&units.meals, 2024).await, moved);
    assert_eq!(
        ur1(&units.meals, 2025).await,
        "REPORTING UR1 2025 2025-04-01 2025-04-22 Delår 2025: rapporten lämnas in",
        "the next year inherits"
    );
    assert_eq!(calendar(&admin, &units.meals, 2023).await, before, "the year before does not");
    assert_eq!(
        ur1(&units.board, 2024).await,
        "REPORTING UR1 2024 2024-05-01 2024-05-28 UR1 2024: rapporten lämnas in"
    );
    assert_eq!(
        ur1(&abroad, 2024).await,
        "REPORTING UR1 2024 2024-05-01 2024-05-20 UR1 2024: rapporten lämnas in"
    );
    // The same again changes nothing; who moved it is told.
    set("Delår").await;
    assert_eq!((version(&admin, &ours).await, version(&admin, &by_hand).await), (2, 2));
    let log = "query ($id: ID!) { node(id: $id) { ... on Tracked { history(first: 1) { nodes {
        kind actor { subject } fields { field before after } } } } } }";
    let log = admin.query(log, json!({ "id": ours })).await.ok();
    let [old, new] = ["UR1 2024: rapporten lämnas in", "Delår 2024: rapporten lämnas in"]
        .map(|name| json!(name));
    assert_eq!(
        log.data("node.history.nodes"),
        &json!([{ "kind": "UPDATED", "actor": { "subject": "operator" }, "fields": [
            { "field": "name", "before": old, "after": new },
            { "field": "startsOn", "before": "2024-05-01", "after": "2024-04-01" },
            { "field": "dueOn", "before": "2024-05-20", "after": "2024-04-22" },
        ] }])
    );
    // A refused cycle moves nothing.
    let wrong = json!({ "orgUnit": units.region, "year": 2024, "periods": [
        { "kind": "UR1", "label": "Delår", "endMonth": 9, "dueOn": "2024-10-10" }] });
    assert!(!refusals(&admin, "reportingCycleSet", &wrong).await.is_empty());
    assert_eq!(ur1(&units.meals, 2024).await, moved);
});

scenario!(many_deadlines_take_as_many_statements_as_one, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reports = "{ followUpReports { nodes { dueOn overdue } } }";
    let (mut asked, mut moved) = (Vec::new(), Vec::new());
    for round in 0..2 {
        for number in 0..(round * 5 + 1) {
            let code = format!("E{round}{number}");
            let unit = setup::org_unit(&admin, Some(&units.board), &code, &code, "UNIT").await;
            let plan = setup::plan(&admin, &unit, 2024).await;
            decide(&admin, &plan).await;
            open(&admin, &unit, "UR1").await;
            let id = deadline(&admin, &unit, (2024, "UR1")).await;
            match number % 3 {
                0 => {}
                1 => put_off(&admin, &id, "2024-05-10").await,
                _ => {
                    let input = json!({ "id": id, "version": 1 });
                    send(&admin, "calendarEventDelete", "", input).await;
                }
            }
        }
        let ask = async || admin.query(reports, ()).await.ok();
        let (answer, count) = app.fewest_statements(ask).await;
        let late = answer.each("followUpReports.nodes", "overdue");
        let late = late.into_iter().filter(|late| **late == json!(true)).count();
        assert_eq!(late, if round == 0 { 0 } else { 2 });
        asked.push(count);
        let due_on = format!("2024-05-2{}", round + 1);
        let periods = [("UR1", "T1", 4, due_on.as_str())];
        let cycle = set_cycle(&admin, &units.region, 2024, &periods);
        moved.push(app.statements(cycle).await.1);
    }
    assert_eq!(asked[0], asked[1]);
    assert_eq!(moved[0], moved[1]);
});
