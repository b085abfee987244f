//! However many budgets and items there are, they are answered in as many statements.

use serde_json::json;
use tests::{
    TestApp, scenario,
    setup::{self, create},
};

use super::{budget, item, new_item, record, said_of};

/// What is asked of every budget, one question at a time: fields of different depth may share a statement or not.
const QUESTIONS: [&str; 12] = [
    "orgUnit { code } plan { id } frame { amount } viewerCannotUpdate",
    "initialFrame { amount } frameChanges { totalCount nodes { amount { amount } recordedBy { subject } } }",
    "allocated { amount } unallocated { amount } byYear { year basis amount { amount } }",
    "byArea { orgUnit { code } amount { amount } }",
    "followUp(period: { year: 2024, kind: UR1 }) { spent { amount } period { label } coverage { expected } }",
    "followUp(period: { year: 2024, kind: UR1 }) { items { item { name } deviation { amount } } }",
    "transfers { totalCount nodes { from { name } to { name } amount { amount } decidedBy { subject } } }",
    "items { totalCount nodes { budget { id } orgUnit { code } amount { amount } viewerCannotUpdate } }",
    "items { nodes { initialAmount { amount } spentTotal { amount } continues { name } } }",
    "items { nodes { years { year amount { amount } } } }",
    "items { nodes { followUps { spent { amount } period { label } viewerCannotUpdate } } }",
    "items { nodes { followUp(period: { year: 2024, kind: UR1 }) { forecast { amount } } } }",
];

scenario!(budgets_take_as_many_statements_whatever_is_in_them, async |app: &TestApp| {
    let admin = app.admin();
    let units = setup::organisation(&admin).await;
    let mut counts = Vec::new();
    for many in [2, 5] {
        for nth in 0..many {
            let code = format!("E{many}{nth}");
            let unit = setup::org_unit(&admin, Some(&units.board), &code, &code, "AREA").await;
            let earlier = budget(&admin, &unit, 2023, "100").await;
            let earlier = item(&admin, &earlier, None, "Förr", "1").await;
            let id = budget(&admin, &unit, 2024, "1000").await;
            let mut input = new_item(&id, "Nu", "100");
            input["continues"] = json!(earlier);
            input["years"] = json!([{ "year": 2025, "amount": { "amount": "7" } }]);
            let now = create(&admin, "investmentItem", input).await;
            let other = item(&admin, &id, None, "Annat", "100").await;
            record(&admin, "UR1", &[(&now, "1", "2"), (&other, "3", "4")]).await;
            let decided =
                json!({ "amount": { "amount": "1" }, "reason": "Så", "decidedOn": "2024-01-02" });
            let (mut transfer, mut change) = (decided.clone(), decided);
            (transfer["from"], transfer["to"]) = (json!(now), json!(other));
            change["budget"] = json!(id);
            setup::send(&admin, "investmentTransfer", "", transfer).await;
            setup::send(&admin, "investmentFrameChange", "", change).await;
        }
        if many == 2 {
            budget(&admin, &units.board, 2024, "1000").await;
        }
        let mut each = Vec::new();
        for selection in QUESTIONS {
            let query = format!("{{ investmentBudgets {{ totalCount nodes {{ {selection} }} }} }}");
            let ask = async || admin.query(&query, ()).await.ok();
            let (answer, count) = app.fewest_statements(ask).await;
            let expected = if many == 2 { 5 } else { 15 };
            assert_eq!(answer.data("investmentBudgets.totalCount"), &json!(expected));
            each.push((selection, count));
        }
        counts.push(each);
    }
    assert_eq!(counts[0], counts[1]);
    // A bulk of many is a few statements too.
    let budgets =
        "{ investmentBudgets(filter: { year: 2024 }) { nodes { items { nodes { id } } } } }";
    let found = admin.query(budgets, ()).await.ok();
    let mut items: Vec<String> = Vec::new();
    for nodes in found.each("investmentBudgets.nodes", "items") {
        let nodes = nodes["nodes"].as_array().expect("items").iter();
        items.extend(nodes.map(|item| item["id"].as_str().expect("an id").to_owned()));
    }
    items.sort_unstable();
    items.dedup();
    let mut counts = Vec::new();
    for some in [&items[..2], &items[2..]] {
        let said: Vec<_> = some.iter().map(|item| said_of(item, "1", "1")).collect();
        let input = json!({ "period": { "year": 2024, "kind": "UR2" }, "items": said });
        let sent = setup::send(&admin, "investmentFollowUpRecord", "followUps { id }", input);
        counts.push(app.statements(sent).await.1);
    }
    assert_eq!(counts[0], counts[1]);
});
