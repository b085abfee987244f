//! Many hands in one budget at once.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{document, organisation},
};

use super::{budget, item, money, new_item, node};

/// Sends all of these at the same time: how many were not refused.
async fn at_once(client: &Client, all: Vec<(&str, Value)>) -> usize {
    let send = |(mutation, input): (&str, Value)| {
        let (client, mutation) = (client.clone(), mutation.to_owned());
        async move {
            let answer = client.query(&document(&mutation, ""), json!({ "input": input })).await;
            answer.user_errors(&mutation).is_empty()
        }
    };
    join_all(all.into_iter().map(send)).await.into_iter().filter(|done| *done).count()
}

scenario!(twenty_at_once_never_exceed_the_frame, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let id = budget(&admin, &units.board, 2024, "5000").await;
    let made = (0..20).map(|nth| ("investmentItemCreate", new_item(&id, &format!("{nth}"), "600")));
    assert_eq!(at_once(&admin, made.collect()).await, 8);
    let of = "allocated { amount } items { nodes { id amount { amount } } }";
    let found = node(&admin, &id, "InvestmentBudget", of).await;
    assert_eq!(money(&found, "/allocated"), "4800");
    let items: Vec<String> = found["items"]["nodes"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["id"].as_str().expect("an id").to_owned())
        .collect();

    // 200 are left, for two of twenty who want 100 more; versions go by, so that some are told to look again.
    let more = (0..20).map(|nth| {
        let id = &items[nth % items.len()];
        ("investmentItemUpdate", json!({ "id": id, "version": 1, "amount": { "amount": "700" } }))
    });
    assert!(at_once(&admin, more.collect()).await >= 2);
    let found = node(&admin, &id, "InvestmentBudget", of).await;
    assert_eq!(money(&found, "/allocated"), "5000");

    // The first has 600 or 700, for one of twenty who want 400 of it.
    let moved = (0..20).map(|nth| {
        (
            "investmentTransfer",
            json!({
                "from": items[0], "to": items[1 + nth % 7], "amount": { "amount": "400" },
                "reason": format!("Nummer {nth}"), "decidedOn": "2024-05-01",
            }),
        )
    });
    assert_eq!(at_once(&admin, moved.collect()).await, 1);

    // All together now.
    let spare = item(&admin, &id, None, "Reserv", "0").await;
    let mixed = (0..20).map(|nth| match nth % 4 {
        0 => ("investmentItemCreate", new_item(&id, &format!("Ny {nth}"), "300")),
        1 => {
            let input = json!({
                "budget": id, "amount": { "amount": if nth % 8 == 1 { "300" } else { "-100" } },
                "reason": "Ändrad", "decidedOn": "2024-05-01",
            });
            ("investmentFrameChange", input)
        }
        2 => {
            let input = json!({
                "from": items[nth % 8], "to": spare, "amount": { "amount": "500" },
                "reason": "Till reserven", "decidedOn": "2024-05-01",
            });
            ("investmentTransfer", input)
        }
        _ => (
            "investmentItemUpdate",
            json!({ "id": items[nth % 8], "version": 1, "amount": { "amount": "900" } }),
        ),
    });
    at_once(&admin, mixed.collect()).await;
    let of = "frame { amount } allocated { amount } unallocated { amount }
        items { nodes { amount { amount } } }";
    let found = node(&admin, &id, "InvestmentBudget", of).await;
    let number = |text: &str| text.parse::<i64>().expect("whole kronor");
    let items = found["items"]["nodes"].as_array().expect("items");
    let amounts: Vec<i64> = items.iter().map(|item| number(money(item, "/amount"))).collect();
    assert!(amounts.iter().all(|amount| *amount >= 0), "{amounts:?}");
    assert_eq!(amounts.iter().sum::<i64>(), number(money(&found, "/allocated")));
    assert!(number(money(&found, "/unallocated")) >= 0, "{found}");
});
