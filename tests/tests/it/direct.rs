//! Rows that are written straight into the answer say what the library would have said.
//!
//! A document that names a field twice is resolved by the library alone, since values have to be merged; the same
//! question is asked in both ways, of every field of the schema.

use std::collections::BTreeMap;

use serde_json::json;
use tests::{TestApp, scenario, setup};

use crate::access::{
    content::fill,
    walk::{Schema, World},
};

scenario!(both_ways_of_answering_agree, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region \"Väst\"", "COUNCIL").await;
    let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro \\ \"i dag\"").await;
    let above = fill(&admin, "ovanför", &region, &indicator, &BTreeMap::new()).await;
    let meals = setup::org_unit(&admin, Some(&region), "MAT", "Måltidsservice", "AREA").await;
    let own = fill(&admin, "egen", &meals, &indicator, &above).await;
    let secret = json!({
        "indicator": indicator, "orgUnit": meals, "period": { "year": 2024, "kind": "UR2" },
        "value": "3", "missingReason": "CONFIDENTIAL", "comment": "hemligt",
    });
    setup::create(&admin, "outcome", secret).await;
    let reader = app.as_(entity::vocabulary::Role::Reader, &region).await;
    let questions = Schema::of(&admin).await.questions(&own, &World::own(&own));
    // What a document costs is another for the two.
    for question in questions.iter().filter(|question| !question.asks("Query.rateLimit")) {
        for client in [&admin, &reader] {
            let direct = client.query(&question.document, &question.variables).await;
            let merged = client.query(&question.merged(), &question.variables).await;
            assert_eq!(direct.body["data"], merged.body["data"], "{question}");
            let failed = |body: &serde_json::Value| body["errors"].is_array();
            assert_eq!(failed(&direct.body), failed(&merged.body), "{question}");
        }
    }
});

scenario!(fields_that_are_asked_for_twice_are_put_together, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region", "COUNCIL").await;
    setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
    let answer = admin
        .query(
            "{ indicators { nodes { code } } indicators { nodes { name code } totalCount } }",
            (),
        )
        .await
        .ok();
    let wanted = json!({ "nodes": [{ "code": "SJUK", "name": "Sjukfrånvaro" }], "totalCount": 1 });
    assert_eq!(*answer.data("indicators"), wanted);
    let same = admin.query("{ indicators { nodes { code code again: code } } }", ()).await.ok();
    assert_eq!(*same.data("indicators.nodes.0"), json!({ "code": "SJUK", "again": "SJUK" }));
});
