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

/// The outcomes of these indicators.
const NAMED: &str = "query ($indicators: [ID!]) {
    outcomes(filter: { indicators: $indicators }) { totalCount nodes { id value indicator { code } } } }";

/// Somebody with these roles.
async fn holder(app: &TestApp, name: &str, grants: &[(Role, &str)]) -> Client {
    for (role, unit) in grants {
        let grant = json!({
            "principal": name, "principalKind": "USER", "role": role.as_str(), "orgUnit": unit,
        });
        setup::send(&app.admin(), "roleGrant", "", grant).await;
    }
    app.subject(name)
}

scenario!(who_sees_all_is_told_the_same_as_with_a_part_elsewhere, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region", "COUNCIL").await;
    let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
    let above = fill(&admin, "ovanför", &region, &indicator, &BTreeMap::new()).await;
    let meals = setup::org_unit(&admin, Some(&region), "MAT", "Måltidsservice", "AREA").await;
    let own = fill(&admin, "egen", &meals, &indicator, &above).await;
    let abroad = setup::org_unit(&admin, None, "G", "Region Grann", "COUNCIL").await;
    let theirs = setup::indicator(&admin, &abroad, "SJUK", "Sjukfrånvaro").await;
    let foreign = fill(&admin, "grannens", &abroad, &theirs, &BTreeMap::new()).await;
    for (unit, name) in [(&meals, "egen"), (&abroad, "grannens")] {
        let draft = setup::plan(&admin, unit, 2026).await;
        setup::goal(&admin, &draft, &format!("{name} ännu hemlig")).await;
    }
    // A part of an organisation with nothing in it.
    let elsewhere = setup::org_unit(&admin, None, "E", "Region Annan", "COUNCIL").await;
    let part = setup::org_unit(&admin, Some(&elsewhere), "E1", "En enhet", "AREA").await;
    let schema = Schema::of(&admin).await;
    let questions: Vec<_> = [&own, &foreign]
        .into_iter()
        .flat_map(|nodes| schema.questions(nodes, &World::own(nodes)))
        // One holds more roles than the other, sees one unit more, and both see so.
        .filter(|question| !question.document.to_lowercase().contains("grant"))
        .filter(|question| !question.asks("Query.orgUnits"))
        .collect();
    assert!(questions.len() > 200, "{}", questions.len());
    for (number, grants, secrets) in [
        (1, vec![(Role::Reader, region.as_str())], vec!["grannens", "ännu hemlig"]),
        (2, vec![(Role::Planner, region.as_str())], vec!["grannens"]),
        (
            3,
            vec![(Role::Reader, region.as_str()), (Role::Planner, abroad.as_str())],
            vec!["egen ännu hemlig"],
        ),
        (4, vec![(Role::Planner, region.as_str()), (Role::Planner, abroad.as_str())], vec![]),
    ] {
        let all = holder(app, &format!("alla {number}"), &grants).await;
        let one_by_one: Vec<_> =
            grants.into_iter().chain([(Role::Reader, part.as_str())]).collect();
        let each = holder(app, &format!("var och en {number}"), &one_by_one).await;
        let mut shown = 0;
        for question in &questions {
            let of_all = all.query(&question.document, &question.variables).await;
            let of_each = each.query(&question.document, &question.variables).await;
            assert_eq!(of_all.body, of_each.body, "{question}");
            let told = of_all.body.to_string();
            for secret in &secrets {
                assert!(!told.contains(secret), "{question}\n{told}");
            }
            shown += usize::from(told.contains("egen"));
        }
        assert!(shown > 20, "{number} is shown {shown}");
        for named in [vec![&indicator], vec![&theirs], vec![&indicator, &theirs], vec![]] {
            let variables = json!({ "indicators": named });
            let of_all = all.query(NAMED, &variables).await.ok();
            let of_each = each.query(NAMED, &variables).await.ok();
            assert_eq!(of_all.body, of_each.body, "{number}: {named:?}");
            // They are preliminary: planners see them.
            let is_shown = |what: &&String| match number {
                2 => *what == &indicator,
                3 => *what == &theirs,
                4 => true,
                _ => false,
            };
            let shown = named.iter().any(is_shown);
            assert_eq!(
                !of_all.each("outcomes.nodes", "id").is_empty(),
                shown,
                "{number}: {named:?}"
            );
        }
    }
});
