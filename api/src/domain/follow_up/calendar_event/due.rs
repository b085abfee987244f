//! When reports are due, where a unit has said so itself.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{follow_up::calendar_event, sight::Sight, tracked::Visible as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, ExprTrait as _, QueryFilter as _, sea_query::Expr,
};
use uuid::Uuid;

use super::super::report::ReportKey;
use crate::{
    domain::{
        fetch::among,
        organisation::{cycle::Cycle, period::Period},
    },
    error::{Error, Result},
};

/// The last days of the events that say when these reports are due; of reports without one, their organisation's cycle
/// does. One statement however many. The viewer has been shown the reports, and who sees a report sees its unit.
///
/// # Errors
/// Whatever the database says.
pub async fn due_days(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[ReportKey],
) -> Result<HashMap<ReportKey, NaiveDate>> {
    use calendar_event::{Column, Entity};
    let units: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
    let years: HashSet<i32> = keys.iter().map(|key| key.period.year()).collect();
    let rows = Entity::find_visible(&sight.under_what_is_shown())
        .filter(among(
            connection.get_database_backend(),
            Expr::col((Entity, Column::OrgUnitId)),
            units,
        ))
        .filter(Column::PeriodYear.is_in(years))
        // In the words of the statement, so that the index of these events is seen to be enough.
        .filter(Expr::col((Entity, Column::Kind)).eq(Expr::cust("'REPORTING'")))
        .all(connection)
        .await?;
    let days: HashMap<_, NaiveDate> =
        rows.into_iter().map(|row| ((row.org_unit_id, row.period()), row.due_on)).collect();
    let of = |key: &ReportKey| {
        let period = Some((key.period.year(), key.period.kind()));
        Some((*key, *days.get(&(key.unit, period))?))
    };
    Ok(keys.iter().filter_map(of).collect())
}

/// The day on which a report is due: as its unit says, else as the cycle of its year does.
///
/// # Errors
/// For a month, of which there are no reports.
pub fn due_on(own: Option<NaiveDate>, cycle: &Cycle, period: Period) -> Result<NaiveDate> {
    own.or_else(|| Some(cycle.period(period.kind())?.due_on))
        .ok_or_else(|| Error::internal("a report of a month"))
}
