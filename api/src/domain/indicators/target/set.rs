//! Sets many targets at once, all or nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    fixed::Fixed,
    indicators::target,
    sight::Sight,
    vocabulary::{DecisionLevel, PlanStatus},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::load::{TargetKey, by_keys};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        form::{Form, fixed},
        idempotency::Attempt,
        indicators::bulk::{self, Named, Problems, repeated},
        planning::governing::governing,
        problem::{LockReason, Problem},
        write::{Done, Scope, many::Change},
    },
    error::{Error, Result},
};

/// One target of many.
#[derive(Clone, Debug)]
pub struct TargetItem {
    /// The indicator.
    pub indicator: String,
    /// The unit.
    pub org_unit: String,
    /// The year.
    pub year: i32,
    /// The value.
    pub value: Decimal,
    /// Who decided it.
    pub decided_at: DecisionLevel,
}

/// Sets targets: makes those that are not there, changes those that differ.
///
/// # Errors
/// What is wrong with each of them, or that the caller may not. Nothing has changed then.
pub async fn set(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    items: Vec<TargetItem>,
    key: Option<String>,
) -> Result<Done> {
    let mut write = match db.write_once(viewer, now, "targetsSet", key, &items).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let mut problems = Problems::of("targets", items.len())?;
    let pairs = items.iter().map(|item| (item.indicator.as_str(), item.org_unit.as_str()));
    let named = bulk::named(&write, Action::Plan, pairs, &mut problems).await?;

    let keys: Vec<Option<TargetKey>> = named
        .iter()
        .zip(&items)
        .map(|(named, item)| {
            let Named { indicator, unit } = named.as_ref()?;
            Some(TargetKey { indicator: indicator.id, unit: unit.id, year: item.year })
        })
        .collect();
    let known: Vec<TargetKey> = keys.iter().flatten().copied().collect();
    let units: HashSet<Uuid> = known.iter().map(|key| key.unit).collect();
    let years: HashSet<i32> = known.iter().map(|key| key.year).collect();
    let (units, years): (Vec<_>, Vec<_>) =
        (units.into_iter().collect(), years.into_iter().collect());
    let plans = governing(write.connection(), &units, &years).await?;
    let mut there = by_keys(write.connection(), &Sight::ALL, &known).await?;

    let mut first: HashMap<TargetKey, usize> = HashMap::new();
    let (mut made, mut changed, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for (at, ((item, named), key)) in items.iter().zip(&named).zip(keys).enumerate() {
        let mut form = Form::default();
        let mut year = 0;
        form.year("year", &mut year, Some(Some(item.year)));
        let value = fixed("value", item.value).unwrap_or_else(|problem| {
            form.problem(problem);
            Fixed(0)
        });
        if let Err(Error::Problems(found)) = form.finish() {
            for problem in found {
                problems.note(at, problem);
            }
        }
        let (Some(Named { indicator, unit }), Some(key)) = (named, key) else { continue };
        if let Some(first) = first.insert(key, at) {
            problems.note(at, repeated(first));
            continue;
        }
        let status = plans.of(unit.id, year);
        if status == Some(PlanStatus::Closed) {
            problems.note(at, Problem::locked(LockReason::PlanClosed).at("year"));
            continue;
        }
        let scope = Scope {
            organisation_id: unit.organisation_id,
            org_unit_id: unit.id,
            draft: status == Some(PlanStatus::Draft),
        };
        if let Some(before) = there.remove(&key) {
            ids.push(before.id);
            let after = target::Model { value, decided_at: item.decided_at, ..before.clone() };
            changed.push(Change { scope, before, after, links: Vec::new() });
        } else {
            let row = target::Model {
                id: Uuid::now_v7(),
                indicator_id: indicator.id,
                org_unit_id: unit.id,
                year,
                value,
                decided_at: item.decided_at,
                version: 0,
                created_at: now,
                updated_at: now,
                updated_by: write.actor_id(),
            };
            ids.push(row.id);
            made.push((scope, row));
        }
    }
    problems.none()?;
    write.insert_all(made).await?;
    write.update_all(changed).await?;
    write.commit(ids).await
}
