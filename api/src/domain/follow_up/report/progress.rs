//! How far the units right below have come with their reports.

use std::collections::{HashMap, HashSet};

use entity::{follow_up::report, organisation::org_unit, sight::Sight, vocabulary::PlanStatus};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    completeness::{Due, completeness},
    find::{ReportKey, by_keys},
};
use crate::{
    domain::{
        indicators::active::is_active,
        organisation::{
            cycle::Cycle,
            cycle_store,
            org_unit::{children, plans_of_years},
            period::Period,
        },
    },
    error::Result,
};

/// How far one unit has come with its report.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The unit.
    pub unit: org_unit::Model,
    /// Its report, when there is one that the viewer sees.
    pub report: Option<report::Model>,
    /// Whether it has a decided plan to report on.
    pub is_expected: bool,
    /// How much there is to say.
    pub required: u32,
    /// How much is said.
    pub done: u32,
}

/// How far every unit right below those units has come, by name: units that there are in some part of the period. A
/// unit that has opened no report that the viewer sees has said what its outcomes say. The same few statements however
/// many units.
///
/// # Errors
/// Whatever the database says.
pub async fn progress(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &[ReportKey],
) -> Result<HashMap<ReportKey, Vec<Progress>>> {
    let uppers: HashSet<Uuid> = asked.iter().map(|key| key.unit).collect();
    let uppers: Vec<Uuid> = uppers.into_iter().collect();
    let below = children(connection, sight, &uppers).await?;
    let organisations: HashSet<Uuid> =
        below.values().flatten().map(|unit| unit.organisation_id).collect();
    let organisations: Vec<Uuid> = organisations.into_iter().collect();
    let settings = cycle_store::settings(connection, sight, &organisations).await?;
    let is_there = |unit: &org_unit::Model, period: Period| {
        let settings = settings.get(&unit.organisation_id);
        let cycle = Cycle::of(period.year(), settings.map_or(&[], |settings| settings.as_slice()));
        is_active(unit.active_from, unit.active_to, period, &cycle)
    };
    let units_of = |key: &ReportKey| -> Vec<(&org_unit::Model, ReportKey)> {
        let units = below.get(&key.unit).into_iter().flatten();
        let there = units.filter(|unit| is_there(unit, key.period));
        there.map(|unit| (unit, ReportKey { unit: unit.id, ..*key })).collect()
    };
    let keys: Vec<ReportKey> = asked.iter().flat_map(units_of).map(|(_, key)| key).collect();
    let reports = by_keys(connection, sight, &keys).await?;
    let years: Vec<(Uuid, i32)> = keys.iter().map(|key| (key.unit, key.period.year())).collect();
    let plans = plans_of_years(connection, sight, &years).await?;
    let mut dues: HashMap<ReportKey, Due> = HashMap::new();
    for key in keys {
        if let Some(report) = reports.get(&key) {
            dues.insert(key, Due::of(report)?);
        } else if let Some(plan) = plans.get(&(key.unit, key.period.year()))
            && plan.status != PlanStatus::Draft
        {
            dues.insert(key, Due::unopened(plan.id, key));
        }
    }
    let asked_for: Vec<Due> = dues.values().copied().collect();
    let found = completeness(connection, sight, &asked_for).await?;
    let one = |(unit, key): (&org_unit::Model, ReportKey)| {
        let due = dues.get(&key);
        let complete = due.and_then(|due| found.get(due));
        Progress {
            unit: unit.clone(),
            report: reports.get(&key).cloned(),
            is_expected: due.is_some(),
            required: complete.map_or(0, |complete| complete.required()),
            done: complete.map_or(0, |complete| complete.done()),
        }
    };
    Ok(asked.iter().map(|key| (*key, units_of(key).into_iter().map(one).collect())).collect())
}
