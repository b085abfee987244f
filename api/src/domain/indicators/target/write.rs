//! Sets, changes and removes one target.

use chrono::{DateTime, Utc};
use entity::{
    fixed::Fixed,
    indicators::{indicator, target},
    organisation::org_unit,
    vocabulary::{DecisionLevel, NodeType, PlanStatus},
};
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        form::{Form, Sent, fixed},
        idempotency::Attempt,
        indicators::bulk::foreign,
        planning::governing::governing,
        problem::{Code, LockReason, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of a target.
#[derive(Clone, Debug, Default)]
pub struct TargetFields {
    /// The value.
    pub value: Sent<Decimal>,
    /// Who decided it.
    pub decided_at: Sent<DecisionLevel>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Sets a target where there is none.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    (indicator, org_unit, year): (String, String, i32),
    fields: TargetFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&indicator, &org_unit, year, &fields);
    let mut write = match db.write_once(viewer, now, "targetCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let indicator: indicator::Model = write.find("indicator", &indicator).await?;
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    let mut row = target::Model {
        id: Uuid::now_v7(),
        indicator_id: indicator.id,
        org_unit_id: unit.id,
        year: 0,
        value: Fixed(0),
        decided_at: DecisionLevel::Unit,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    let mut form = Form::default();
    form.year("year", &mut row.year, Some(Some(year)));
    fill(&mut form, &mut row, &fields);
    if indicator.organisation_id != unit.organisation_id {
        form.problem(foreign());
    }
    let scope = scope(&write, unit.organisation_id, &row).await?;
    let taken = target::Entity::find()
        .filter(target::Column::IndicatorId.eq(row.indicator_id))
        .filter(target::Column::OrgUnitId.eq(row.org_unit_id))
        .filter(target::Column::Year.eq(row.year))
        .one(write.connection())
        .await?;
    if taken.is_some() {
        form.problem(
            Problem::new(
                Code::Duplicate,
                format!("Enheten har redan ett målvärde för {year}."),
                format!("The unit already has a target for {year}."),
            )
            .at("year"),
        );
    }
    form.finish()?;
    let row = write.insert(&scope, row).await?;
    let refs = set_refs(&write, &scope, row.id, fields).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

/// Changes a target.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: TargetFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: target::Model = write.find("id", id).await?;
    let unit: org_unit::Model = write.find_key("id", before.org_unit_id).await?;
    let scope = scope(&write, unit.organisation_id, &before).await?;
    let mut after = before.clone();
    let mut form = Form::default();
    fill(&mut form, &mut after, &fields);
    let sent = form.finish()?;
    let refs = set_refs(&write, &scope, before.id, fields).await?;
    write
        .update(&scope, &before, after, refs.into_iter().collect(), &Edit { version, sent })
        .await?;
    write.commit(vec![before.id]).await
}

/// Removes a target.
///
/// # Errors
/// That the caller may not, or that the plan is closed.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: target::Model = write.find("id", id).await?;
    let unit: org_unit::Model = write.find_key("id", row.org_unit_id).await?;
    let scope = scope(&write, unit.organisation_id, &row).await?;
    let refs = external_ref::replace(&write, &scope, NodeType::Target, row.id, Vec::new()).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

/// Whose roles count for a target, when the caller may write it and the plan that sets it is not closed.
async fn scope(write: &Write, organisation_id: Uuid, row: &target::Model) -> Result<Scope> {
    write.require(Action::Plan, row.org_unit_id).await?;
    let plan = governing(write.connection(), &[row.org_unit_id], &[row.year]).await?;
    let status = plan.of(row.org_unit_id, row.year);
    if status == Some(PlanStatus::Closed) {
        return Err(Problem::locked(LockReason::PlanClosed).into());
    }
    let draft = status == Some(PlanStatus::Draft);
    Ok(Scope { organisation_id, org_unit_id: row.org_unit_id, draft })
}

fn fill(form: &mut Form, row: &mut target::Model, fields: &TargetFields) {
    match fields.value.map(|value| value.map(|value| fixed("value", value)).transpose()) {
        None => {}
        Some(Ok(value)) => form.set("value", &mut row.value, Some(value)),
        Some(Err(problem)) => form.problem(problem),
    }
    form.set("decidedAt", &mut row.decided_at, fields.decided_at);
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
}

async fn set_refs(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    fields: TargetFields,
) -> Result<Option<FieldChange>> {
    match fields.external_refs {
        Some(refs) => {
            external_ref::replace(write, scope, NodeType::Target, id, refs.unwrap_or_default())
                .await
        }
        None => Ok(None),
    }
}
