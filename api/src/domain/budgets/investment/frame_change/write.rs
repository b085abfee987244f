//! Changes a frame by a decision.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    budgets::{frame_change, investment_budget},
    money::Hundredths,
};
use uuid::Uuid;

use super::super::{Place, allocated, decision, rules, too_little};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        budgets::money::{GivenMoney, must},
        form::{CODE, Form, Sent, TEXT},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, many::Change},
    },
    error::Result,
};

/// What a caller sends of a change of a frame.
#[derive(Clone, Debug)]
pub struct FrameChangeFields {
    /// How much more, or less.
    pub amount: GivenMoney,
    /// Why.
    pub reason: Sent<String>,
    /// When it was decided.
    pub decided_on: NaiveDate,
    /// Under which number it is registered.
    pub registry_number: Sent<String>,
}

/// Changes the frame of a budget, never to less than its items come to. The change's key comes first, then the budget's.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn change(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    budget: String,
    fields: FrameChangeFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&budget, &fields);
    let mut write = match db.write_once(viewer, now, "investmentFrameChange", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let Place { budget, scope, .. } =
        Place::of(&write, write.find("budget", &budget).await?).await?;
    let mut form = Form::default();
    let mut row = frame_change::Model {
        id: Uuid::now_v7(),
        budget_id: budget.id,
        amount: Hundredths::default(),
        reason: String::new(),
        decided_on: fields.decided_on,
        registry_number: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    let mut frame = budget.frame;
    match must("amount", Some(fields.amount), budget.currency) {
        Ok(Hundredths(0)) => form.problem(at_amount("Ändringen är noll.", "The change is zero.")),
        Ok(amount) => {
            row.amount = amount;
            let allocated = allocated(write.connection(), budget.id).await?;
            match rules::reframed(frame, amount, allocated) {
                Ok(changed) => frame = changed,
                Err(rules::Refusal::Missing(missing)) => {
                    form.problem(too_little(missing, budget.currency).at("amount"));
                }
                Err(rules::Refusal::TooLarge) => form.problem(at_amount(
                    "Ramen får högst 15 siffror före decimaltecknet.",
                    "A frame has at most 15 digits before the point.",
                )),
            }
        }
        Err(problem) => form.problem(problem),
    }
    form.name("reason", &mut row.reason, fields.reason, TEXT);
    form.mark("registryNumber", &mut row.registry_number, fields.registry_number, CODE);
    decision::not_in_future(&mut form, fields.decided_on, now.date_naive());
    form.finish()?;
    let id = budget.id;
    let after = investment_budget::Model { frame, ..budget.clone() };
    let changed = Change { scope, before: budget, after, links: Vec::new() };
    write.update_all(vec![changed]).await?;
    let row = write.insert(&scope, row).await?;
    write.commit(vec![row.id, id]).await
}

fn at_amount(sv: &str, en: &str) -> Problem {
    Problem::new(Code::Invalid, sv, en).at("amount").within(&["amount"])
}
