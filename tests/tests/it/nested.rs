//! Lists inside lists, which are answered level by level.

use serde_json::{Value, json};
use tests::{Client, Role, TestApp, scenario, setup};

scenario!(an_error_is_told_where_it_is_and_nothing_else_is_lost, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    for unit in [&units.meals, &units.logistics] {
        setup::plan(&admin, unit, 2024).await;
    }
    let document = "{ all: orgUnits { totalCount nodes {
        code
        now: plan(year: 2024) { title goals(first: -1) { totalCount } }
        plan(year: 2024) { title goals { totalCount } }
    } } }";
    let answer = admin.query(document, ()).await;
    let nodes = answer.data("all.nodes").as_array().expect("a list");
    let of = |code: &str| {
        let place = nodes.iter().position(|node| node["code"] == code).expect("a unit");
        (place, &nodes[place])
    };
    let (mut failed, plan) =
        (Vec::new(), json!({ "title": "Verksamhetsplan 2024", "goals": { "totalCount": 0 } }));
    for code in ["MAT", "LOG"] {
        let (place, unit) = of(code);
        assert_eq!(*unit, json!({ "code": code, "now": null, "plan": plan }));
        failed.push(json!(["all", "nodes", place, "now", "goals"]));
    }
    assert_eq!(*of("R").1, json!({ "code": "R", "now": null, "plan": null }));
    let mut told: Vec<Value> = answer.errors().iter().map(|error| error["path"].clone()).collect();
    told.sort_by_key(Value::to_string);
    failed.sort_by_key(Value::to_string);
    assert_eq!(told, failed);
});

scenario!(variables_that_are_not_sent_have_their_defaults_everywhere, async |app: &TestApp| {
    let admin = app.admin();
    setup::organisation(&admin).await;
    let document = "query ($yes: Boolean! = true, $no: Boolean = false, $first: Int = 1) {
        orgUnits(first: $first) {
            totalCount @skip(if: $yes)
            nodes { code @include(if: $yes) name @include(if: $no) ... @skip(if: $no) { kind } }
        }
    }";
    let wanted = json!({ "nodes": [{ "code": "DN", "kind": "BOARD" }] });
    assert_eq!(*admin.query(document, ()).await.ok().data("orgUnits"), wanted);
    let wanted = json!({ "totalCount": 4, "nodes": [{ "name": "Driftnämnden" }] });
    let sent = json!({ "yes": false, "no": true });
    assert_eq!(*admin.query(document, sent).await.ok().data("orgUnits"), wanted);
});

/// The goals of the plans of units, by the unit's code.
async fn goals(client: &Client) -> Value {
    let document =
        "{ orgUnits { nodes { code plans { nodes { goals { totalCount nodes { name } } } } } } }";
    let answer = client.query(document, ()).await.ok();
    let units = answer.data("orgUnits.nodes").as_array().expect("a list").iter();
    units
        .filter_map(|unit| {
            let goals = unit.pointer("/plans/nodes/0/goals")?;
            let code = unit["code"].as_str()?.to_owned();
            Some((code, json!([goals["totalCount"], goals["nodes"][0]["name"]])))
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

scenario!(each_viewer_is_shown_its_own_in_lists_inside_lists, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    for (unit, name) in [(&units.meals, "Mindre matsvinn"), (&units.logistics, "Färre resor")] {
        let plan = setup::plan(&admin, unit, 2024).await;
        setup::goal(&admin, &plan, name).await;
        if *unit == units.logistics {
            let decision = json!({
                "id": plan, "version": 1, "decidedOn": "2023-11-15", "decidedBy": "Driftnämnden",
            });
            setup::send(&admin, "planDecide", "", decision).await;
        }
    }
    let reader = app.as_(Role::Reader, &units.region).await;
    let planner = app.as_(Role::Planner, &units.meals).await;
    let stranger = app.as_(Role::Reader, &units.meals).await;
    let (meals, logistics) = (json!([1, "Mindre matsvinn"]), json!([1, "Färre resor"]));
    for _ in 0..2 {
        assert_eq!(goals(&admin).await, json!({ "MAT": meals, "LOG": logistics }));
        assert_eq!(goals(&reader).await, json!({ "LOG": logistics }));
        assert_eq!(goals(&planner).await, json!({ "MAT": meals }));
        assert_eq!(goals(&stranger).await, json!({}));
    }
});

/// The outcomes of indicators: how many, and the unit and value of each.
async fn outcomes(client: &Client, indicators: &[&str]) -> (Value, Vec<String>) {
    let document = "query ($indicators: [ID!]!) {
        outcomes(filter: { indicators: $indicators }) { totalCount nodes { value orgUnit { code } } }
    }";
    let answer = client.query(document, json!({ "indicators": indicators })).await.ok();
    let nodes = answer.data("outcomes.nodes").as_array().expect("a list").iter();
    let text =
        |node: &Value| format!("{} {}", node["orgUnit"]["code"], node["value"]).replace('"', "");
    let mut found: Vec<String> = nodes.map(text).collect();
    found.sort_unstable();
    (answer.data("outcomes.totalCount").clone(), found)
}

scenario!(who_sees_all_of_an_organisation_sees_nothing_of_another, async |app: &TestApp| {
    let operator = app.admin();
    let own = setup::organisation(&operator).await;
    let other = setup::org_unit(&operator, None, "X", "Region Grann", "COUNCIL").await;
    let sick = setup::indicator(&operator, &own.region, "SJUK", "Sjukfrånvaro").await;
    let foreign = setup::indicator(&operator, &other, "SJUK", "Sjukfrånvaro").await;
    for (unit, value) in [(&own.meals, "1"), (&own.logistics, "2")] {
        setup::outcome(&operator, &sick, unit, (2024, "AR"), value).await;
    }
    setup::outcome(&operator, &foreign, &other, (2024, "AR"), "9").await;
    let both = [sick.as_str(), foreign.as_str()];
    let administrator = app.as_(Role::Admin, &own.region).await;
    let reader = app.as_(Role::Reader, &own.region).await;
    let reporter = app.as_(Role::Reporter, &own.meals).await;
    assert_eq!(
        outcomes(&administrator, &both).await,
        (json!(2), vec!["LOG 2".into(), "MAT 1".into()])
    );
    assert_eq!(outcomes(&administrator, &[&foreign]).await, (json!(0), vec![]));
    // What nobody has approved yet is for those who see drafts.
    assert_eq!(outcomes(&reader, &both).await, (json!(0), vec![]));
    assert_eq!(outcomes(&reporter, &both).await, (json!(1), vec!["MAT 1".into()]));
});

scenario!(open_data_reaches_beyond_ones_own_organisation, async |app: &TestApp| {
    let operator = app.admin();
    let own = setup::organisation(&operator).await;
    let other = setup::org_unit(&operator, None, "X", "Region Grann", "COUNCIL").await;
    let foreign = setup::indicator(&operator, &other, "SJUK", "Sjukfrånvaro").await;
    for month in ["JAN", "FEB"] {
        setup::indicator(&operator, &own.region, month, "Väntetid").await;
    }
    let ask = "query ($id: ID!) {
        orgUnits { totalCount } indicators { totalCount } indicator(by: { id: $id }) { code }
    }";
    let asked = json!({ "id": foreign });
    let open = app.another(|config| config.public_read = true).await;
    let mine = json!({
        "orgUnits": { "totalCount": 4 }, "indicators": { "totalCount": 2 }, "indicator": null,
    });
    let everybodys = json!({
        "orgUnits": { "totalCount": 5 },
        "indicators": { "totalCount": 3 },
        "indicator": { "code": "SJUK" },
    });
    let administrator = app.as_(Role::Admin, &own.region).await;
    assert_eq!(administrator.query(ask, asked.clone()).await.ok().body["data"], mine);
    let administrator = open.as_(Role::Admin, &own.region).await;
    assert_eq!(administrator.query(ask, asked).await.ok().body["data"], everybodys);
});
