//! What shares a frame never exceeds it.

use entity::vocabulary::Role;
use serde_json::json;
use tests::{
    TestApp, scenario,
    setup::{create, organisation, send},
};

use super::{budget, item, money, new_item, node, refusal, refusals, version};

scenario!(items_never_exceed_the_frame, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let planner = app.as_(Role::Planner, &units.board).await;
    let id = budget(&planner, &units.board, 2024, "10000").await;
    let truck = item(&planner, &id, None, "Lastbil", "6000").await;
    let invalid = |path: &str, message: &str| {
        vec![("INVALID".to_owned(), path.to_owned(), message.replace('~', "\u{a0}"))]
    };
    let too_much = new_item(&id, "Kök", "5250");
    assert_eq!(
        refusals(&planner, "investmentItemCreate", &too_much).await,
        invalid("input.amount", "Ramen överskrids med 1~250 kr.")
    );
    let by_year = json!({
        "budget": id, "name": "Kök", "kind": "NEW",
        "years": [{ "year": 2025, "amount": { "amount": "1" } }, { "year": 2024, "amount": { "amount": "4.0005", "unit": "TKR" } }],
    });
    assert_eq!(
        refusals(&planner, "investmentItemCreate", &by_year).await,
        invalid("input.years.1.amount", "Ramen överskrids med 0,50 kr.")
    );
    item(&planner, &id, None, "Kök", "4000").await;
    let more = json!({ "id": truck, "version": 1, "amount": { "amount": "6000.01" } });
    assert_eq!(
        refusals(&planner, "investmentItemUpdate", &more).await,
        invalid("input.amount", "Ramen överskrids med 0,01 kr.")
    );
    let less = json!({ "id": id, "version": 1, "frame": { "amount": "9500" } });
    assert_eq!(
        refusals(&planner, "investmentBudgetUpdate", &less).await,
        invalid("input.frame", "Ramen räcker inte till det som är fördelat: 500 kr saknas.")
    );
    let change = |amount: &str| {
        json!({
            "budget": id, "amount": { "amount": amount }, "reason": "Tilläggsanslag",
            "decidedOn": "2024-03-01", "registryNumber": "RS 2024/17",
        })
    };
    assert_eq!(
        refusals(&planner, "investmentFrameChange", &change("-1")).await,
        invalid("input.amount", "Ramen räcker inte till det som är fördelat: 1 kr saknas.")
    );
    // Nothing of that has changed anything.
    assert_eq!((version(&planner, &id).await, version(&planner, &truck).await), (1, 1));

    let selection = "frameChange { amount { amount } reason decidedOn registryNumber
        recordedBy { subject } budget { id } } investmentBudget { frame { amount } version }";
    let done = send(&planner, "investmentFrameChange", selection, change("2500")).await;
    let found = done.data("investmentFrameChange");
    assert_eq!(found["investmentBudget"], json!({ "frame": { "amount": "12500" }, "version": 2 }));
    assert_eq!(found["frameChange"]["budget"]["id"], json!(id));
    assert_eq!(found["frameChange"]["registryNumber"], "RS 2024/17");
    let of = "frame { amount currency } initialFrame { amount } allocated { amount }
        unallocated { amount } frameChanges { totalCount nodes { reason } }
        history { nodes { fields { field before after } } } viewerCannotUpdate";
    let found = node(&planner, &id, "InvestmentBudget", of).await;
    assert_eq!(found["frame"], json!({ "amount": "12500", "currency": "SEK" }));
    assert_eq!(money(&found, "/initialFrame"), "10000");
    assert_eq!((money(&found, "/allocated"), money(&found, "/unallocated")), ("10000", "2500"));
    assert_eq!(found["frameChanges"]["totalCount"], 1);
    assert_eq!(
        found["history"]["nodes"][0]["fields"],
        json!([{ "field": "frame", "before": "10000", "after": "12500" }])
    );
    assert_eq!(found["viewerCannotUpdate"], json!([]));
});

scenario!(fifteen_digits_go_there_and_back, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let most = "999999999999999.99";
    let id = budget(&admin, &units.board, 2024, most).await;
    let all = item(&admin, &id, None, "Allt", most).await;
    let found = node(
        &admin,
        &id,
        "InvestmentBudget",
        "frame { amount } allocated { amount } unallocated { amount } byYear { amount { amount } }
            byArea { amount { amount } orgUnit { code } } items { nodes { amount { amount } } }",
    )
    .await;
    for path in
        ["/frame", "/allocated", "/byYear/0/amount", "/byArea/0/amount", "/items/nodes/0/amount"]
    {
        assert_eq!(money(&found, path), most, "{path}");
    }
    assert_eq!(money(&found, "/unallocated"), "0");
    let cent = new_item(&id, "Ett öre", "0.01");
    assert_eq!(refusal(&admin, "investmentItemCreate", &cent).await.1, "input.amount");
    let mut transfer = json!({
        "from": all, "to": item(&admin, &id, None, "Inget", "0").await, "amount": { "amount": most },
        "reason": "Byte", "decidedOn": "2024-01-01",
    });
    send(&admin, "investmentTransfer", "", transfer.clone()).await;
    transfer["amount"] = json!({ "amount": "0.01" });
    assert_eq!(refusal(&admin, "investmentTransfer", &transfer).await.1, "input.amount");
    let more = json!({
        "budget": id, "amount": { "amount": "0.01" }, "reason": "Mer", "decidedOn": "2024-01-01",
    });
    assert_eq!(refusal(&admin, "investmentFrameChange", &more).await.1, "input.amount.amount");
    // Years ahead are not bounded by any frame, and add up all the same.
    for nth in 0..12 {
        let mut input = new_item(&id, &format!("Plan {nth}"), "0");
        let year = |year: i32| json!({ "year": year, "amount": { "amount": most } });
        input["years"] = json!([year(2025), year(2026)]);
        create(&admin, "investmentItem", input).await;
    }
    let found =
        node(&admin, &id, "InvestmentBudget", "byYear { year basis amount { amount } }").await;
    assert_eq!(
        found["byYear"],
        json!([
            { "year": 2024, "basis": "BUDGET", "amount": { "amount": most } },
            { "year": 2025, "basis": "PLAN", "amount": { "amount": "11999999999999999.88" } },
            { "year": 2026, "basis": "PLAN", "amount": { "amount": "11999999999999999.88" } },
        ])
    );
});

scenario!(a_budget_has_one_currency, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    let kronor = budget(&admin, &units.board, 2024, "1000").await;
    let input = json!({ "orgUnit": units.board, "year": 2025, "frame": { "amount": "1", "currency": "EUR", "unit": "TKR" } });
    let abroad = create(&admin, "investmentBudget", input).await;
    let own = item(&admin, &kronor, None, "Här", "100").await;
    let other = item(&admin, &kronor, None, "Där", "100").await;
    let mut new = new_item(&kronor, "Utland", "1");
    new["amount"] = euro("1");
    let mut planned = new_item(&kronor, "Utland", "1");
    planned["years"] = json!([{ "year": 2025, "amount": euro("1") }]);
    let mut total = new_item(&kronor, "Utland", "1");
    total["decidedTotal"] = euro("1");
    let decided = json!({ "reason": "X", "decidedOn": "2024-01-01", "amount": euro("1") });
    let (mut transfer, mut change) = (decided.clone(), decided);
    (transfer["from"], transfer["to"]) = (json!(own), json!(other));
    change["budget"] = json!(kronor);
    let said = json!({ "item": own, "spent": euro("1"), "forecast": { "amount": "1" } });
    for (mutation, input, path) in [
        ("investmentItemCreate", new, "input.amount.currency"),
        ("investmentItemCreate", planned, "input.years.0.amount.currency"),
        ("investmentItemCreate", total, "input.decidedTotal.currency"),
        (
            "investmentBudgetUpdate",
            json!({ "id": kronor, "version": 1, "frame": euro("2000") }),
            "input.frame.currency",
        ),
        ("investmentTransfer", transfer, "input.amount.currency"),
        ("investmentFrameChange", change, "input.amount.currency"),
        (
            "investmentFollowUpRecord",
            json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [said] }),
            "input.items.0.spent.currency",
        ),
    ] {
        let found = refusal(&admin, mutation, &input).await;
        assert_eq!(found, ("INVALID".to_owned(), path.to_owned()), "{mutation}");
    }
    item(&admin, &abroad, None, "Utland", "1000").await;
    let query = "query ($currency: Currency) { investmentBudgets(filter: { currency: $currency }) {
        totalCount nodes { year frame { amount currency } allocated { amount currency } } } }";
    let found = admin.query(query, json!({ "currency": "EUR" })).await.ok();
    let money = json!({ "amount": "1000", "currency": "EUR" });
    assert_eq!(
        found.data("investmentBudgets"),
        &json!({ "totalCount": 1, "nodes": [{ "year": 2025, "frame": money, "allocated": money }] })
    );
    let years = |answer: &tests::Answer| -> Vec<i64> {
        let years = answer.each("investmentBudgets.nodes", "year");
        years.into_iter().filter_map(serde_json::Value::as_i64).collect()
    };
    assert_eq!(years(&admin.query(query, json!({})).await.ok()), [2025, 2024]);
    let ordered = "{ investmentBudgets(orderBy: { field: YEAR }) { nodes { year } } }";
    assert_eq!(years(&admin.query(ordered, ()).await.ok()), [2024, 2025]);
});
