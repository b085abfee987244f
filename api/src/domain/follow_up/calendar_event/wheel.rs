//! Which events are in a unit's wheel of a year: those that overlap it, and those that are about a period of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use entity::{follow_up::calendar_event, sight::Sight, tracked::Visible as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, listing::swedish},
    error::Result,
};

/// A unit's year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wheel {
    /// The unit.
    pub unit: Uuid,
    /// The year.
    pub year: i32,
}

/// The years in whose wheels an event is.
#[must_use]
pub(super) fn years_of(event: &calendar_event::Model) -> BTreeSet<i32> {
    (event.starts_on.year()..=event.due_on.year()).chain(event.period_year).collect()
}

/// The same, asked of the database.
pub(super) fn in_any(years: impl IntoIterator<Item = i32>) -> Condition {
    use calendar_event::Column::{DueOn, PeriodYear, StartsOn};
    let day =
        |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX);
    years.into_iter().fold(Condition::any(), |any, year| {
        let overlaps =
            Condition::all().add(StartsOn.lte(day(year, 12, 31))).add(DueOn.gte(day(year, 1, 1)));
        any.add(overlaps).add(PeriodYear.eq(year))
    })
}

/// The events of these wheels that the viewer sees, by first day, last day, name and id: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn of_wheels(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    wheels: &[Wheel],
) -> Result<HashMap<Wheel, Vec<calendar_event::Model>>> {
    use calendar_event::{Column, Entity};
    let units: HashSet<Uuid> = wheels.iter().map(|wheel| wheel.unit).collect();
    let years: BTreeSet<i32> = wheels.iter().map(|wheel| wheel.year).collect();
    let rows = Entity::find_visible(&sight.row_by_row())
        .filter(among(
            connection.get_database_backend(),
            Expr::col((Entity, Column::OrgUnitId)),
            units,
        ))
        .filter(in_any(years))
        .order_by_asc(Column::StartsOn)
        .order_by_asc(Column::DueOn)
        .order_by_asc(swedish(Expr::col((Entity, Column::Name))))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let wanted: HashSet<&Wheel> = wheels.iter().collect();
    let mut found: HashMap<Wheel, Vec<calendar_event::Model>> = HashMap::new();
    for row in rows {
        for year in years_of(&row) {
            let wheel = Wheel { unit: row.org_unit_id, year };
            if wanted.contains(&wheel) {
                found.entry(wheel).or_default().push(row.clone());
            }
        }
    }
    Ok(found)
}
