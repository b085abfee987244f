//! Makes up an organisation of any size for load: the same size gives the same names and figures.

use chrono::{DateTime, Datelike as _, Utc};
use entity::{
    fixed::Fixed,
    indicators::{indicator, outcome},
    organisation::org_unit_closure,
    period_kinds::PeriodKinds,
    vocabulary::{
        IndicatorAggregation, IndicatorCategory, IndicatorDirection, OrgUnitKind, OutcomeState,
        PeriodKind,
    },
};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{
    Size, generate_plans,
    rows::{self, Stamp},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        organisation::period::Period,
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// Rows that one transaction makes, so that others get to write in between and no log grows without end.
const BATCH: usize = 20_000;
/// Boards under the council; the other units are spread below them.
pub(super) const BOARDS: usize = 5;

/// Small numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

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
    make_targets(db, &system, now, &making, first..=last).await?;
    make_outcomes(db, &system, now, &making, first..=last).await
}

async fn make_units(write: &mut Write, making: &mut Making, size: Size, code: &str) -> Result<()> {
    let mut parents: Vec<(Uuid, Vec<Uuid>)> = Vec::new();
    let mut units = Vec::new();
    let mut closure = Vec::new();
    for index in 0..=usize::try_from(size.units).map_err(Error::internal)? {
        let (parent, kind) = match index {
            0 => (None, OrgUnitKind::Council),
            1..=BOARDS => (parents.first(), OrgUnitKind::Board),
            _ => (parents.get(1 + (index - 1) % BOARDS.min(parents.len() - 1)), OrgUnitKind::Unit),
        };
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

async fn make_targets(
    db: &Db,
    system: &Viewer,
    now: DateTime<Utc>,
    making: &Making,
    years: std::ops::RangeInclusive<i32>,
) -> Result<()> {
    let mut dice = Dice(1);
    for year in years {
        let mut write = db.write(system, now).await?;
        let mut made = Vec::new();
        for unit in &making.units {
            for indicator in &making.indicators {
                let value = figure(40_000 + dice.below(20_000))?;
                made.push((
                    making.scope(*unit),
                    rows::target(*indicator, *unit, year, value, &making.stamp),
                ));
            }
        }
        write.insert_all(made).await?;
        write.commit(Vec::new()).await?;
    }
    Ok(())
}

/// Twelve months, UR1, UR2 and ÅR for each indicator of each unit below the root.
async fn make_outcomes(
    db: &Db,
    system: &Viewer,
    now: DateTime<Utc>,
    making: &Making,
    years: std::ops::RangeInclusive<i32>,
) -> Result<()> {
    let mut dice = Dice(2);
    let mut batch: Vec<(Scope, outcome::Model)> = Vec::with_capacity(BATCH);
    for unit in making.units.iter().skip(1) {
        for indicator in &making.indicators {
            for year in years.clone() {
                for period in periods(year)? {
                    let value = figure(30_000 + dice.below(40_000))?;
                    let row = rows::outcome(
                        *indicator,
                        *unit,
                        period,
                        Ok(value),
                        OutcomeState::Confirmed,
                        None,
                        &making.stamp,
                    );
                    batch.push((making.scope(*unit), row));
                }
            }
            if batch.len() >= BATCH {
                flush(db, system, now, &mut batch).await?;
            }
        }
    }
    flush(db, system, now, &mut batch).await
}

async fn flush(
    db: &Db,
    system: &Viewer,
    now: DateTime<Utc>,
    batch: &mut Vec<(Scope, outcome::Model)>,
) -> Result<()> {
    let mut write = db.write(system, now).await?;
    write.insert_all(std::mem::take(batch)).await?;
    write.commit(Vec::new()).await?;
    Ok(())
}

fn periods(year: i32) -> Result<Vec<Period>> {
    let months = (1..=12).map(|month| Period::new(year, PeriodKind::Month, Some(month)));
    let reports = [PeriodKind::Ur1, PeriodKind::Ur2, PeriodKind::Ar]
        .map(|kind| Period::new(year, kind, None));
    months.chain(reports).collect::<Result<_, _>>().map_err(Error::internal)
}

/// A figure with three decimals.
fn figure(thousandths: u64) -> Result<Fixed> {
    Ok(Fixed(i64::try_from(thousandths).map_err(Error::internal)? * 1_000))
}
