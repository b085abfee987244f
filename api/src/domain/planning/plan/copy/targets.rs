//! Copies the targets of the old plan to the new plan's year, where there are none yet.

use std::collections::HashSet;

use entity::{indicators::target, tracked::Visible as _};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{super::reach, Journey};
use crate::{
    domain::write::{Scope, Write},
    error::Result,
};

/// Copies the targets that the old plan set: those of its unit and, for the same unit, those of the units below that
/// have no plan of their own in either year. A target that is there already stays.
///
/// # Errors
/// Whatever the database says.
pub async fn copy(write: &mut Write, journey: &Journey<'_>) -> Result<()> {
    let Journey { source, copy, scope, .. } = journey;
    let same_unit = source.org_unit_id == copy.org_unit_id;
    let units = |unit: Uuid| -> SelectStatement {
        if same_unit {
            reach::units(unit, &[source.year, copy.year])
        } else {
            Query::select().expr(Expr::val(unit)).to_owned()
        }
    };
    let old = target::Entity::find_visible(write.sight()?)
        .filter(target::Column::Year.eq(source.year))
        .filter(target::Column::OrgUnitId.in_subquery(units(source.org_unit_id)))
        .all(write.connection())
        .await?;
    let there: HashSet<(Uuid, Uuid)> = target::Entity::find()
        .filter(target::Column::Year.eq(copy.year))
        .filter(target::Column::OrgUnitId.in_subquery(units(copy.org_unit_id)))
        .all(write.connection())
        .await?
        .into_iter()
        .map(|target| (target.indicator_id, target.org_unit_id))
        .collect();
    let rows = old.into_iter().filter_map(|old| {
        let org_unit_id = if same_unit { old.org_unit_id } else { copy.org_unit_id };
        if there.contains(&(old.indicator_id, org_unit_id)) {
            return None;
        }
        let row = target::Model { id: Uuid::now_v7(), org_unit_id, year: copy.year, ..old };
        Some((Scope { org_unit_id, ..*scope }, row))
    });
    write.insert_all(rows.collect()).await?;
    Ok(())
}
