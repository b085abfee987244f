//! Moves an amount from one item of a budget to another.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    budgets::{investment_item, investment_transfer},
    money::Hundredths,
    vocabulary::Currency,
};
use uuid::Uuid;

use super::super::{Place, decision, rules};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        budgets::money::{GivenMoney, must, spelled},
        form::{Form, Sent, TEXT},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, many::Change},
    },
    error::Result,
};

/// What a caller sends of a transfer.
#[derive(Clone, Debug)]
pub struct TransferFields {
    /// From which item.
    pub from: String,
    /// To which item.
    pub to: String,
    /// How much.
    pub amount: GivenMoney,
    /// Why.
    pub reason: Sent<String>,
    /// When it was decided.
    pub decided_on: NaiveDate,
}

/// Moves an amount between two items of one budget: neither becomes negative, and what they come to together stays.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn transfer(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    fields: TransferFields,
    key: Option<String>,
) -> Result<Done> {
    let mut write = match db.write_once(viewer, now, "investmentTransfer", key, &fields).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let from: investment_item::Model = write.find("from", &fields.from).await?;
    let Place { budget, scope, .. } = Place::by_key(&write, from.budget_id).await?;
    let to: investment_item::Model = write.find("to", &fields.to).await?;
    let mut form = Form::default();
    if to.id == from.id || to.budget_id != from.budget_id {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Pengar omdisponeras mellan två investeringar i samma budget.",
                "Money is moved between two items of the same budget.",
            )
            .at("to"),
        );
    }
    let amount = amount(&mut form, fields.amount, budget.currency);
    let mut row = investment_transfer::Model {
        id: Uuid::now_v7(),
        budget_id: budget.id,
        from_id: from.id,
        to_id: to.id,
        amount,
        reason: String::new(),
        decided_on: fields.decided_on,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    form.name("reason", &mut row.reason, fields.reason, TEXT);
    decision::not_in_future(&mut form, fields.decided_on, now.date_naive());
    let moved = rules::moved(from.amount, to.amount, amount);
    if let Err(rules::Refusal::Missing(missing)) = moved {
        form.problem(lacking(missing, budget.currency));
    }
    form.finish()?;
    if let Ok((less, more)) = moved {
        let change = |before: investment_item::Model, amount: Hundredths| {
            let after = investment_item::Model { amount, ..before.clone() };
            Change { scope, before, after, links: Vec::new() }
        };
        write.update_all(vec![change(from, less), change(to, more)]).await?;
    }
    let row = write.insert(&scope, row).await?;
    write.commit(vec![row.id]).await
}

/// An amount above zero; nothing moves when it is not.
fn amount(form: &mut Form, given: GivenMoney, currency: Currency) -> Hundredths {
    match must("amount", Some(given), currency) {
        Ok(amount) if amount > Hundredths::default() => amount,
        Ok(_) => {
            form.problem(
                Problem::new(
                    Code::Invalid,
                    "Beloppet måste vara större än noll; byt plats på investeringarna för att flytta åt andra hållet.",
                    "The amount must be above zero; change places of the items to move it the other way.",
                )
                .at("amount")
                .within(&["amount"]),
            );
            Hundredths::default()
        }
        Err(problem) => {
            form.problem(problem);
            Hundredths::default()
        }
    }
}

fn lacking(missing: i128, currency: Currency) -> Problem {
    let (sv, en) = spelled(missing, currency);
    Problem::new(
        Code::Invalid,
        format!("Investeringen har inte så mycket: {sv} saknas."),
        format!("The item does not have so much: {en} is missing."),
    )
    .at("amount")
}
