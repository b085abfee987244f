//! The lines that a call about many of them names.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    budgets::{budget_line, operating_budget},
    organisation::org_unit,
    vocabulary::NodeType,
};
use uuid::Uuid;

use super::record::FollowUpItem;
use crate::{
    domain::{
        budgets::scope::period_of,
        fetch,
        indicators::bulk::{Problems, repeated},
        organisation::period::{AskedPeriod, Period},
        problem::Problem,
        reference::key_of,
        write::Write,
    },
    error::Result,
};

/// The lines that a call names, and the budgets and units that they are of.
pub struct Named {
    /// The line of each item, when there is one.
    pub lines: Vec<Option<budget_line::Model>>,
    /// By key.
    pub budgets: HashMap<Uuid, operating_budget::Model>,
    /// By key.
    pub units: HashMap<Uuid, org_unit::Model>,
}

/// Finds them, each line once, in a few statements however many.
///
/// # Errors
/// Whatever the database says.
pub async fn find(write: &Write, items: &[FollowUpItem], problems: &mut Problems) -> Result<Named> {
    let (connection, sight) = (write.connection(), write.sight()?);
    let keys: Vec<Result<Uuid, Problem>> =
        items.iter().map(|item| key_of(NodeType::BudgetLine, &item.line)).collect();
    let wanted: HashSet<Uuid> = keys.iter().filter_map(|key| key.as_ref().ok()).copied().collect();
    let wanted: Vec<Uuid> = wanted.into_iter().collect();
    let found = fetch::by_id::<budget_line::Entity>(connection, sight, &wanted).await?;
    let ids: HashSet<Uuid> = found.values().map(|line| line.budget_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let budgets = fetch::by_id::<operating_budget::Entity>(connection, sight, &ids).await?;
    let ids: HashSet<Uuid> = budgets.values().map(|budget| budget.org_unit_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let units = fetch::by_id::<org_unit::Entity>(connection, sight, &ids).await?;
    let mut first: HashMap<Uuid, usize> = HashMap::new();
    let mut lines = Vec::with_capacity(items.len());
    for (at, key) in keys.into_iter().enumerate() {
        let line = match key {
            Ok(key) => found.get(&key).cloned().ok_or_else(|| Problem::not_found("line")),
            Err(problem) => Err(problem.at("line")),
        };
        lines.push(match line {
            Ok(line) => match first.get(&line.id) {
                Some(first) => {
                    problems.note(at, repeated(*first).at("line"));
                    None
                }
                None => {
                    first.insert(line.id, at);
                    Some(line)
                }
            },
            Err(problem) => {
                problems.note(at, problem);
                None
            }
        });
    }
    Ok(Named { lines, budgets, units })
}

/// The period that is meant, of the year of every budget; none when no line was found.
///
/// # Errors
/// What is wrong with it.
pub fn period(asked: AskedPeriod, named: &Named, now: DateTime<Utc>) -> Result<Option<Period>> {
    let years: BTreeSet<i32> = named.budgets.values().map(|budget| budget.year).collect();
    let mut period = None;
    for year in years {
        period = Some(period_of(asked, year, now.date_naive())?);
    }
    Ok(period)
}
