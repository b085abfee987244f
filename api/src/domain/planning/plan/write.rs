//! Makes and changes plans.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    organisation::{org_unit, org_unit_closure},
    planning::plan,
    vocabulary::{NodeType, PlanStatus},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::super::{basis, scope};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        follow_up::calendar_event,
        form::{CODE, Form, NAME, Sent},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, Edit, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of a plan.
#[derive(Clone, Debug, Default)]
pub struct PlanFields {
    /// The title.
    pub title: Sent<String>,
    /// The registry number.
    pub registry_number: Sent<String>,
    /// The superior plan.
    pub based_on: Sent<String>,
    /// When it was decided.
    pub decided_on: Sent<NaiveDate>,
    /// By whom.
    pub decided_by: Sent<String>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes a unit's plan of a year, as a draft, and proposes the deadlines of that year.
///
/// # Errors
/// What is wrong with the input, or that the caller may not; [`Code::Duplicate`] when the unit has one of that year.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    org_unit: String,
    year: i32,
    fields: PlanFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&org_unit, year, &fields);
    let mut write = match db.write_once(viewer, now, "planCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    write.require(Action::Plan, unit.id).await?;
    let mut row = draft(unit.id, now, write.actor_id());
    let mut form = Form::default();
    form.year("year", &mut row.year, Some(Some(year)));
    fill(&write, &unit, &mut row, &fields, form).await?;
    refuse_second(&write, unit.id, row.year).await?;
    let scope = Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft: true };
    let basis = row.based_on_id;
    let row = write.insert(&scope, row).await?;
    basis::set(&write, row.id, basis).await?;
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let change = external_ref::replace(&write, &scope, NodeType::Plan, row.id, refs).await?;
        write.amend(change);
    }
    calendar_event::propose(&mut write, &scope, &row).await?;
    write.commit(vec![row.id]).await
}

/// Changes a plan. Its unit and year stay.
///
/// # Errors
/// What is wrong with the input, or that the caller may not; [`Code::InUse`] when something in it, or in a plan that
/// answers it, hangs under a superior plan that it would no longer answer.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: PlanFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: plan::Model = write.find("id", id).await?;
    let scope = scope::for_writing(&write, &before).await?;
    let unit: org_unit::Model = write.find_key("id", before.org_unit_id).await?;
    let mut after = before.clone();
    let sent = fill(&write, &unit, &mut after, &fields, Form::default()).await?;
    let mut links = Vec::new();
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        links.extend(external_ref::replace(&write, &scope, NodeType::Plan, before.id, refs).await?);
    }
    let edit = Edit { version, sent };
    let after = write.update(&scope, &before, after, links, &edit).await?;
    if after.based_on_id != before.based_on_id {
        basis::set(&write, after.id, after.based_on_id).await?;
        basis::refuse_strays(&write, after.id).await?;
    }
    write.commit(vec![before.id]).await
}

/// An empty draft of a unit's plan.
pub(super) fn draft(org_unit_id: Uuid, now: DateTime<Utc>, by: Uuid) -> plan::Model {
    plan::Model {
        id: Uuid::now_v7(),
        org_unit_id,
        year: 0,
        title: String::new(),
        registry_number: None,
        status: PlanStatus::Draft,
        decided_on: None,
        decided_by: None,
        based_on_id: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: by,
    }
}

/// Fills in when and by whom a plan was decided: both are there, or neither is.
pub(super) fn fill_decision(
    form: &mut Form,
    row: &mut plan::Model,
    decided_on: Sent<NaiveDate>,
    decided_by: Sent<String>,
) {
    let mut on = row.decided_on.unwrap_or_default();
    let mut by = row.decided_by.clone().unwrap_or_default();
    form.set("decidedOn", &mut on, decided_on);
    form.name("decidedBy", &mut by, decided_by, NAME);
    row.decided_on = Some(on);
    row.decided_by = Some(by);
}

/// A unit has one plan a year.
pub(super) async fn refuse_second(write: &Write, org_unit: Uuid, year: i32) -> Result<()> {
    let first = plan::Entity::find()
        .filter(plan::Column::OrgUnitId.eq(org_unit))
        .filter(plan::Column::Year.eq(year))
        .one(write.connection())
        .await?;
    match first {
        None => Ok(()),
        Some(_) => Err(Problem::new(
            Code::Duplicate,
            format!("Enheten har redan en plan för {year}."),
            format!("The unit has a plan for {year} already."),
        )
        .at("year")
        .into()),
    }
}

/// Whether one unit lies above another.
pub(super) async fn is_above(write: &Write, upper: Uuid, lower: Uuid) -> Result<bool> {
    let pair = org_unit_closure::Entity::find_by_id((upper, lower)).one(write.connection()).await?;
    Ok(pair.is_some_and(|pair| pair.depth > 0))
}

async fn fill(
    write: &Write,
    unit: &org_unit::Model,
    row: &mut plan::Model,
    fields: &PlanFields,
    mut form: Form,
) -> Result<Vec<&'static str>> {
    form.name("title", &mut row.title, fields.title.clone(), NAME);
    form.mark("registryNumber", &mut row.registry_number, fields.registry_number.clone(), CODE);
    if let Some(based_on) = &fields.based_on {
        form.note("basedOn");
        let basis: Option<plan::Model> =
            write.find_optional("basedOn", based_on.as_deref()).await?;
        if let Some(basis) = &basis
            && let Some(problem) = unfit(write, unit, row, basis).await?
        {
            form.problem(problem.at("basedOn"));
        }
        row.based_on_id = basis.map(|basis| basis.id);
    }
    if fields.decided_on.is_some() || fields.decided_by.is_some() {
        if row.status == PlanStatus::Draft {
            form.problem(super::decide::not_in(row.status).at("decidedOn"));
        } else {
            fill_decision(&mut form, row, fields.decided_on, fields.decided_by.clone());
        }
    }
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    form.finish()
}

/// Why a plan cannot answer another.
async fn unfit(
    write: &Write,
    unit: &org_unit::Model,
    row: &plan::Model,
    basis: &plan::Model,
) -> Result<Option<Problem>> {
    if basis::is_based_on(write, basis.id, row.id).await? {
        return Ok(Some(basis::circle("basedOn")));
    }
    if !is_above(write, basis.org_unit_id, unit.id).await? {
        return Ok(Some(Problem::new(
            Code::Invalid,
            "Den överordnade planen måste höra till en enhet ovanför planens egen.",
            "The superior plan must be that of a unit above the plan's own.",
        )));
    }
    Ok((basis.year != row.year).then(|| {
        Problem::new(
            Code::Invalid,
            format!("Planen gäller {}, men den överordnade planen {}.", row.year, basis.year),
            format!("The plan is for {}, but the superior plan for {}.", row.year, basis.year),
        )
    }))
}
