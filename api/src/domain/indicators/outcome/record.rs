//! Records many outcomes at once, all or nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{indicators::outcome, vocabulary::OutcomeState};
use uuid::Uuid;

use super::{
    fields::{OutcomeFields, OutcomeKey, blank, measured, scope},
    secret::hidden_changes,
    stored::{RowKey, by_keys},
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        follow_up::report::lock::{HandedIn, handed_in},
        idempotency::Attempt,
        indicators::{
            bulk::{self, Named, Problems, repeated},
            guard::{self, Touched},
        },
        organisation::period::Period,
        problem::{LockReason, Problem},
        write::{Done, many::Change},
    },
    error::{Error, Result},
};

/// One outcome of many.
#[derive(Clone, Debug)]
pub struct OutcomeItem {
    /// What it is about.
    pub key: OutcomeKey,
    /// What it says.
    pub fields: OutcomeFields,
}

/// Records outcomes: makes those that are not there, changes those that differ.
///
/// # Errors
/// What is wrong with each of them, or that the caller may not. Nothing has changed then.
pub async fn record(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    items: Vec<OutcomeItem>,
    key: Option<String>,
) -> Result<Done> {
    let mut write = match db.write_once(viewer, now, "outcomesRecord", key, &items).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let mut problems = Problems::of("outcomes", items.len())?;
    let pairs = items.iter().map(|item| (item.key.indicator.as_str(), item.key.org_unit.as_str()));
    let named = bulk::named(&write, Action::Report, pairs, &mut problems).await?;

    let mut first: HashMap<RowKey, usize> = HashMap::new();
    let mut keys = Vec::with_capacity(items.len());
    for (at, (item, named)) in items.iter().zip(&named).enumerate() {
        let key = named.as_ref().and_then(|Named { indicator, unit }| {
            let period = measured(item.key.period, indicator, now.date_naive())
                .map_err(|problem| problems.note(at, problem))
                .ok()?;
            let (indicator, unit, gender) = (indicator.id, unit.id, item.key.gender);
            Some(RowKey { indicator, unit, period, gender })
        });
        if let Some(earlier) = key.and_then(|key| first.insert(key, at)) {
            problems.note(at, repeated(earlier));
        }
        keys.push(key);
    }
    let wanted: Vec<RowKey> = first.into_keys().collect();
    let mut there = by_keys(write.connection(), &wanted).await?;
    let places = wanted.iter().map(|key| (key.unit, key.period));
    let handed_in = handed_in(write.connection(), places).await?;

    let (mut made, mut changed) = (Vec::new(), Vec::new());
    let mut touched = HashSet::new();
    let mut ids = Vec::with_capacity(items.len());
    for (at, ((item, named), key)) in items.into_iter().zip(named).zip(keys).enumerate() {
        let (Some(Named { indicator, unit }), Some(key)) = (named, key) else { continue };
        let before = there.remove(&key);
        let mut after = before.clone().unwrap_or_else(|| blank(key, now, write.actor_id()));
        match item.fields.replacing().fill(&mut after, &indicator) {
            Ok(_) => {}
            Err(Error::Problems(found)) => {
                found.into_iter().for_each(|problem| problems.note(at, problem));
                continue;
            }
            Err(error) => return Err(error),
        }
        ids.push(after.id);
        let scope = scope(&unit, &after);
        let reason = lock(&handed_in, before.as_ref(), key.unit, key.period);
        match (before, reason) {
            (Some(before), _) if before == after => continue,
            (_, Some(reason)) => {
                problems.note(at, locked(reason));
                continue;
            }
            (None, None) => made.push((scope, after)),
            (Some(before), None) => {
                let links = hidden_changes(&before, &after);
                changed.push(Change { scope, before, after, links });
            }
        }
        touched.insert((key.indicator, key.period));
    }
    problems.none()?;
    write.insert_all(made).await?;
    write.update_all(changed).await?;
    guard::refresh(&mut write, Touched::Keys(touched)).await?;
    write.commit(ids).await
}

/// What keeps an outcome, if there is one, from being changed.
pub fn lock(
    handed_in: &HandedIn,
    before: Option<&outcome::Model>,
    unit: Uuid,
    period: Period,
) -> Option<LockReason> {
    let confirmed = before.is_some_and(|before| before.state == OutcomeState::Confirmed);
    handed_in.reason(unit, period).or(confirmed.then_some(LockReason::ReportApproved))
}

/// The period's report was handed in, and what it says is locked.
pub fn locked(reason: LockReason) -> Problem {
    Problem::locked(reason).at("period")
}

/// What a change of one outcome touches.
///
/// # Errors
/// Never, but for a period that cannot be.
pub fn touched(row: &outcome::Model) -> Result<Touched> {
    Ok(Touched::Keys(HashSet::from([(row.indicator_id, super::period_of(row)?)])))
}
