//! What cannot be in a unit's year gets a precise error, and changes nothing.

use futures_util::future::join_all;
use rodtrad::domain::write;
use serde_json::{Value, json};
use tests::{
    TestApp, scenario,
    setup::{self, create, document, organisation},
};

use super::{calendar, deadline, event, refusals, send};

scenario!(what_cannot_be_in_a_year_is_refused_at_its_field, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = setup::plan(&admin, &units.board, 2024).await;
    let mine = event(&units.board, "Budgetdag", "2024-06-01", "2024-06-02");
    let mine = create(&admin, "calendarEvent", mine).await;
    let ur1 = deadline(&admin, &units.board, (2024, "UR1")).await;
    let ur2 = deadline(&admin, &units.board, (2024, "UR2")).await;
    let period = |year: i32, kind: &str| json!({ "year": year, "kind": kind });
    let refs = json!([{ "source": "", "externalId": "1" }]);
    let before = write::head(app.db().reader()).await.expect("the log's head");
    let made = |fields: Value| {
        let mut input = event(&units.board, "Ny", "2024-06-01", "2024-06-02");
        for (field, value) in fields.as_object().expect("fields") {
            input[field] = value.clone();
        }
        ("calendarEventCreate", input)
    };
    let changed = |id: &str, fields: Value| {
        let mut input = json!({ "id": id, "version": 1 });
        for (field, value) in fields.as_object().expect("fields") {
            input[field] = value.clone();
        }
        ("calendarEventUpdate", input)
    };
    let report =
        |year: i32, kind: &str| json!({ "kind": "REPORTING", "period": period(year, kind) });
    for ((mutation, input), code, path) in [
        (made(json!({ "orgUnit": plan })), "INVALID", "input.orgUnit"),
        (made(json!({ "orgUnit": "nonsens" })), "INVALID", "input.orgUnit"),
        (made(json!({ "name": " \n" })), "REQUIRED", "input.name"),
        (made(json!({ "name": "å".repeat(201) })), "INVALID", "input.name"),
        (made(json!({ "name": "a\u{0}b" })), "INVALID", "input.name"),
        (made(json!({ "dueOn": "2024-05-31" })), "INVALID", "input.dueOn"),
        (made(json!({ "startsOn": "1899-12-31" })), "INVALID", "input.startsOn"),
        (made(json!({ "dueOn": "2201-01-01" })), "INVALID", "input.dueOn"),
        (made(json!({ "dueOn": "2034-01-01" })), "INVALID", "input.dueOn"),
        (made(json!({ "period": period(1899, "AR") })), "INVALID", "input.period.year"),
        (made(json!({ "period": period(2024, "MONTH") })), "REQUIRED", "input.period.month"),
        (
            made(json!({ "period": { "year": 2024, "kind": "MONTH", "month": 3 } })),
            "INVALID",
            "input.period.kind",
        ),
        (
            made(json!({ "period": { "year": 2024, "kind": "AR", "month": 3 } })),
            "INVALID",
            "input.period.month",
        ),
        (made(report(2024, "UR1")), "DUPLICATE", "input.period"),
        (made(json!({ "externalRefs": refs })), "REQUIRED", "input.externalRefs.0.source"),
        (changed(&mine, json!({ "name": null })), "REQUIRED", "input.name"),
        (changed(&mine, json!({ "kind": null })), "REQUIRED", "input.kind"),
        (changed(&mine, json!({ "startsOn": null })), "REQUIRED", "input.startsOn"),
        (changed(&mine, json!({ "startsOn": "2024-06-03" })), "INVALID", "input.startsOn"),
        (changed(&mine, json!({ "dueOn": "2024-05-03" })), "INVALID", "input.dueOn"),
        (changed(&mine, report(2024, "UR2")), "DUPLICATE", "input.period"),
        (changed(&ur1, json!({ "period": period(2024, "UR2") })), "DUPLICATE", "input.period"),
        (changed(&ur2, json!({ "version": 2, "name": "x" })), "INVALID", "input.version"),
        (changed(&plan, json!({ "name": "x" })), "INVALID", "input.id"),
        (("calendarEventDelete", json!({ "id": mine, "version": 2 })), "CONFLICT", "input.version"),
    ] {
        let found = refusals(&admin, mutation, &input).await;
        assert_eq!(found, [(code.to_owned(), path.to_owned())], "{mutation} {input}");
    }
    let after = write::head(app.db().reader()).await.expect("the log's head");
    assert_eq!(before, after, "something was changed");
    // A longest name, a longest event, and many about one report that are no deadlines.
    let input = made(json!({ "name": "å".repeat(200), "dueOn": "2033-12-31" })).1;
    create(&admin, "calendarEvent", input).await;
    for _ in 0..2 {
        create(&admin, "calendarEvent", made(json!({ "period": period(2024, "UR1") })).1).await;
        create(&admin, "calendarEvent", made(json!({ "kind": "REPORTING" })).1).await;
    }
    // One that is no deadline yet cannot become a second one either.
    let extra = create(&admin, "calendarEvent", made(json!({ "period": period(2024, "UR1") })).1);
    let (_, input) = changed(&extra.await, json!({ "kind": "REPORTING" }));
    let found = refusals(&admin, "calendarEventUpdate", &input).await;
    assert_eq!(found, [("DUPLICATE".to_owned(), "input.kind".to_owned())]);
});

scenario!(a_full_year_takes_no_more, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let document = document("calendarEventCreate", "calendarEvent { id }");
    let made = (0..202).map(|number: usize| {
        let (day, year) = (number % 28 + 1, if number == 0 { 2023 } else { 2024 });
        let day = format!("{year}-02-{day:02}");
        let input = event(&units.board, &format!("Möte {number}"), &day, &day);
        admin.query(&document, json!({ "input": input }))
    });
    let answers = join_all(made).await;
    let codes: Vec<_> = answers
        .iter()
        .flat_map(|answer| answer.user_errors("calendarEventCreate"))
        .map(|error| (error.code.clone(), error.path()))
        .collect();
    assert_eq!(codes, [("INVALID".to_owned(), "input.orgUnit".to_owned())], "one too many");
    assert_eq!(calendar(&admin, &units.board, 2024).await.len(), 200);
    let of_2023 = answers[0].text("calendarEventCreate.calendarEvent.id");
    for (fields, path) in [
        (json!({ "dueOn": "2024-01-01" }), "input.dueOn"),
        (json!({ "startsOn": "2024-01-01", "dueOn": "2024-01-01" }), "input.startsOn"),
        (json!({ "period": { "year": 2024, "kind": "UR1" } }), "input.period"),
    ] {
        let mut input = fields;
        input["id"] = json!(of_2023);
        input["version"] = json!(1);
        let found = refusals(&admin, "calendarEventUpdate", &input).await;
        assert_eq!(found, [("INVALID".to_owned(), path.to_owned())], "{input}");
    }
    // What is there can still be changed, and a plan can still be made.
    let there =
        answers.iter().skip(1).find(|answer| answer.user_errors("calendarEventCreate").is_empty());
    let there = there.expect("one of 2024").text("calendarEventCreate.calendarEvent.id");
    let input =
        json!({ "id": there, "version": 1, "startsOn": "2024-01-01", "dueOn": "2024-12-31" });
    send(&admin, "calendarEventUpdate", "", input).await;
    setup::plan(&admin, &units.board, 2024).await;
    assert_eq!(calendar(&admin, &units.board, 2024).await.len(), 203);
});
