//! The whole list of a budget's lines, set at once.

use std::collections::HashMap;

use entity::{
    budgets::{budget_line, budget_line_follow_up, operating_budget},
    money::Hundredths,
    tracked::{Identified as _, Shown as _},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    MOST_LINES,
    fields::{LineKey, field_of, logged, overflows, too_many},
    line::followed_up,
    load::all_lines,
    merge::{Settled, settle},
};
use crate::{
    domain::{
        access::external_ref,
        problem::Problem,
        write::{
            FieldChange, Scope, Write,
            many::Change,
            version::{Since, clashes},
        },
    },
    error::{Error, Result},
};

/// Makes these the lines of a budget, and says what that changed.
pub(super) async fn set_lines(
    write: &mut Write,
    scope: &Scope,
    budget: &operating_budget::Model,
    version: i32,
    wanted: Vec<(LineKey, Hundredths)>,
) -> Result<Vec<FieldChange>> {
    let lines = all_lines(write.connection(), budget.id).await?;
    let now: Vec<(LineKey, &budget_line::Model)> =
        lines.iter().map(|line| ((line.kind, line.name.clone()), line)).collect();
    let since = match version < budget.version {
        true => write.since(&HashMap::from([(budget.id, version)])).await?,
        false => HashMap::new(),
    };
    let since = since.get(&budget.id).map(Vec::as_slice).unwrap_or_default();
    let changes = differing(&now, &wanted, since);
    refuse_clashes(write, &wanted, since, &changes).await?;

    let (mut logs, mut made, mut changed, mut gone) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for One { key, before, after, .. } in changes {
        logs.extend(logged(&key, before.as_ref().map(|line| line.amount), after));
        match (before, after) {
            (None, Some(amount)) => made.push((*scope, line(write, budget.id, key, amount))),
            (Some(before), Some(amount)) => {
                let after = budget_line::Model { amount, ..before.clone() };
                changed.push(Change { scope: *scope, before, after, links: Vec::new() });
            }
            (Some(before), None) => gone.push(before),
            (None, None) => {}
        }
    }
    if lines.len() + made.len() - gone.len() > MOST_LINES {
        return Err(too_many().at("lines").into());
    }
    refuse_followed_up(write, &gone).await?;
    remove(write, scope, gone).await?;
    write.update_all(changed).await?;
    write.insert_all(made).await?;
    let lines = all_lines(write.connection(), budget.id).await?;
    match overflows(&wanted, lines.iter().map(|line| (line.kind, line.amount))) {
        none if none.is_empty() => Ok(logs),
        problems => Err(Error::Problems(problems)),
    }
}

/// A line that the caller wants otherwise than it is.
struct One {
    key: LineKey,
    before: Option<budget_line::Model>,
    after: Option<Hundredths>,
    settled: Settled,
}

/// The lines that the caller has changed: first those of the list in its order, then those that it leaves out.
fn differing(
    now: &[(LineKey, &budget_line::Model)],
    wanted: &[(LineKey, Hundredths)],
    since: &[Since],
) -> Vec<One> {
    let there: HashMap<&LineKey, &budget_line::Model> =
        now.iter().map(|(key, line)| (key, *line)).collect();
    // The earliest change since the caller's version has what the caller saw.
    let mut seen: HashMap<&str, &Option<String>> = HashMap::new();
    for field in since.iter().flat_map(|since| &since.fields) {
        seen.entry(&field.field).or_insert(&field.before);
    }
    let listed: HashMap<&LineKey, Hundredths> =
        wanted.iter().map(|(key, amount)| (key, *amount)).collect();
    let left_out = now.iter().map(|(key, _)| key).filter(|key| !listed.contains_key(key));
    let one = |key: &LineKey| {
        let (before, after) = (there.get(key).copied(), listed.get(key).copied());
        let amount = before.map(|line| line.amount).shown();
        let seen =
            seen.get(field_of(key).as_str()).map_or_else(|| amount.clone(), |seen| (*seen).clone());
        let settled = settle(&seen, &amount, &after.shown());
        One { key: key.clone(), before: before.cloned(), after, settled }
    };
    let all = wanted.iter().map(|(key, _)| key).chain(left_out).map(one);
    all.filter(|one| one.settled != Settled::Stays).collect()
}

async fn refuse_clashes(
    write: &Write,
    wanted: &[(LineKey, Hundredths)],
    since: &[Since],
    changes: &[One],
) -> Result<()> {
    let clashing = || changes.iter().filter(|one| one.settled == Settled::Clashes);
    let fields: Vec<String> = clashing().map(|one| field_of(&one.key)).collect();
    let sent: Vec<&str> = fields.iter().map(String::as_str).collect();
    let amount = |one: &One| one.before.as_ref().map(|line| line.amount);
    let wishes = clashing().filter_map(|one| logged(&one.key, amount(one), one.after));
    let found = clashes(wishes, &sent, since);
    let place = |field: &str| wanted.iter().position(|(key, _)| field_of(key) == field);
    let places: Vec<Option<usize>> =
        found.iter().map(|(difference, _)| place(&difference.field)).collect();
    let at = |(problem, place): (Problem, Option<usize>)| match place {
        Some(place) => problem.at("budget").within(&["lines", &place.to_string()]),
        None => problem.at("lines"),
    };
    let problems = write.conflicts(found).await?.into_iter().zip(places);
    match problems.map(at).collect::<Vec<_>>() {
        none if none.is_empty() => Ok(()),
        problems => Err(Error::Problems(problems)),
    }
}

/// A line that somebody has said something of stays.
async fn refuse_followed_up(write: &Write, lines: &[budget_line::Model]) -> Result<()> {
    let kept: Vec<Uuid> = budget_line_follow_up::Entity::find()
        .select_only()
        .column(budget_line_follow_up::Column::LineId)
        .distinct()
        .filter(budget_line_follow_up::Column::LineId.is_in(lines.iter().map(|line| line.id)))
        .into_tuple()
        .all(write.connection())
        .await?;
    let problems: Vec<Problem> = lines
        .iter()
        .filter(|line| kept.contains(&line.id))
        .map(|line| followed_up(&line.name).at("lines"))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
}

/// A new line of a budget.
pub(super) fn line(
    write: &Write,
    budget: Uuid,
    (kind, name): LineKey,
    amount: Hundredths,
) -> budget_line::Model {
    budget_line::Model {
        id: Uuid::now_v7(),
        budget_id: budget,
        kind,
        name,
        amount,
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    }
}

/// Removes lines with what other systems call them.
pub(super) async fn remove(
    write: &mut Write,
    scope: &Scope,
    lines: Vec<budget_line::Model>,
) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id()).collect();
    external_ref::forget(write, &ids).await?;
    write.delete_all(lines.into_iter().map(|line| (*scope, line)).collect()).await
}
