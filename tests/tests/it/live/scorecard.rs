//! Scorecards as they change.

use serde_json::{Value, json};
use tests::{Role, Socket, TestApp, scenario, setup};

use super::{SCORECARD, card, otherwise, region, until_live};
use crate::answers::twin;

const UR1: (i32, &str) = (2024, "UR1");

scenario!(a_scorecard_changes_when_an_outcome_is_recorded_anywhere, async |app: &TestApp| {
    let other = twin(app).await;
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let mut here = Socket::of(app, &admin).await;
    let mut there = Socket::of(&other, &admin).await;
    for socket in [&mut here, &mut there] {
        socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
        assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), None)]));
    }
    for (server, value) in [(app, "4.1"), (&other, "4.2"), (app, "4.3")] {
        setup::outcome(&server.admin(), &indicator, &region, UR1, value).await;
        for socket in [&mut here, &mut there] {
            assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), Some(value))]));
        }
    }
});

scenario!(the_same_answer_is_not_sent_twice, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let mut socket = Socket::of(app, &admin).await;
    socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    socket.next("1").await;
    setup::outcome(&admin, &indicator, &region, UR1, "4.1").await;
    assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), Some("4.1"))]));
    for comment in ["Ett", "Två"] {
        let outcome = json!({
            "indicator": indicator, "orgUnit": region, "period": { "year": 2024, "kind": "UR1" },
            "value": "4.1", "comment": comment,
        });
        setup::send(&admin, "outcomesRecord", "", json!({ "outcomes": [outcome] })).await;
    }
    setup::outcome(&admin, &indicator, &region, UR1, "4.2").await;
    assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), Some("4.2"))]));
});

scenario!(what_the_viewer_may_not_see_sends_nothing, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let mut reader = Socket::of(app, &app.as_(Role::Reader, &region).await).await;
    reader.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    assert_eq!(reader.next("1").await, card(&[("SJUK", Some("5"), None)]));
    // Preliminary outcomes are not for readers.
    setup::outcome(&admin, &indicator, &region, UR1, "4.1").await;
    setup::outcome(&admin, &indicator, &region, UR1, "4.2").await;
    let visible = setup::indicator(&admin, &region, "TID", "Övertid").await;
    setup::target(&admin, &visible, &region, 2024, "3").await;
    let both = card(&[("SJUK", Some("5"), None), ("TID", Some("3"), None)]);
    assert_eq!(reader.next("1").await, both);
    reader.settle().await;
});

scenario!(another_organisation_wakes_nobody, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let foreign = setup::org_unit(&admin, None, "F", "En annan", "COUNCIL").await;
    let stranger = setup::indicator(&admin, &foreign, "SJUK", "Sjukfrånvaro").await;
    let mut reporter = Socket::of(app, &app.as_(Role::Reporter, &region).await).await;
    reporter.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    reporter.next("1").await;
    // Grants have changed, and are read again once.
    setup::outcome(&admin, &stranger, &foreign, UR1, "0").await;
    let (_, foreigners) = app
        .statements(async {
            setup::outcome(&admin, &stranger, &foreign, UR1, "1").await;
            reporter.settle().await;
        })
        .await;
    let (_, alone) = app.statements(setup::outcome(&admin, &stranger, &foreign, UR1, "2")).await;
    assert_eq!(foreigners, alone, "nothing but the write itself");
    setup::outcome(&admin, &indicator, &region, UR1, "4").await;
    assert_eq!(reporter.next("1").await, card(&[("SJUK", Some("5"), Some("4"))]));
});

scenario!(a_lost_connection_to_the_database_loses_no_change, async |app: &TestApp| {
    use sea_orm::ConnectionTrait as _;
    let other = twin(app).await;
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let mut socket = Socket::of(app, &admin).await;
    socket.subscribe("1", SCORECARD, json!({ "unit": region })).await;
    socket.next("1").await;
    for value in ["1", "2", "3"] {
        if !app.db().is_sqlite() {
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%'";
            let killer = other.db().begin().await.expect("a transaction");
            killer.execute_unprepared(cut).await.expect("nobody listens");
            killer.commit().await.expect("a commit");
        }
        setup::outcome(&other.admin(), &indicator, &region, UR1, value).await;
        assert_eq!(socket.next("1").await, card(&[("SJUK", Some("5"), Some(value))]));
    }
});

scenario!(many_operations_share_a_connection, async |app: &TestApp| {
    let admin = app.admin();
    let (region, indicator) = region(&admin).await;
    let server = otherwise(app, |_| {}).await;
    let mut socket = Socket::of(&server, &admin).await;
    let query = "query ($unit: ID!) { orgUnit(by: { id: $unit }) { code } }";
    for id in ["a", "b"] {
        socket.subscribe(id, SCORECARD, json!({ "unit": region })).await;
        socket.next(id).await;
    }
    socket.subscribe("c", query, json!({ "unit": region })).await;
    assert_eq!(socket.next("c").await, json!({ "orgUnit": { "code": "R" } }));
    assert_eq!(socket.message().await, json!({ "type": "complete", "id": "c" }));
    socket.send(json!({ "type": "complete", "id": "a" })).await;
    socket.settle().await;
    until_live(&server, (1, 1)).await;
    let record = setup::document("outcomesRecord", "");
    let outcome = json!({
        "indicator": indicator, "orgUnit": region, "period": { "year": 2024, "kind": "UR1" },
        "value": "4.1",
    });
    let input = json!({ "outcomes": [outcome] });
    socket.subscribe("d", &record, json!({ "input": input })).await;
    let mut heard: Vec<Value> = Vec::new();
    for _ in 0..3 {
        heard.push(socket.message().await);
    }
    let of = |id: &str| heard.iter().filter(|said| said["id"] == id).collect::<Vec<_>>();
    assert_eq!(of("b")[0]["payload"]["data"], card(&[("SJUK", Some("5"), Some("4.1"))]));
    assert_eq!(of("d")[0]["payload"]["data"]["outcomesRecord"]["userErrors"], json!([]));
    assert_eq!(of("d")[1]["type"], "complete");
    socket.close().await;
    until_live(&server, (0, 0)).await;
});
