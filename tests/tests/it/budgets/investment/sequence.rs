//! A long, made-up life of a budget, beside the simplest model of it.

use serde_json::{Value, json};
use tests::{
    Client, TestApp, scenario,
    setup::{document, organisation},
};

use super::{budget, money, node, said_of};

/// Numbers that look like chance, and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most).expect("a small number")
    }

    fn amount(&mut self, most: u64) -> i64 {
        i64::try_from(self.below(most)).expect("a small number")
    }
}

/// An item as the model has it.
struct Item {
    id: String,
    version: i64,
    amount: i64,
    moved: i64,
    spent: Option<(i64, i64)>,
}

/// The model: all in öre.
struct Model {
    frame: i64,
    changed: i64,
    items: Vec<Item>,
}

impl Model {
    fn allocated(&self) -> i64 {
        self.items.iter().map(|item| item.amount).sum()
    }
}

fn kronor(amount: i64) -> Value {
    json!({ "amount": format!("{}{}.{:02}", if amount < 0 { "-" } else { "" }, amount.abs() / 100, amount.abs() % 100) })
}

fn cents(value: &Value, path: &str) -> i64 {
    let amount: f64 = money(value, path).parse().expect("a number");
    #[expect(clippy::cast_possible_truncation, reason = "whole öre, far below what a float holds")]
    let cents = (amount * 100.0).round() as i64;
    cents
}

/// Sends a mutation: its payload, and whether it was refused.
async fn sent(client: &Client, mutation: &str, selection: &str, input: Value) -> (Value, bool) {
    let answer = client.query(&document(mutation, selection), json!({ "input": input })).await;
    let refused = !answer.user_errors(mutation).is_empty();
    (answer.data(mutation).clone(), refused)
}

async fn compare(client: &Client, id: &str, model: &Model) {
    let of = "frame { amount } initialFrame { amount } allocated { amount } unallocated { amount }
        items(first: 200) { nodes { id version amount { amount } initialAmount { amount } } }
        followUp(period: { year: 2024, kind: UR1 }) { spent { amount } forecast { amount }
            deviation { amount } coverage { contributing expected } items { item { id } } }";
    let found = node(client, id, "InvestmentBudget", of).await;
    let spent: Vec<(i64, i64)> = model.items.iter().filter_map(|item| item.spent).collect();
    // Of what nobody has said anything it is still expected that it is used.
    let expected = |item: &Item| item.spent.map_or(item.amount, |(_, forecast)| forecast);
    let forecast: i64 = model.items.iter().map(expected).sum();
    for (path, wanted) in [
        ("/frame", model.frame),
        ("/initialFrame", model.frame - model.changed),
        ("/allocated", model.allocated()),
        ("/unallocated", model.frame - model.allocated()),
        ("/followUp/spent", spent.iter().map(|(spent, _)| spent).sum()),
        ("/followUp/forecast", forecast),
        ("/followUp/deviation", model.frame - forecast),
    ] {
        assert_eq!(cents(&found, path), wanted, "{path}");
    }
    let coverage = json!({ "contributing": spent.len(), "expected": model.items.len() });
    assert_eq!(found["followUp"]["coverage"], coverage);
    assert_eq!(found["followUp"]["items"].as_array().map(Vec::len), Some(spent.len()));
    let there = found["items"]["nodes"].as_array().expect("items");
    assert_eq!(there.len(), model.items.len());
    for item in &model.items {
        let found = there.iter().find(|there| there["id"] == json!(item.id)).expect("the item");
        assert_eq!(found["version"], json!(item.version));
        assert_eq!(cents(found, "/amount"), item.amount);
        assert_eq!(cents(found, "/initialAmount"), item.amount - item.moved);
    }
}

scenario!(a_long_life_goes_as_the_model_says, async |app: &TestApp| {
    let admin = app.admin();
    let units = organisation(&admin).await;
    let id = budget(&admin, &units.board, 2024, "1000").await;
    let mut model = Model { frame: 100_000, changed: 0, items: Vec::new() };
    let (mut chance, mut frame_version) = (Chance(2024), 1);
    let (mut done, mut refusals) = (0, 0);
    for nth in 0..150 {
        let count = model.items.len();
        let at = chance.below(count.max(1) as u64);
        let fits = |more: i64| model.allocated() + more <= model.frame;
        let (refused, should) = match chance.below(6) {
            0 | 1 if count < 2 || chance.below(2) == 0 => {
                let amount = chance.amount(60_000);
                let input = json!({ "budget": id, "name": format!("{nth}"), "kind": "REINVESTMENT", "amount": kronor(amount) });
                let should = !fits(amount);
                let (payload, refused) =
                    sent(&admin, "investmentItemCreate", "investmentItem { id }", input).await;
                if let Some(id) = payload["investmentItem"]["id"].as_str() {
                    let id = id.to_owned();
                    model.items.push(Item { id, version: 1, amount, moved: 0, spent: None });
                }
                (refused, should)
            }
            0..=2 if count > 0 => {
                let (item, amount) = (&model.items[at], chance.amount(60_000));
                let should = !fits(amount - item.amount);
                let input =
                    json!({ "id": item.id, "version": item.version, "amount": kronor(amount) });
                let (_, refused) = sent(&admin, "investmentItemUpdate", "", input).await;
                if !refused && model.items[at].amount != amount {
                    (model.items[at].amount, model.items[at].version) =
                        (amount, model.items[at].version + 1);
                }
                (refused, should)
            }
            3 if count > 1 => {
                let to = (at + 1 + chance.below(count as u64 - 1)) % count;
                let amount = chance.amount(40_000) + 1;
                let input = json!({
                    "from": model.items[at].id, "to": model.items[to].id, "amount": kronor(amount),
                    "reason": "Så blev det", "decidedOn": "2024-05-01",
                });
                let should = model.items[at].amount < amount;
                let (_, refused) = sent(&admin, "investmentTransfer", "", input).await;
                if !refused {
                    for (place, by) in [(at, -amount), (to, amount)] {
                        let item = &mut model.items[place];
                        (item.amount, item.moved) = (item.amount + by, item.moved + by);
                        item.version += 1;
                    }
                }
                (refused, should)
            }
            4 => {
                let by = chance.amount(60_000) - 30_001;
                let should = model.frame + by < model.allocated();
                let input = json!({ "budget": id, "amount": kronor(by), "reason": "Beslut", "decidedOn": "2024-05-01" });
                let (_, refused) = sent(&admin, "investmentFrameChange", "", input).await;
                if !refused {
                    (model.frame, model.changed) = (model.frame + by, model.changed + by);
                    frame_version += 1;
                }
                (refused, should)
            }
            _ if count > 0 && chance.below(3) > 0 => {
                let (spent, forecast) = (chance.amount(90_000) - 10_000, chance.amount(90_000));
                let text = |amount| kronor(amount)["amount"].as_str().expect("text").to_owned();
                let mut said = said_of(&model.items[at].id, &text(spent), &text(forecast));
                // Who has not read what was said before cannot write over it.
                let unread = model.items[at].spent.is_some_and(|said| said != (spent, forecast));
                let reads = chance.below(2) == 0;
                if reads {
                    let of = "followUp(period: { year: 2024, kind: UR1 }) { version }";
                    let found = node(&admin, &model.items[at].id, "InvestmentItem", of).await;
                    said["version"] = found["followUp"]["version"].clone();
                }
                let input = json!({ "period": { "year": 2024, "kind": "UR1" }, "items": [said] });
                let (_, refused) = sent(&admin, "investmentFollowUpRecord", "", input).await;
                if !refused {
                    model.items[at].spent = Some((spent, forecast));
                }
                (refused, unread && !reads)
            }
            _ => {
                let frame = chance.amount(200_000);
                let should = frame < model.allocated();
                let input = json!({ "id": id, "version": frame_version, "frame": kronor(frame) });
                let (_, refused) = sent(&admin, "investmentBudgetUpdate", "", input).await;
                if !refused && model.frame != frame {
                    (model.frame, frame_version) = (frame, frame_version + 1);
                }
                (refused, should)
            }
        };
        assert_eq!(refused, should, "step {nth}");
        if refused {
            refusals += 1
        } else {
            done += 1
        }
        assert!(model.allocated() <= model.frame);
        if nth % 10 == 9 {
            compare(&admin, &id, &model).await;
        }
    }
    assert!(done > 40 && refusals > 15, "{done} done, {refusals} refused");
});
