//! What can be removed, and what goes with it.

use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{create, goal, indicator, organisation, plan},
};

use super::{decide, focus_area, plan_on, remove};

async fn code(client: &Client, noun: &str, id: &str) -> String {
    let answer = remove(client, noun, id).await;
    answer.user_errors(&format!("{noun}Delete")).first().map(|e| e.code.clone()).unwrap_or_default()
}

scenario!(what_something_hangs_under_stays, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let council = plan(&admin, &units.region, 2024).await;
    let board = plan_on(&admin, &units.board, 2024, &council).await;
    let area = focus_area(&admin, &council, "God hälsa", "COUNCIL").await;
    let input = json!({ "plan": board, "name": "Bra mat", "focusArea": area });
    let goal = create(&admin, "goal", input).await;
    let input = json!({ "plan": board, "name": "Minska svinnet", "goal": goal });
    let assignment = create(&admin, "assignment", input).await;
    let input = json!({ "plan": board, "name": "Väg svinnet", "assignment": assignment });
    let activity = create(&admin, "activity", input).await;

    assert_eq!(code(&admin, "plan", &council).await, "IN_USE");
    let thread = [
        ("activity", activity),
        ("assignment", assignment),
        ("goal", goal),
        ("focusArea", area),
        ("plan", board),
        ("plan", council),
    ];
    for (noun, id) in &thread[1..4] {
        assert_eq!(code(&admin, noun, id).await, "IN_USE", "{noun}");
    }
    for (noun, id) in &thread {
        let _ = remove(&admin, noun, id).await.ok();
    }
});

scenario!(a_draft_goes_with_everything_in_it, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let indicator = indicator(&admin, &units.region, "M1", "Matsvinn").await;
    let draft = plan(&admin, &units.board, 2024).await;
    let area = focus_area(&admin, &draft, "Eget", "OWN").await;
    let input = json!({
        "plan": draft,
        "name": "Bra mat",
        "focusArea": area,
        "indicators": [indicator],
        "externalRefs": [{ "source": "stratsys", "externalId": "g1" }],
    });
    let upper = create(&admin, "goal", input).await;
    let lower =
        create(&admin, "goal", json!({ "plan": draft, "name": "Under", "parent": upper })).await;
    let responsible = json!([{ "kind": "REPORTING", "orgUnit": units.meals }]);
    let input = json!({
        "plan": draft, "name": "Svinn", "goal": lower, "responsible": responsible, "indicators": [indicator],
    });
    let assignment = create(&admin, "assignment", input).await;
    let input = json!({
        "plan": draft, "name": "Väg", "assignment": assignment, "goals": [upper, lower], "responsible": responsible,
    });
    let activity = create(&admin, "activity", input).await;
    let section = create(&admin, "planSection", json!({ "plan": draft, "heading": "Ett" })).await;
    let input =
        json!({ "plan": draft, "title": "Livsmedelslagen", "kind": "LAW", "decidedOn": "2006" });
    let law = create(&admin, "governingDocument", input).await;

    let _ = remove(&admin, "plan", &draft).await.ok();

    let ids = json!([draft, area, upper, lower, assignment, activity, section, law]);
    let answer =
        admin.query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids }));
    assert_eq!(answer.await.ok().data("nodes"), &json!(vec![Value::Null; 8]));
    // Its place, and the external id, are free again.
    let again = plan(&admin, &units.board, 2024).await;
    let refs = json!([{ "source": "stratsys", "externalId": "g1" }]);
    create(&admin, "goal", json!({ "plan": again, "name": "Bra mat", "externalRefs": refs })).await;
});

scenario!(what_is_decided_is_not_removed, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    goal(&admin, &plan, "Bra mat").await;
    decide(&admin, &plan).await;
    assert_eq!(code(&admin, "plan", &plan).await, "NOT_ALLOWED_IN_STATE");
});

scenario!(the_log_tells_what_went_with_a_goal, async |app: &TestApp| {
    use entity::{access::change, vocabulary::ChangeKind};
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let admin = app.admin();
    let units = organisation(&admin).await;
    let plan = plan(&admin, &units.board, 2024).await;
    let waste = indicator(&admin, &units.region, "M1", "Matsvinn").await;
    let goal = create(
        &admin,
        "goal",
        json!({
            "plan": plan, "name": "Minska svinnet", "indicators": [waste],
            "externalRefs": [{ "source": "stratsys", "externalId": "17" }],
        }),
    )
    .await;
    let _ = remove(&admin, "goal", &goal).await.ok();

    let removed = change::Entity::find()
        .filter(change::Column::Kind.eq(ChangeKind::Deleted))
        .one(app.db().reader())
        .await
        .expect("the log is read")
        .expect("the removal is logged");
    for word in [waste.as_str(), "stratsys:17", "Minska svinnet"] {
        assert!(removed.fields.contains(word), "{word} in {}", removed.fields);
    }
});
