//! The number of SQL statements of a root field does not depend on how many rows there are.
//!
//! Every root field of the schema is asked with everything it has, down to the next nodes, before and after the
//! organisation has grown. A later field is asked too.

use std::collections::BTreeMap;

use tests::{TestApp, scenario, setup};

use crate::access::{
    content::fill,
    walk::{Schema, World},
};

scenario!(statements_do_not_grow_with_rows, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region", "COUNCIL").await;
    let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
    let top = fill(&admin, "överst", &region, &indicator, &BTreeMap::new()).await;
    let grow = async |number: u32| {
        let (code, name) = (format!("E{number}"), format!("Enhet {number}"));
        let unit = setup::org_unit(&admin, Some(&region), &code, &name, "AREA").await;
        fill(&admin, &format!("text {number}"), &unit, &indicator, &top).await
    };
    // Two of everything, so that whatever leads from one to another does so already.
    let own = grow(1).await;
    grow(2).await;
    let questions = Schema::of(&admin).await.questions(&own, &World::own(&own));
    let roots: Vec<_> = questions.iter().filter(|question| question.is_root()).collect();
    let mut before = Vec::new();
    for question in &roots {
        let ask = async || admin.query(&question.document, &question.variables).await;
        before.push(app.fewest_statements(ask).await.1);
    }
    for number in 3..8 {
        grow(number).await;
    }
    for (question, before) in roots.iter().zip(before) {
        let ask = async || admin.query(&question.document, &question.variables).await;
        assert_eq!(app.fewest_statements(ask).await.1, before, "{question}");
    }
});
