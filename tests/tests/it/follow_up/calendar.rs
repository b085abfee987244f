//! A unit's year: what is in it, who sees it, and who changes it.

use entity::{
    node_id,
    vocabulary::{NodeType, Role},
};
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{self, create, document, organisation},
};
use uuid::Uuid;

use super::{calendar, event, refusals, send, version};

scenario!(an_event_is_in_every_year_that_it_is_about, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    for (name, starts_on, due_on, period) in [
        ("Österledens plan", "2024-03-01", "2024-03-05", Value::Null),
        ("Ängens plan", "2024-03-01", "2024-03-05", Value::Null),
        ("Kort", "2024-03-01", "2024-03-02", Value::Null),
        ("Över nyår", "2024-12-31", "2025-01-01", Value::Null),
        ("Sista dagen", "2023-12-31", "2023-12-31", Value::Null),
        ("Mandatperioden", "2022-10-15", "2026-10-14", Value::Null),
        ("Bokslut", "2025-02-01", "2025-02-15", json!({ "year": 2024, "kind": "AR" })),
    ] {
        let mut input = event(&units.board, name, starts_on, due_on);
        input["period"] = period;
        create(&admin, "calendarEvent", input).await;
    }
    let mut elsewhere = event(&units.meals, "Någon annans", "2024-01-01", "2024-12-31");
    elsewhere["kind"] = json!("DECISION");
    create(&admin, "calendarEvent", elsewhere).await;
    let of = async |year: i32| -> Vec<String> {
        let found = calendar(&admin, &units.board, year).await;
        found.iter().map(|line| line.splitn(6, ' ').last().unwrap_or_default().to_owned()).collect()
    };
    for (year, names) in [
        (2021, vec![]),
        (2022, vec!["Mandatperioden"]),
        (2023, vec!["Mandatperioden", "Sista dagen"]),
        (
            2024,
            vec![
                "Mandatperioden",
                "Kort",
                "Ängens plan",
                "Österledens plan",
                "Över nyår",
                "Bokslut",
            ],
        ),
        (2025, vec!["Mandatperioden", "Över nyår", "Bokslut"]),
        (2026, vec!["Mandatperioden"]),
        (2027, vec![]),
    ] {
        assert_eq!(of(year).await, names, "{year}");
    }
    assert_eq!(
        calendar(&admin, &units.meals, 2024).await,
        ["DECISION - - 2024-01-01 2024-12-31 Någon annans"]
    );
    // Several years of several units in one operation.
    let both = "query ($a: ID!, $b: ID!) {
        a: calendar(orgUnit: $a, year: 2026) { name } b: calendar(orgUnit: $b, year: 2024) { name }
        c: calendar(orgUnit: $b, year: 2026) { name } }";
    let found = admin.query(both, json!({ "a": units.board, "b": units.meals })).await.ok();
    assert_eq!(
        found.body["data"],
        json!({ "a": [{ "name": "Mandatperioden" }], "b": [{ "name": "Någon annans" }], "c": [] })
    );
});

scenario!(who_sees_a_unit_sees_its_year, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let abroad = setup::org_unit(&admin, None, "G", "Region Grann", "COUNCIL").await;
    let id = event(&units.meals, "Menydag", "2024-03-01", "2024-03-01");
    let id = create(&admin, "calendarEvent", id).await;
    let line = ["PLANNING - - 2024-03-01 2024-03-01 Menydag"];
    let node = "query ($id: ID!) { node(id: $id) { ... on CalendarEvent { name viewerCannotUpdate
        orgUnit { code } history { nodes { kind } } } } }";
    for (role, unit, sees, may) in [
        (Role::Reader, &units.meals, true, false),
        (Role::Controller, &units.board, true, false),
        (Role::Integration, &units.meals, true, false),
        (Role::Admin, &units.board, true, true),
        (Role::Admin, &units.logistics, false, false),
        (Role::Admin, &abroad, false, false),
    ] {
        let client = app.as_(role, unit).await;
        let found = calendar(&client, &units.meals, 2024).await;
        assert_eq!(found, if sees { &line[..] } else { &[] }, "{role:?}");
        let of = client.query(node, json!({ "id": id })).await.ok();
        let why = if may { json!([]) } else { json!(["NOT_PERMITTED"]) };
        let told = json!({
            "name": "Menydag", "viewerCannotUpdate": why, "orgUnit": { "code": "MAT" },
            "history": { "nodes": [{ "kind": "CREATED" }] },
        });
        assert_eq!(of.data("node"), if sees { &told } else { &Value::Null }, "{role:?}");
        for (mutation, input) in [
            ("calendarEventCreate", event(&units.meals, "", "2024-03-01", "2024-03-01")),
            ("calendarEventUpdate", json!({ "id": id, "version": 1, "name": " " })),
            ("calendarEventDelete", json!({ "id": id, "version": 7 })),
        ] {
            let answer = client.query(&document(mutation, ""), json!({ "input": input })).await;
            let code = match answer.errors() {
                [] => answer.user_errors(mutation)[0].code.clone(),
                _ => answer.code().to_owned(),
            };
            match (sees, may) {
                (false, _) => assert_eq!(code, "NOT_FOUND", "{role:?} {mutation}"),
                (true, false) => assert_eq!(code, "FORBIDDEN", "{role:?} {mutation}"),
                (true, true) => assert_ne!(code, "FORBIDDEN", "{role:?} {mutation}"),
            }
        }
    }
    let unknown = node_id::encode(NodeType::OrgUnit, Uuid::now_v7());
    assert!(calendar(&admin, &unknown, 2024).await.is_empty());
    assert_eq!(calendar(&admin, &units.meals, 2024).await, line);
    let query = "query ($unit: ID!, $year: Int!) { calendar(orgUnit: $unit, year: $year) { id } }";
    for (client, unit, year, code) in [
        (app.anonymous(), &units.meals, 2024, "UNAUTHENTICATED"),
        (app.anonymous(), &id, 0, "UNAUTHENTICATED"),
        (admin.clone(), &units.meals, 1899, "BAD_USER_INPUT"),
        (admin.clone(), &units.meals, 2201, "BAD_USER_INPUT"),
        (admin, &id, 2024, "BAD_USER_INPUT"),
    ] {
        let answer = client.query(query, json!({ "unit": unit, "year": year })).await;
        assert_eq!(answer.code(), code, "{year}");
    }
});

scenario!(an_event_is_made_once_for_a_key, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let mut input = event(&units.meals, "Menydag", "2024-03-01", "2024-03-01");
    input["idempotencyKey"] = json!("k");
    let first = create(&admin, "calendarEvent", input.clone()).await;
    assert_eq!(create(&admin, "calendarEvent", input.clone()).await, first);
    assert_eq!(calendar(&admin, &units.meals, 2024).await.len(), 1);
    input["dueOn"] = json!("2024-03-02");
    let found = refusals(&admin, "calendarEventCreate", &input).await;
    assert_eq!(found, [("DUPLICATE".to_owned(), "input.idempotencyKey".to_owned())]);
});

scenario!(two_administrators_of_one_event_both_survive, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let (anna, bo) =
        (app.as_(Role::Admin, &units.board).await, app.as_(Role::Admin, &units.meals).await);
    let mut input = event(&units.meals, "Bokslutsdag", "2025-01-10", "2025-01-20");
    input["period"] = json!({ "year": 2024, "kind": "AR" });
    input["externalRefs"] = json!([{ "source": "outlook", "externalId": "7" }]);
    let id = create(&anna, "calendarEvent", input).await;
    let update = async |client: &tests::Client, fields: Value| {
        let mut input = fields;
        input["id"] = json!(id);
        input["version"] = json!(1);
        let document =
            document("calendarEventUpdate", "calendarEvent { name dueOn period { kind } }")
                .replace("field }", "field conflict { field current yours } }");
        client.query(&document, json!({ "input": input })).await
    };
    update(&anna, json!({ "dueOn": "2025-01-25", "period": null })).await.ok();
    let both = update(&bo, json!({ "name": "Bokslut" })).await.ok();
    assert_eq!(
        both.data("calendarEventUpdate.calendarEvent"),
        &json!({ "name": "Bokslut", "dueOn": "2025-01-25", "period": null })
    );
    for (fields, conflict) in [
        (
            json!({ "dueOn": "2025-01-31", "kind": "OTHER" }),
            json!({ "field": "dueOn", "current": "2025-01-25", "yours": "2025-01-31" }),
        ),
        (
            json!({ "period": { "year": 2024, "kind": "UR2" } }),
            json!({ "field": "period", "current": null, "yours": "UR2 2024" }),
        ),
    ] {
        let answer = update(&bo, fields).await;
        let error = answer.data("calendarEventUpdate.userErrors.0");
        assert_eq!((&error["code"], &error["conflict"]), (&json!("CONFLICT"), &conflict));
    }
    assert_eq!(version(&bo, &id).await, 3);
    let query = "query ($id: ID!) { node(id: $id) { ... on CalendarEvent { kind
        externalRefs { externalId } history { nodes { fields { field before after } } } } } }";
    let found = bo.query(query, json!({ "id": id })).await.ok();
    assert_eq!(found.data("node.kind"), "PLANNING");
    assert_eq!(found.data("node.externalRefs"), &json!([{ "externalId": "7" }]));
    assert_eq!(
        found.data("node.history.nodes.1.fields"),
        &json!([
            { "field": "dueOn", "before": "2025-01-20", "after": "2025-01-25" },
            { "field": "period", "before": "AR 2024", "after": null },
        ])
    );
    send(&bo, "calendarEventDelete", "deletedId", json!({ "id": id, "version": 3 })).await;
    assert!(calendar(&bo, &units.meals, 2025).await.is_empty());
});

scenario!(a_year_takes_as_many_statements_whatever_is_in_it, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let reader = app.as_(Role::Reader, &units.board).await;
    let query = "query ($a: ID!, $b: ID!) {
        a: calendar(orgUnit: $a, year: 2024) { name orgUnit { name } period { label } updatedBy { subject } externalRefs { source } }
        b: calendar(orgUnit: $b, year: 2025) { name orgUnit { name } period { label } viewerCannotUpdate }
    }";
    let variables = json!({ "a": units.meals, "b": units.logistics });
    let mut counts = Vec::new();
    for many in [1, 12] {
        for number in 0..many {
            for unit in [&units.meals, &units.logistics] {
                let mut input =
                    event(unit, &format!("{many} {number}"), "2024-11-01", "2025-02-01");
                input["period"] = json!({ "year": 2024, "kind": "UR2" });
                create(&admin, "calendarEvent", input).await;
            }
        }
        let ask = async || reader.query(query, &variables).await.ok();
        let (answer, count) = app.fewest_statements(ask).await;
        assert_eq!(answer.each("a", "name").len(), if many == 1 { 1 } else { 13 });
        assert_eq!(answer.data("b.0.period.label"), "UR2 2024");
        counts.push(count);
    }
    assert_eq!(counts[0], counts[1]);
});
