//! Records what lines have come to in a period, many at once, all or nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    budgets::{budget_line, budget_line_follow_up},
    money::Hundredths,
    organisation::org_unit,
    sight::Sight,
};
use uuid::Uuid;

use super::{
    fields::{fits, too_much},
    load::{FollowUpKey, follow_ups},
    named::{Named, find, period},
    sums::{FollowedUp, followed_up_in},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        budgets::{
            money::{self, GivenMoney},
            scope::{reported_in, require_reporting},
        },
        form::{Form, Sent, required},
        idempotency::Attempt,
        indicators::{bulk::Problems, outcome::stored::month_of},
        organisation::period::{AskedPeriod, Period},
        write::{Done, Edit, Scope, Write, many::Change, version::check_seen},
    },
    error::{Error, Result},
};

/// What one of many lines has come to.
#[derive(Clone, Debug)]
pub struct FollowUpItem {
    /// The line.
    pub line: String,
    /// What it has come to in the period.
    pub outcome: Sent<GivenMoney>,
    /// What the year is expected to come to.
    pub forecast: Sent<GivenMoney>,
    /// The version that the caller has read; without one, nothing was said.
    pub version: Option<i32>,
}

type Row = budget_line_follow_up::Model;

/// An item with what there was and what it makes of it.
struct Filled {
    at: usize,
    line: budget_line::Model,
    scope: Scope,
    before: Option<Row>,
    after: Row,
    /// The fields that it sends, and the version that the caller saw; of 0 nothing.
    edit: Edit,
}

/// Records what lines have come to: makes follow-ups that are not there, changes those that differ.
///
/// # Errors
/// What is wrong with each of them, or that the caller may not. Nothing has changed then.
pub async fn record(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    asked: AskedPeriod,
    items: Vec<FollowUpItem>,
    key: Option<String>,
) -> Result<Done> {
    let input = (asked, &items);
    let mut write = match db.write_once(viewer, now, "operatingFollowUpRecord", key, &input).await?
    {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let mut problems = Problems::of("lines", items.len())?;
    let named = find(&write, &items, &mut problems).await?;
    let units: Vec<Uuid> = named.units.keys().copied().collect();
    require_reporting(&write, &units).await?;
    let Some(period) = period(asked, &named, now)? else {
        return problems.none().and(Err(Error::internal("a line without budget")));
    };
    let units: Vec<&org_unit::Model> = named.units.values().collect();
    let scopes = reported_in(&write, &units, period).await?;
    let filled = fill(&write, &named, &scopes, period, items, &mut problems).await?;
    let there: Vec<(&Filled, &Row)> =
        filled.iter().filter_map(|item| Some((item, item.before.as_ref()?))).collect();
    let updates: Vec<(&Row, &Row, &Edit)> =
        there.iter().map(|(item, before)| (*before, &item.after, &item.edit)).collect();
    for (nth, problem) in write.stale(&updates).await? {
        if let Some((item, _)) = there.get(nth) {
            problems.note(item.at, problem);
        }
    }
    refuse_overflows(&write, &filled, period, &mut problems).await?;
    problems.none()?;

    let ids = filled.iter().map(|item| item.after.id).collect();
    let (mut made, mut changed) = (Vec::new(), Vec::new());
    for Filled { scope, before, after, .. } in filled {
        match before {
            None => made.push((scope, after)),
            Some(before) => changed.push(Change { scope, before, after, links: Vec::new() }),
        }
    }
    write.insert_all(made).await?;
    write.update_all(changed).await?;
    write.commit(ids).await
}

async fn fill(
    write: &Write,
    named: &Named,
    scopes: &HashMap<Uuid, Scope>,
    period: Period,
    items: Vec<FollowUpItem>,
    problems: &mut Problems,
) -> Result<Vec<Filled>> {
    let key = |line: &budget_line::Model| FollowUpKey { line: line.id, period };
    let keys: Vec<FollowUpKey> = named.lines.iter().flatten().map(key).collect();
    let mut there = follow_ups(write.connection(), &Sight::ALL, &keys).await?;
    let mut filled = Vec::with_capacity(items.len());
    for (at, (item, line)) in items.into_iter().zip(&named.lines).enumerate() {
        let Some(line) = line else { continue };
        let budget = named.budgets.get(&line.budget_id);
        let scope = budget.and_then(|budget| scopes.get(&budget.org_unit_id));
        let (Some(budget), Some(scope)) = (budget, scope) else {
            return Err(Error::internal("a line without budget"));
        };
        let before = there.remove(&key(line));
        let seen = item.version.unwrap_or(0);
        let now = before.as_ref().map_or(0, |before| before.version);
        let mut after = before.clone().unwrap_or_else(|| blank(write, line, period));
        let mut form = Form::default();
        if let Err(problem) = check_seen(seen, now) {
            form.problem(problem);
        }
        let fields = [
            ("outcome", item.outcome, &mut after.outcome),
            ("forecast", item.forecast, &mut after.forecast),
        ];
        for (field, sent, slot) in fields {
            if before.is_none() && sent.is_none() {
                form.problem(required(field));
            }
            money::set(&mut form, field, slot, sent, budget.currency);
        }
        match form.finish() {
            Ok(sent) => {
                let (line, scope, edit) = (line.clone(), *scope, Edit { version: seen, sent });
                filled.push(Filled { at, line, scope, before, after, edit });
            }
            Err(Error::Problems(found)) => {
                found.into_iter().for_each(|problem| problems.note(at, problem));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(filled)
}

/// A follow-up in which nobody has said anything yet.
fn blank(write: &Write, line: &budget_line::Model, period: Period) -> Row {
    Row {
        id: Uuid::now_v7(),
        line_id: line.id,
        budget_id: line.budget_id,
        year: period.year(),
        kind: period.kind(),
        month: month_of(period),
        period_order: period.sort_key(),
        outcome: Hundredths(0),
        forecast: Hundredths(0),
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    }
}

/// What the lines of a kind have come to together stays what can be kept, and so do their forecasts.
async fn refuse_overflows(
    write: &Write,
    filled: &[Filled],
    period: Period,
    problems: &mut Problems,
) -> Result<()> {
    let budgets: HashSet<Uuid> = filled.iter().map(|item| item.line.budget_id).collect();
    let budgets: Vec<Uuid> = budgets.into_iter().collect();
    let mut sums = followed_up_in(write.connection(), &budgets, period).await?;
    for item in filled {
        let sums = sums.entry((item.line.budget_id, item.line.kind)).or_default();
        let said = item.before.as_ref().map(FollowedUp::of).unwrap_or_default();
        *sums = sums.and(FollowedUp::of(&item.after)).less(said);
    }
    for ((budget, kind), sums) in sums {
        let of_kind =
            || filled.iter().filter(|item| (item.line.budget_id, item.line.kind) == (budget, kind));
        type Amount = fn(&Row) -> u64;
        let fields: [(&str, i128, Amount); 2] = [
            ("outcome", sums.outcome, |row| row.outcome.0.unsigned_abs()),
            ("forecast", sums.forecast, |row| row.forecast.0.unsigned_abs()),
        ];
        for (field, sum, amount) in fields {
            let largest = of_kind().max_by_key(|item| amount(&item.after));
            if let Some(largest) = largest.filter(|_| !fits(sum)) {
                problems.note(largest.at, too_much(kind).within(&[field]));
            }
        }
    }
    Ok(())
}
