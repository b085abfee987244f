//! Defines, changes and removes indicators.

use chrono::{DateTime, Utc};
use entity::{
    indicators::{assignment_indicator, goal_indicator, indicator, outcome, target},
    organisation::org_unit,
    period_kinds::PeriodKinds,
    vocabulary::{
        EconomyMeasure, IndicatorAggregation, IndicatorCategory, IndicatorDirection, NodeType,
        PeriodKind,
    },
};
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::computed;
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        follow_up::assessment::release,
        form::{CODE, Form, NAME, Sent, TEXT, required},
        idempotency::Attempt,
        indicators::guard::{self, Touched},
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of an indicator.
#[derive(Clone, Debug, Default)]
pub struct IndicatorFields {
    /// What people type.
    pub code: Sent<String>,
    /// The name.
    pub name: Sent<String>,
    /// How it is measured.
    pub definition: Sent<String>,
    /// Which family.
    pub category: Sent<IndicatorCategory>,
    /// The unit of measure.
    pub unit: Sent<String>,
    /// Shown decimals.
    pub decimals: Sent<i32>,
    /// Which way is better.
    pub direction: Sent<IndicatorDirection>,
    /// How it is put together up the tree.
    pub aggregation: Sent<IndicatorAggregation>,
    /// For which kinds of period it is measured.
    pub frequency: Sent<Vec<PeriodKind>>,
    /// How far from the target is yellow.
    pub tolerance: Sent<Decimal>,
    /// What it is worked out as.
    pub computed: Sent<EconomyMeasure>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Defines an indicator in the organisation of a unit.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    org_unit: String,
    fields: IndicatorFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&org_unit, &fields);
    let mut write = match db.write_once(viewer, now, "indicatorCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    let scope = may_define(&write, unit.organisation_id).await?;
    let mut row = indicator::Model {
        id: Uuid::now_v7(),
        organisation_id: unit.organisation_id,
        code: String::new(),
        name: String::new(),
        definition: None,
        category: IndicatorCategory::Specific,
        unit: String::new(),
        decimals: 0,
        direction: IndicatorDirection::Neutral,
        aggregation: IndicatorAggregation::None,
        frequency: PeriodKinds(0),
        tolerance: None,
        computed: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    fill(&write, &mut row, &fields).await?;
    let row = write.insert(&scope, row).await?;
    let refs = set_refs(&write, &scope, row.id, fields).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

/// Changes an indicator.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: IndicatorFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: indicator::Model = write.find("id", id).await?;
    let scope = may_define(&write, before.organisation_id).await?;
    let mut after = before.clone();
    let sent = fill(&write, &mut after, &fields).await?;
    let refs = set_refs(&write, &scope, before.id, fields).await?;
    let regrouped = before.aggregation != after.aggregation;
    write
        .update(&scope, &before, after, refs.into_iter().collect(), &Edit { version, sent })
        .await?;
    if regrouped {
        guard::refresh(&mut write, Touched::Indicator(before.id)).await?;
    }
    write.commit(vec![before.id]).await
}

/// Removes an indicator that nothing refers to.
///
/// # Errors
/// [`Code::InUse`] while something does.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: indicator::Model = write.find("id", id).await?;
    let scope = may_define(&write, row.organisation_id).await?;
    let connection = write.connection();
    let goal = goal_indicator::Entity::find()
        .filter(goal_indicator::Column::IndicatorId.eq(row.id))
        .one(connection)
        .await?;
    let assignment = assignment_indicator::Entity::find()
        .filter(assignment_indicator::Column::IndicatorId.eq(row.id))
        .one(connection)
        .await?;
    let target = target::Entity::find()
        .filter(target::Column::IndicatorId.eq(row.id))
        .one(connection)
        .await?;
    let outcome = outcome::Entity::find()
        .filter(outcome::Column::IndicatorId.eq(row.id))
        .one(connection)
        .await?;
    if goal.is_some() || assignment.is_some() || target.is_some() || outcome.is_some() {
        return Err(Problem::new(
            Code::InUse,
            "Indikatorn har målvärden eller utfall, eller hör till mål eller uppdrag; ta bort dem först.",
            "The indicator has targets or outcomes, or belongs to goals or assignments; remove them first.",
        )
        .at("id")
        .into());
    }
    let refs =
        external_ref::replace(&write, &scope, NodeType::Indicator, row.id, Vec::new()).await?;
    release(&mut write, NodeType::Indicator, row.id).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

/// Definitions are the whole organisation's: only those who administer all of it change them.
async fn may_define(write: &Write, organisation_id: Uuid) -> Result<Scope> {
    write.require(Action::Administer, organisation_id).await?;
    Ok(Scope { organisation_id, org_unit_id: organisation_id, draft: false })
}

async fn fill(
    write: &Write,
    row: &mut indicator::Model,
    fields: &IndicatorFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.name("code", &mut row.code, fields.code.clone(), CODE);
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.text("definition", &mut row.definition, fields.definition.clone(), TEXT);
    form.set("category", &mut row.category, fields.category);
    let mut unit = Some(row.unit.clone());
    form.mark("unit", &mut unit, fields.unit.clone(), CODE);
    row.unit = unit.unwrap_or_default();
    decimals(&mut form, &mut row.decimals, fields.decimals);
    form.set("direction", &mut row.direction, fields.direction);
    form.set("aggregation", &mut row.aggregation, fields.aggregation);
    frequency(&mut form, &mut row.frequency, fields.frequency.as_ref());
    form.decimal("tolerance", &mut row.tolerance, fields.tolerance);
    if row.tolerance.is_some_and(|tolerance| tolerance.0 < 0) {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Toleransen kan inte vara negativ.",
                "The tolerance cannot be negative.",
            )
            .at("tolerance"),
        );
    }
    form.optional("computed", &mut row.computed, fields.computed);
    computed::check(write, &mut form, row, fields.computed.is_some()).await?;
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    let taken = indicator::Entity::find()
        .filter(indicator::Column::OrganisationId.eq(row.organisation_id))
        .filter(indicator::Column::Code.eq(row.code.as_str()))
        .filter(indicator::Column::Id.ne(row.id))
        .one(write.connection())
        .await?;
    if taken.is_some() {
        form.problem(
            Problem::new(
                Code::Duplicate,
                format!("Koden {} används redan.", row.code),
                format!("The code {} is already in use.", row.code),
            )
            .at("code"),
        );
    }
    form.finish()
}

fn decimals(form: &mut Form, slot: &mut i32, sent: Sent<i32>) {
    if let Some(Some(decimals)) = sent
        && !(0..=6).contains(&decimals)
    {
        form.problem(
            Problem::new(
                Code::Invalid,
                format!("Antalet decimaler måste vara 0–6, inte {decimals}."),
                format!("The decimals must be from 0 to 6, not {decimals}."),
            )
            .at("decimals"),
        );
        return;
    }
    form.set("decimals", slot, sent);
}

fn frequency(form: &mut Form, slot: &mut PeriodKinds, sent: Option<&Option<Vec<PeriodKind>>>) {
    let Some(kinds) = sent else { return };
    match kinds.as_deref() {
        None | Some([]) => form.problem(required("frequency")),
        Some(kinds) => *slot = kinds.iter().copied().collect(),
    }
    form.note("frequency");
}

async fn set_refs(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    fields: IndicatorFields,
) -> Result<Option<FieldChange>> {
    match fields.external_refs {
        Some(refs) => {
            external_ref::replace(write, scope, NodeType::Indicator, id, refs.unwrap_or_default())
                .await
        }
        None => Ok(None),
    }
}
