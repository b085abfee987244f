//! What the items of a bulk call name, found in a few statements however many items there are.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{indicators::indicator, organisation::org_unit, vocabulary::NodeType};
use uuid::Uuid;

use crate::{
    access::policy::Action,
    domain::{
        fetch,
        form::required,
        permission,
        problem::{Code, Problem},
        reference::key_of,
        write::Write,
    },
    error::{Error, Result},
};

/// The most items that one call takes.
pub const MOST: usize = 5_000;

/// The indicator and the unit that an item names.
#[derive(Clone, Debug)]
pub struct Named {
    /// The indicator.
    pub indicator: Arc<indicator::Model>,
    /// The unit, of the same organisation.
    pub unit: Arc<org_unit::Model>,
}

/// The problems of a bulk call, each with its path.
pub struct Problems {
    list: &'static str,
    found: Vec<(usize, Problem)>,
}

impl Problems {
    /// Those of the list with that name, which may be neither empty nor too long.
    ///
    /// # Errors
    /// When it is.
    pub fn of(list: &'static str, items: usize) -> Result<Self> {
        match items {
            0 => Err(required(list).into()),
            1..=MOST => Ok(Self { list, found: Vec::new() }),
            _ => Err(Problem::new(
                Code::Invalid,
                format!("Högst {MOST} stycken på en gång, inte {items}."),
                format!("At most {MOST} at a time, not {items}."),
            )
            .at(list)
            .into()),
        }
    }

    /// Notes a problem with an item; its field is one of the item's.
    pub fn note(&mut self, item: usize, problem: Problem) {
        self.found.push((item, problem.within(&[self.list, &item.to_string()])));
    }

    /// Whether there is none.
    ///
    /// # Errors
    /// All of them, in the order of the items.
    pub fn none(mut self) -> Result<()> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort_by_key(|(item, _)| *item);
        Err(Error::Problems(self.found.into_iter().map(|(_, problem)| problem).collect()))
    }
}

/// What each item names by its ids of an indicator and of a unit; nothing for an item that has a problem.
///
/// # Errors
/// [`Error::Forbidden`] when the caller may not do that on one of the units.
pub async fn named(
    write: &Write,
    action: Action,
    items: impl Iterator<Item = (&str, &str)>,
    problems: &mut Problems,
) -> Result<Vec<Option<Named>>> {
    let keys: Vec<_> = items
        .map(|(indicator, unit)| {
            (key_of(NodeType::Indicator, indicator), key_of(NodeType::OrgUnit, unit))
        })
        .collect();
    let wanted = |which: fn(&(Key, Key)) -> &Key| -> Vec<Uuid> {
        let found: HashSet<Uuid> =
            keys.iter().filter_map(|keys| which(keys).as_ref().ok()).copied().collect();
        found.into_iter().collect()
    };
    let indicators = wanted(|(indicator, _)| indicator);
    let units = wanted(|(_, unit)| unit);
    let (connection, sight) = (write.connection(), write.sight()?);
    let indicators =
        shared(fetch::by_id::<indicator::Entity>(connection, sight, &indicators).await?);
    let units = shared(fetch::by_id::<org_unit::Entity>(connection, sight, &units).await?);
    let asked: Vec<Uuid> = units.keys().copied().collect();
    let allowed = permission::allowed(connection, write.viewer(), action, &asked).await?;
    if allowed.len() < asked.len() {
        return Err(Error::Forbidden(format!("Your roles do not allow {action:?} here.")));
    }
    let mut found = Vec::with_capacity(keys.len());
    for (at, (indicator, unit)) in keys.into_iter().enumerate() {
        let indicator = found_or(indicator, &indicators, "indicator");
        let unit = found_or(unit, &units, "orgUnit");
        found.push(match (indicator, unit) {
            (Ok(indicator), Ok(unit)) if indicator.organisation_id != unit.organisation_id => {
                problems.note(at, foreign());
                None
            }
            (Ok(indicator), Ok(unit)) => Some(Named { indicator, unit }),
            (indicator, unit) => {
                for problem in [indicator.err(), unit.err()].into_iter().flatten() {
                    problems.note(at, problem);
                }
                None
            }
        });
    }
    Ok(found)
}

/// The indicator is defined in another organisation than the unit's.
pub fn foreign() -> Problem {
    Problem::new(
        Code::Invalid,
        "Enheten och indikatorn hör till olika organisationer.",
        "The unit and the indicator belong to different organisations.",
    )
    .at("orgUnit")
}

/// Two items are about the same thing.
pub fn repeated(first: usize) -> Problem {
    Problem::new(
        Code::Duplicate,
        format!("Samma sak som rad {first} i anropet."),
        format!("The same as item {first} of the call."),
    )
}

type Key = Result<Uuid, Problem>;

fn shared<M>(rows: HashMap<Uuid, M>) -> HashMap<Uuid, Arc<M>> {
    rows.into_iter().map(|(id, row)| (id, Arc::new(row))).collect()
}

fn found_or<M>(key: Key, rows: &HashMap<Uuid, Arc<M>>, field: &str) -> Result<Arc<M>, Problem> {
    let key = key.map_err(|problem| problem.at(field))?;
    rows.get(&key).cloned().ok_or_else(|| Problem::not_found(field))
}
