//! Sets an organisation's reporting cycle. Outcomes are kept by their kind of period, so none is moved or dropped;
//! deadlines that nobody has moved follow it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    organisation::{org_unit, reporting_period},
    vocabulary::PeriodKind,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    cycle::{Cycle, CycleSetting},
    cycle_error::CycleError,
    cycle_store,
    period::check_year,
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        follow_up::calendar_event,
        form::{CODE, check_text},
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::{Error, Result},
};

/// What a caller sends of one period.
#[derive(Clone, Debug)]
pub struct PeriodSetting {
    /// Which.
    pub kind: PeriodKind,
    /// What it is called.
    pub label: String,
    /// Its last month.
    pub end_month: i32,
    /// When that year's report is due.
    pub due_on: NaiveDate,
}

/// Sets periods of an organisation from a year on, and moves the deadlines that were due as it said before. Answers with
/// the organisation.
///
/// # Errors
/// What is wrong with the input, in that year or in a later one that inherits from it; or that the caller does not
/// administer the organisation.
pub async fn set(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    unit: &str,
    year: i32,
    periods: Vec<PeriodSetting>,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let unit: org_unit::Model = write.find("orgUnit", unit).await?;
    write.require(Action::Administer, unit.organisation_id).await?;
    let root: org_unit::Model = write.find_key("orgUnit", unit.organisation_id).await?;
    check_year(year).map_err(super::period::PeriodError::problem)?;
    let sent = read(year, &periods)?;
    let before = settings(&write, root.id).await?;
    let kinds: BTreeSet<PeriodKind> = sent.iter().map(|setting| setting.kind).collect();
    let mut after: Vec<CycleSetting> = before
        .iter()
        .filter(|kept| kept.year != year || !kinds.contains(&kept.kind))
        .cloned()
        .collect();
    after.extend(sent.iter().cloned());
    check(year, &after, &periods)?;

    let field = format!("reportingCycle {year}");
    let (old, new) = (shown(year, &before), shown(year, &after));
    let change = (old != new).then_some(FieldChange { field, before: old, after: new });
    if change.is_some() {
        replace(&write, root.id, year, kinds, sent).await?;
        calendar_event::follow(&mut write, root.id, year, &before, &after).await?;
    }
    let scope = Scope { organisation_id: root.id, org_unit_id: root.id, draft: false };
    let edit = Edit { version: root.version, sent: Vec::new() };
    write.update(&scope, &root, root.clone(), change.into_iter().collect(), &edit).await?;
    write.commit(vec![root.id]).await
}

async fn replace(
    write: &Write,
    organisation: Uuid,
    year: i32,
    kinds: BTreeSet<PeriodKind>,
    sent: Vec<CycleSetting>,
) -> Result<()> {
    reporting_period::Entity::delete_many()
        .filter(reporting_period::Column::OrganisationId.eq(organisation))
        .filter(reporting_period::Column::Year.eq(year))
        .filter(reporting_period::Column::Kind.is_in(kinds))
        .exec(write.connection())
        .await?;
    let rows =
        sent.into_iter().map(|setting| row(organisation, setting)).collect::<Result<Vec<_>>>()?;
    reporting_period::Entity::insert_many(rows.into_iter().map(|row| row.into_active_model()))
        .exec_without_returning(write.connection())
        .await?;
    Ok(())
}

async fn settings(write: &Write, organisation: Uuid) -> Result<Vec<CycleSetting>> {
    let found = cycle_store::settings(write.connection(), write.sight()?, &[organisation]).await?;
    Ok(found.get(&organisation).map(|settings| settings.to_vec()).unwrap_or_default())
}

/// What each period says by itself.
fn read(year: i32, periods: &[PeriodSetting]) -> Result<Vec<CycleSetting>> {
    if periods.is_empty() {
        return Err(crate::domain::form::required("periods").into());
    }
    let mut problems = Vec::new();
    let mut read: Vec<CycleSetting> = Vec::with_capacity(3);
    for (index, period) in periods.iter().enumerate() {
        let PeriodSetting { kind, ref label, end_month, due_on } = *period;
        if kind == PeriodKind::Month {
            problems.push(at(
                index,
                Problem::new(
                    Code::Invalid,
                    "En månad är ingen uppföljning; ange UR1, UR2 eller AR.",
                    "A month is no follow-up; give UR1, UR2 or AR.",
                )
                .at("kind"),
            ));
        } else if read.iter().any(|other| other.kind == kind) {
            problems.push(at(
                index,
                Problem::new(Code::Duplicate, "Anges två gånger.", "Given twice.").at("kind"),
            ));
        }
        let label = label.trim().to_owned();
        if let Err(problem) = check_text(&label, CODE) {
            problems.push(at(index, problem.at("label")));
        }
        // There is no month 0, which the cycle says.
        let end_month = u32::try_from(end_month).unwrap_or_default();
        read.push(CycleSetting { year, kind, label, end_month, due_on });
    }
    if problems.is_empty() { Ok(read) } else { Err(Error::Problems(problems)) }
}

/// What the cycle of the year says as a whole, and the cycles of later years that inherit from it.
fn check(year: i32, settings: &[CycleSetting], periods: &[PeriodSetting]) -> Result<()> {
    let years: BTreeSet<i32> =
        settings.iter().map(|setting| setting.year).filter(|other| *other >= year).collect();
    let mut problems = Vec::new();
    for checked in years {
        for error in Cycle::of(checked, settings).errors() {
            let place = periods
                .iter()
                .position(|period| period.kind == error.kind)
                .filter(|_| checked == year);
            problems.push(problem(checked, &error, place));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
}

fn problem(year: i32, error: &CycleError, place: Option<usize>) -> Problem {
    let code = error.code();
    let problem =
        Problem::new(code, format!("{year}: {}.", error.in_swedish()), format!("{year}: {error}."));
    match place {
        Some(index) => at(index, problem.at(error.field())),
        None => problem.at("periods"),
    }
}

fn at(index: usize, problem: Problem) -> Problem {
    problem.within(&["periods", &index.to_string()])
}

fn row(organisation_id: Uuid, setting: CycleSetting) -> Result<reporting_period::Model> {
    let CycleSetting { year, kind, label, end_month, due_on } = setting;
    let end_month = i32::try_from(end_month).map_err(Error::internal)?;
    Ok(reporting_period::Model { organisation_id, year, kind, label, end_month, due_on })
}

/// What is set for a year, as the log of changes shows it.
fn shown(year: i32, settings: &[CycleSetting]) -> Option<String> {
    let mut own: Vec<&CycleSetting> =
        settings.iter().filter(|setting| setting.year == year).collect();
    own.sort_by_key(|setting| setting.kind);
    let texts: Vec<String> = own
        .into_iter()
        .map(|setting| {
            let CycleSetting { year: _, kind, label, end_month, due_on } = setting;
            format!("{} {label}: month {end_month}, due {due_on}", kind.as_str())
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}
