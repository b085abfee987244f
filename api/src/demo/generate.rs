//! Makes up an organisation of any size for load: the same size gives the same names and figures.

use chrono::{DateTime, Datelike as _, Utc};
use entity::{
    indicators::indicator,
    organisation::org_unit_closure,
    period_kinds::PeriodKinds,
    vocabulary::{
        IndicatorAggregation, IndicatorCategory, IndicatorDirection, OrgUnitKind, PeriodKind,
    },
};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{
    Size, generate_figures, generate_plans,
    rows::{self, Stamp},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::write::{Scope, Write},
    error::{Error, Result},
};

/// Boards under the council; the other units are spread below them.
pub(super) const BOARDS: usize = 5;
/// From so many units on, each board has an area for every so many of them, and the units are spread below the areas.
const UNITS_PER_AREA: usize = 100;

pub(super) struct Making {
    pub stamp: Stamp,
    pub organisation: Uuid,
    pub units: Vec<Uuid>,
    pub indicators: Vec<Uuid>,
}

impl Making {
    pub fn scope(&self, unit: Uuid) -> Scope {
        Scope { organisation_id: self.organisation, org_unit_id: unit, draft: false }
    }
}

/// Makes an organisation of that size: its units, indicators, plans, targets, and an outcome for each unit,
/// indicator and period of the years before this one.
///
/// # Errors
/// Whatever the database says; what was committed before that stays.
pub async fn generate(db: &Db, now: DateTime<Utc>, size: Size) -> Result<()> {
    let system = Viewer::system();
    let mut write = db.write(&system, now).await?;
    let mut making = Making {
        stamp: Stamp { at: write.now(), by: write.actor_id() },
        organisation: Uuid::now_v7(),
        units: Vec::new(),
        indicators: Vec::new(),
    };
    let code = format!("L{}X{}X{}", size.units, size.indicators, size.years);
    make_units(&mut write, &mut making, size, &code).await?;
    make_indicators(&mut write, &mut making, size).await?;
    let last = now.year() - 1;
    let first = last - i32::try_from(size.years).map_err(Error::internal)? + 1;
    for year in first..=last {
        generate_plans::make(&mut write, &making, year).await?;
    }
    write.commit(Vec::new()).await?;
    generate_figures::make(db, &making, now, first..=last).await?;
    db.settle().await
}

async fn make_units(write: &mut Write, making: &mut Making, size: Size, code: &str) -> Result<()> {
    let mut parents: Vec<(Uuid, Vec<Uuid>)> = Vec::new();
    let mut units = Vec::new();
    let mut closure = Vec::new();
    let count = usize::try_from(size.units).map_err(Error::internal)?;
    for index in 0..=count {
        let (parent, kind) = place(index, count);
        let parent = parent.and_then(|parent| parents.get(parent));
        let id = if index == 0 { making.organisation } else { Uuid::now_v7() };
        let line: Vec<Uuid> = parent
            .map(|(parent, above)| [&[*parent], above.as_slice()].concat())
            .unwrap_or_default();
        let (code, name) = if index == 0 {
            (code.to_owned(), format!("Lastregionen {code}"))
        } else {
            (format!("E{index:04}"), format!("Enhet {index}"))
        };
        let row = rows::org_unit(
            id,
            making.organisation,
            line.first().copied(),
            &code,
            &name,
            kind,
            &making.stamp,
        );
        units.push((making.scope(id), row));
        closure.push(org_unit_closure::Model { ancestor_id: id, descendant_id: id, depth: 0 });
        closure.extend((1..).zip(&line).map(|(depth, ancestor)| org_unit_closure::Model {
            ancestor_id: *ancestor,
            descendant_id: id,
            depth,
        }));
        parents.push((id, line));
    }
    making.units = units.iter().map(|(_, row)| row.id).collect();
    write.insert_all(units).await?;
    for chunk in closure.chunks(1_000) {
        org_unit_closure::Entity::insert_many(
            chunk.iter().cloned().map(org_unit_closure::Model::into_active_model),
        )
        .exec_without_returning(write.connection())
        .await?;
    }
    Ok(())
}

/// Which unit a unit is below, and its kind: council, boards, areas when there are many units, and units.
fn place(index: usize, count: usize) -> (Option<usize>, OrgUnitKind) {
    let areas = count / UNITS_PER_AREA * BOARDS;
    match index.checked_sub(1 + BOARDS) {
        None if index == 0 => (None, OrgUnitKind::Council),
        None => (Some(0), OrgUnitKind::Board),
        Some(area) if area < areas => (Some(1 + area % BOARDS), OrgUnitKind::Area),
        Some(unit) if areas > 0 => (Some(1 + BOARDS + unit % areas), OrgUnitKind::Unit),
        Some(unit) => (Some(1 + unit % BOARDS), OrgUnitKind::Unit),
    }
}

async fn make_indicators(write: &mut Write, making: &mut Making, size: Size) -> Result<()> {
    let stamp = making.stamp;
    let mut made = Vec::new();
    for index in 0..size.indicators {
        let category = match index % 3 {
            0 => IndicatorCategory::Staff,
            1 => IndicatorCategory::Economy,
            _ => IndicatorCategory::Specific,
        };
        let direction = if index % 2 == 0 {
            IndicatorDirection::HigherIsBetter
        } else {
            IndicatorDirection::LowerIsBetter
        };
        let aggregation =
            if index % 4 == 0 { IndicatorAggregation::Average } else { IndicatorAggregation::Sum };
        let row = indicator::Model {
            id: Uuid::now_v7(),
            organisation_id: making.organisation,
            code: format!("I{index:04}"),
            name: format!("Påhittad indikator {index}"),
            definition: None,
            category,
            unit: "%".to_owned(),
            decimals: 1,
            direction,
            aggregation,
            frequency: PeriodKinds::from_iter(PeriodKind::ALL.iter().copied()),
            tolerance: None,
            computed: None,
            version: 0,
            created_at: stamp.at,
            updated_at: stamp.at,
            updated_by: stamp.by,
        };
        made.push((making.scope(making.organisation), row));
    }
    making.indicators = made.iter().map(|(_, row)| row.id).collect();
    write.insert_all(made).await?;
    Ok(())
}
