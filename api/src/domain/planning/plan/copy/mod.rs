//! Begins a new plan from an old one: next year's, or another unit's.

mod content;
mod counterpart;
mod targets;

use chrono::{DateTime, Utc};
use entity::{
    organisation::org_unit,
    planning::{plan, plan_basis},
    tracked::Visible as _,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    super::basis,
    write::{draft, is_above, refuse_second},
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        follow_up::calendar_event,
        form::{Form, NAME},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, Scope, Write},
    },
    error::Result,
};

/// What the copy is to be.
#[derive(Clone, Debug)]
pub struct PlanCopy {
    /// Whose: the same unit's unless said.
    pub org_unit: Option<String>,
    /// For which year.
    pub year: i32,
    /// Its title: the old one with the new year in it unless said.
    pub title: Option<String>,
}

/// Where a copy comes from and goes to.
struct Journey<'p> {
    source: &'p plan::Model,
    copy: &'p plan::Model,
    scope: Scope,
    /// The plans that the copy answers.
    chain: Vec<Uuid>,
}

/// Makes a draft with the focus areas, goals, assignments and targets of another plan, and proposes the deadlines of its
/// year.
///
/// # Errors
/// What is wrong with the input, or that the caller may not; [`Code::Duplicate`] when the unit has a plan of that year.
pub async fn copy(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    plan: String,
    wanted: PlanCopy,
    key: Option<String>,
) -> Result<Done> {
    let input = (&plan, &wanted);
    let mut write = match db.write_once(viewer, now, "planCopy", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let source: plan::Model = write.find("plan", &plan).await?;
    let unit = unit_of(&write, &source, wanted.org_unit.as_deref()).await?;
    write.require(Action::Plan, unit.id).await?;
    let mut row = draft(unit.id, now, write.actor_id());
    let mut form = Form::default();
    form.year("year", &mut row.year, Some(Some(wanted.year)));
    let renamed = source.title.replace(&source.year.to_string(), &wanted.year.to_string());
    form.name("title", &mut row.title, Some(Some(wanted.title.unwrap_or(renamed))), NAME);
    form.finish()?;
    refuse_second(&write, unit.id, row.year).await?;
    row.based_on_id = basis_of(&write, &source, &row).await?;
    let scope = Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft: true };
    let row = write.insert(&scope, row).await?;
    basis::set(&write, row.id, row.based_on_id).await?;
    let chain = chain_of(&write, row.id).await?;
    let journey = Journey { source: &source, copy: &row, scope, chain };
    content::copy(&mut write, &journey).await?;
    targets::copy(&mut write, &journey).await?;
    calendar_event::propose(&mut write, &scope, &row).await?;
    write.commit(vec![row.id]).await
}

/// The unit of the copy, of the same organisation.
async fn unit_of(
    write: &Write,
    source: &plan::Model,
    wanted: Option<&str>,
) -> Result<org_unit::Model> {
    let old: org_unit::Model = write.find_key("plan", source.org_unit_id).await?;
    let Some(unit) = write.find_optional::<org_unit::Model>("orgUnit", wanted).await? else {
        return Ok(old);
    };
    if unit.organisation_id == old.organisation_id {
        return Ok(unit);
    }
    Err(Problem::new(
        Code::Invalid,
        "Enheten hör till en annan organisation än planen.",
        "The unit belongs to another organisation than the plan.",
    )
    .at("orgUnit")
    .into())
}

/// The plan, for the copy's year, of the unit whose plan the old one answers; when there is one that the caller sees.
async fn basis_of(write: &Write, source: &plan::Model, row: &plan::Model) -> Result<Option<Uuid>> {
    let Some(old) = source.based_on_id else { return Ok(None) };
    let Some(old) = plan::Entity::find_by_id(old).one(write.connection()).await? else {
        return Ok(None);
    };
    if !is_above(write, old.org_unit_id, row.org_unit_id).await? {
        return Ok(None);
    }
    let basis = plan::Entity::find_visible(write.sight()?)
        .filter(plan::Column::OrgUnitId.eq(old.org_unit_id))
        .filter(plan::Column::Year.eq(row.year))
        .one(write.connection())
        .await?;
    Ok(basis.map(|basis| basis.id))
}

async fn chain_of(write: &Write, plan: Uuid) -> Result<Vec<Uuid>> {
    Ok(plan_basis::Entity::find()
        .select_only()
        .column(plan_basis::Column::BasisId)
        .filter(plan_basis::Column::PlanId.eq(plan))
        .filter(plan_basis::Column::Depth.gt(0))
        .into_tuple()
        .all(write.connection())
        .await?)
}
