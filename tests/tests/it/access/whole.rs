//! Who sees all of an organisation is answered by other statements than those who are asked unit by unit, and is told the
//! same.

use std::collections::BTreeMap;

use entity::vocabulary::Role;
use serde_json::json;
use tests::{Client, TestApp, scenario, setup};

use super::{
    content::fill,
    walk::{Schema, World},
};

/// Somebody with a role on each of these units.
async fn holder(app: &TestApp, name: &str, role: Role, units: &[&str]) -> Client {
    for unit in units {
        let grant = json!({
            "principal": name, "principalKind": "USER", "role": role.as_str(), "orgUnit": unit,
        });
        setup::send(&app.admin(), "roleGrant", "", grant).await;
    }
    app.subject(name)
}

scenario!(a_role_on_all_tells_the_same_as_with_another_on_a_part, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region", "COUNCIL").await;
    let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
    let above = fill(&admin, "ovanför", &region, &indicator, &BTreeMap::new()).await;
    let meals = setup::org_unit(&admin, Some(&region), "MAT", "Måltidsservice", "AREA").await;
    let own = fill(&admin, "egen", &meals, &indicator, &above).await;
    let abroad = setup::org_unit(&admin, None, "G", "Region Grann", "COUNCIL").await;
    let theirs = setup::indicator(&admin, &abroad, "SJUK", "Sjukfrånvaro").await;
    let foreign = fill(&admin, "grannens", &abroad, &theirs, &BTreeMap::new()).await;
    let schema = Schema::of(&admin).await;
    let questions: Vec<_> = [&own, &foreign]
        .into_iter()
        .flat_map(|nodes| schema.questions(nodes, &World::own(nodes)))
        // One holds more roles than the other, and sees so.
        .filter(|question| !question.document.to_lowercase().contains("grant"))
        .collect();
    assert!(questions.len() > 200, "{}", questions.len());
    for role in [Role::Reader, Role::Planner] {
        let name = |end: &str| format!("{}-{end}", role.as_str().to_lowercase());
        let whole = holder(app, &name("hela"), role, &[&region]).await;
        let parts = holder(app, &name("delar"), role, &[&region, &meals]).await;
        let mut shown = 0;
        for question in &questions {
            let [whole, parts] = [&whole, &parts]
                .map(async |client| client.query(&question.document, &question.variables).await);
            let (whole, parts) = (whole.await, parts.await);
            assert_eq!(whole.body, parts.body, "{question}");
            assert!(!whole.body.to_string().contains("grannens"), "{question}\n{whole}");
            shown += usize::from(whole.body.to_string().contains("egen"));
        }
        assert!(shown > 20, "{role:?} is shown {shown}");
    }
});
