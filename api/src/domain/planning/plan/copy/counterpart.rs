//! What a copy hangs under in the plans that it answers: the same as before where it answers the same plan, else what
//! has the same number and name there.

use std::collections::HashMap;

use entity::{
    planning::{assignment, focus_area, goal},
    tracked::{Tracked, Visible},
    vocabulary::FocusAreaOrigin,
};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::Journey;
use crate::{domain::write::Write, error::Result};

/// What lies in plans and is known there by a number and a name.
pub trait Numbered: Tracked {
    /// The plan.
    fn plan(&self) -> Uuid;
    /// The number and the name.
    fn mark(&self) -> (Option<&str>, &str);
    /// Those in some plans that plans below may hang something under.
    fn offered(plans: &[Uuid]) -> Condition;
}

macro_rules! numbered {
    ($noun:ident, $offered:expr) => {
        impl Numbered for $noun::Model {
            fn plan(&self) -> Uuid {
                self.plan_id
            }

            fn mark(&self) -> (Option<&str>, &str) {
                (self.number.as_deref(), &self.name)
            }

            fn offered(plans: &[Uuid]) -> Condition {
                $offered.add($noun::Column::PlanId.is_in(plans.iter().copied()))
            }
        }
    };
}

numbered!(
    focus_area,
    Condition::all().add(focus_area::Column::Origin.eq(FocusAreaOrigin::Council))
);
numbered!(goal, Condition::all());
numbered!(assignment, Condition::all());

/// For each of `named` that lies in no plan of the copy's own: what takes its place, where anything does.
///
/// # Errors
/// Whatever the database says.
pub async fn of<M: Numbered>(
    write: &Write,
    journey: &Journey<'_>,
    named: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Uuid>> {
    let named: Vec<Uuid> = named.into_iter().collect();
    if named.is_empty() || journey.chain.is_empty() {
        return Ok(HashMap::new());
    }
    let connection = write.connection();
    let old = M::Entity::find()
        .filter(<M::Entity as Visible>::id_column().is_in(named))
        .all(connection)
        .await?;
    let offered = M::Entity::find_visible(write.sight()?)
        .filter(M::offered(&journey.chain))
        .all(connection)
        .await?;
    let place = |old: &M| {
        if journey.chain.contains(&old.plan()) {
            return Some(old.id());
        }
        let mut same = offered.iter().filter(|new| new.mark() == old.mark());
        // Two of the same name: nobody can tell which is meant.
        same.next().filter(|_| same.next().is_none()).map(|new| new.id())
    };
    Ok(old.iter().filter_map(|old| Some((old.id(), place(old)?))).collect())
}
