//! Steps of reports, told as they are taken.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use tests::{Client, Socket, TestApp, scenario};

use super::{Year, open, taken};
use crate::answers::twin;

const STATUS: &str = "subscription ($unit: ID!) {
    reportStatus(orgUnit: $unit) { status version orgUnit { code } period { kind } }
}";

/// Somebody who follows the reports of a unit from now on.
async fn follower(app: &TestApp, client: &Client, unit: &str) -> Socket {
    let mut socket = Socket::of(app, client).await;
    socket.subscribe("1", STATUS, json!({ "unit": unit })).await;
    socket.settle().await;
    socket
}

/// The next step that somebody hears of: the state that it led to.
async fn told(socket: &mut Socket) -> String {
    let report = socket.next("1").await["reportStatus"].take();
    assert_eq!(
        (&report["orgUnit"]["code"], &report["period"]["kind"]),
        (&json!("DN"), &json!("UR1"))
    );
    report["status"].as_str().expect("a state").to_owned()
}

scenario!(everybody_hears_of_the_steps_that_they_see, async |app: &TestApp| {
    let year = Year::of(app).await;
    let (unit, region) = (&year.units.board, &year.units.region);
    let reporter = year.as_(app, Role::Reporter).await;
    let reader = year.as_(app, Role::Reader).await;
    let controller = year.as_(app, Role::Controller).await;
    let aside = app.as_(Role::Controller, &year.units.logistics).await;
    let other = twin(app).await;
    let mut own = follower(app, &reporter, unit).await;
    let mut above = follower(&other, &app.admin(), region).await;
    let mut reading = follower(app, &reader, unit).await;
    let mut below = follower(app, &aside, &year.units.logistics).await;

    let report = open(&reporter, unit, "UR1").await;
    let mut hear = async |state: &str| {
        assert_eq!(told(&mut own).await, state);
        assert_eq!(told(&mut above).await, state);
    };
    hear("DRAFT").await;
    year.complete(&reporter, &report, "UR1").await;
    for (client, step, reason) in [
        (&reporter, "reportSubmit", None),
        (&controller, "reportReturn", Some("Skriv mer")),
        (&reporter, "reportSubmit", None),
        (&controller, "reportApprove", None),
    ] {
        let state = taken(client, step, &report, reason).await;
        hear(&state).await;
    }
    let first = reading.next("1").await;
    assert_eq!(first["reportStatus"]["status"], "APPROVED");
    for (client, step, reason) in [
        (&controller, "reportReopen", Some("Fel siffra")),
        (&reporter, "reportSubmit", None),
        (&controller, "reportApprove", None),
    ] {
        let state = taken(client, step, &report, reason).await;
        hear(&state).await;
    }
    let again = reading.next("1").await;
    assert_eq!(again["reportStatus"]["status"], "APPROVED");
    let version = |said: &Value| said["reportStatus"]["version"].as_i64().expect("a version");
    assert_eq!(version(&again), version(&first) + 3, "nothing was told in between");
    reading.settle().await;
    below.settle().await;
});

scenario!(whoever_is_slow_misses_no_step, async |app: &TestApp| {
    let year = Year::of(app).await;
    let unit = &year.units.board;
    let controller = year.as_(app, Role::Controller).await;
    let reader = year.as_(app, Role::Reader).await;
    let mut own = follower(app, &controller, unit).await;
    let mut reading = follower(app, &reader, unit).await;
    let report = open(&controller, unit, "UR1").await;
    year.complete(&controller, &report, "UR1").await;
    // Nobody listens meanwhile, and more is taken than one turn tells of.
    let rounds = 8;
    for round in 0..rounds {
        taken(&controller, "reportSubmit", &report, None).await;
        taken(&controller, "reportReturn", &report, Some("Skriv mer")).await;
        taken(&controller, "reportSubmit", &report, None).await;
        taken(&controller, "reportApprove", &report, None).await;
        if round + 1 < rounds {
            taken(&controller, "reportReopen", &report, Some("Fel siffra")).await;
        }
    }
    for _ in 0..5 * rounds - 1 {
        told(&mut own).await;
    }
    let last = own.next("1").await;
    own.settle().await;
    // Readers are told of approvals, and of no more of them than there were.
    let mut approvals = 1;
    loop {
        let said = reading.next("1").await;
        assert_eq!(said["reportStatus"]["status"], "APPROVED");
        if said == last {
            break;
        }
        approvals += 1;
    }
    assert!(approvals <= rounds, "{approvals}");
});

scenario!(a_unit_that_is_not_seen_is_none, async |app: &TestApp| {
    let year = Year::of(app).await;
    let aside = app.as_(Role::Controller, &year.units.logistics).await;
    let mut socket = Socket::of(app, &aside).await;
    let unknown = entity::node_id::encode(entity::vocabulary::NodeType::OrgUnit, uuid::Uuid::nil());
    let mut said = Vec::new();
    for unit in [&unknown, &year.units.board, &year.units.meals, &year.units.region] {
        socket.subscribe("1", STATUS, json!({ "unit": unit })).await;
        said.push(socket.message().await);
    }
    assert_eq!(said[0]["payload"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert!(said.iter().all(|other| *other == said[0]), "{said:?}");
});
