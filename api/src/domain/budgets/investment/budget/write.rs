//! Makes, changes and removes investment budgets.

use chrono::{DateTime, Utc};
use entity::{
    budgets::{frame_change, investment_budget, investment_item},
    money::Hundredths,
    organisation::org_unit,
    vocabulary::{Currency, NodeType},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::super::{Place, allocated, rules, too_little};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        budgets::{
            money::{self, GivenMoney},
            scope,
        },
        form::{Form, Sent},
        idempotency::Attempt,
        indicators::indicator::define_computed,
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of an investment budget.
#[derive(Clone, Debug, Default)]
pub struct InvestmentBudgetFields {
    /// What it may come to.
    pub frame: Sent<GivenMoney>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes the budget of a unit and year, in the currency of its frame.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    org_unit: String,
    year: i32,
    fields: InvestmentBudgetFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&org_unit, year, &fields);
    let mut write = match db.write_once(viewer, now, "investmentBudgetCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    let scope = scope::for_planning(&write, &unit, year).await?;
    let given = fields.frame.flatten();
    let mut row = investment_budget::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit.id,
        year,
        currency: given.and_then(|frame| frame.currency).unwrap_or(Currency::Sek),
        frame: Hundredths::default(),
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    let mut form = Form::default();
    form.year("year", &mut row.year, Some(Some(year)));
    fill(&mut form, &mut row, &fields);
    if is_second(&write, &row).await? {
        form.problem(
            Problem::new(
                Code::Duplicate,
                format!("Enheten har redan en investeringsbudget för {year}."),
                format!("The unit has an investment budget of {year} already."),
            )
            .at("year"),
        );
    }
    form.finish()?;
    define_computed(&mut write, unit.organisation_id).await?;
    let row = write.insert(&scope, row).await?;
    let refs = set_refs(&write, &scope, row.id, fields.external_refs).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

/// Changes a budget. Its unit, year and currency stay.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: InvestmentBudgetFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let Place { budget: before, scope, .. } =
        Place::of(&write, write.find("id", id).await?).await?;
    let mut after = before.clone();
    let mut form = Form::default();
    fill(&mut form, &mut after, &fields);
    if after.frame < before.frame
        && let Err(rules::Refusal::Missing(missing)) =
            rules::fits(allocated(write.connection(), before.id).await?, after.frame)
    {
        form.problem(too_little(missing, before.currency).at("frame"));
    }
    let sent = form.finish()?;
    let refs = set_refs(&write, &scope, before.id, fields.external_refs).await?;
    let edit = Edit { version, sent };
    write.update(&scope, &before, after, refs.into_iter().collect(), &edit).await?;
    write.commit(vec![before.id]).await
}

/// Removes a budget in which nothing is.
///
/// # Errors
/// [`Code::InUse`] while something is.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let Place { budget: row, scope, .. } = Place::of(&write, write.find("id", id).await?).await?;
    let connection = write.connection();
    let items = investment_item::Entity::find()
        .filter(investment_item::Column::BudgetId.eq(row.id))
        .count(connection)
        .await?;
    let changes = frame_change::Entity::find()
        .filter(frame_change::Column::BudgetId.eq(row.id))
        .count(connection)
        .await?;
    if items + changes > 0 {
        return Err(Problem::new(
            Code::InUse,
            "Budgeten har investeringar eller anslagsförändringar; ta bort investeringarna först. Beslutade \
             förändringar av ramen står kvar.",
            "The budget has items or changes of its frame; remove the items first. Decided changes of a frame stay.",
        )
        .at("id")
        .into());
    }
    let refs = set_refs(&write, &scope, row.id, Some(None)).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    write.commit(vec![row.id]).await
}

fn fill(form: &mut Form, row: &mut investment_budget::Model, fields: &InvestmentBudgetFields) {
    money::set_positive(form, "frame", &mut row.frame, fields.frame, row.currency);
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
}

async fn is_second(write: &Write, row: &investment_budget::Model) -> Result<bool> {
    use investment_budget::Column;
    let others = investment_budget::Entity::find()
        .filter(Column::OrgUnitId.eq(row.org_unit_id))
        .filter(Column::Year.eq(row.year))
        .count(write.connection())
        .await?;
    Ok(others > 0)
}

async fn set_refs(
    write: &Write,
    scope: &Scope,
    id: Uuid,
    refs: Sent<Vec<ExternalId>>,
) -> Result<Option<FieldChange>> {
    let Some(refs) = refs else { return Ok(None) };
    external_ref::replace(write, scope, NodeType::InvestmentBudget, id, refs.unwrap_or_default())
        .await
}
