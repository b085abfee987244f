//! Makes, changes and removes operating budgets.

use chrono::{DateTime, Utc};
use entity::{
    budgets::{budget_line_follow_up, operating_budget},
    organisation::org_unit,
    vocabulary::{Currency, NodeType},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    fields::{LineItem, checked, logged, overflows},
    load::all_lines,
    scope,
    set::{line, remove, set_lines},
    set_refs,
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::ExternalId,
        budgets::scope::for_planning,
        form::{Form, Sent},
        idempotency::Attempt,
        indicators::indicator::define_computed,
        problem::{Code, Problem},
        write::{Done, Edit, Write, version::check_read},
    },
    error::{Error, Result},
};

/// What a caller sends of a budget.
#[derive(Clone, Debug, Default)]
pub struct BudgetFields {
    /// All its lines.
    pub lines: Sent<Vec<LineItem>>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes the budget of a unit and year.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    (org_unit, year, currency): (String, i32, Currency),
    fields: BudgetFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&org_unit, year, currency, &fields);
    let mut write = match db.write_once(viewer, now, "operatingBudgetCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let unit: org_unit::Model = write.find("orgUnit", &org_unit).await?;
    let scope = for_planning(&write, &unit, year).await?;
    let mut row = operating_budget::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit.id,
        year: 0,
        currency,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    let mut form = Form::default();
    form.year("year", &mut row.year, Some(Some(year)));
    if is_taken(&write, &row).await? {
        form.problem(
            Problem::new(
                Code::Duplicate,
                format!("Enheten har redan en driftbudget för {year}."),
                format!("The unit already has an operating budget for {year}."),
            )
            .at("year"),
        );
    }
    let lines = fields.lines.flatten().unwrap_or_default();
    let lines = match checked(&lines, currency) {
        Ok(lines) => lines,
        Err(Error::Problems(problems)) => {
            problems.into_iter().for_each(|problem| form.problem(problem));
            Vec::new()
        }
        Err(other) => return Err(other),
    };
    for problem in overflows(&lines, lines.iter().map(|((kind, _), amount)| (*kind, *amount))) {
        form.problem(problem);
    }
    form.finish()?;
    define_computed(&mut write, unit.organisation_id).await?;
    let row = write.insert(&scope, row).await?;
    let node = (NodeType::OperatingBudget, row.id);
    let refs = set_refs(&write, &scope, node, fields.external_refs).await?;
    write.amend(refs);
    write.amend(lines.iter().filter_map(|(key, amount)| logged(key, None, Some(*amount))));
    let made = lines.into_iter().map(|(key, amount)| (scope, line(&write, row.id, key, amount)));
    let made: Vec<_> = made.collect();
    write.insert_all(made).await?;
    write.commit(vec![row.id]).await
}

/// Changes a budget. Of lines that somebody else has changed since the caller's version, those that the caller has not
/// changed stay as they are.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: BudgetFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let budget: operating_budget::Model = write.find("id", id).await?;
    let scope = scope(&write, &budget).await?;
    check_read(version, budget.version)?;
    let (mut links, mut sent) = (Vec::new(), Vec::new());
    if let Some(items) = fields.lines {
        let wanted = checked(&items.unwrap_or_default(), budget.currency)?;
        links = set_lines(&mut write, &scope, &budget, version, wanted).await?;
    }
    if fields.external_refs.is_some() {
        sent.push("externalRefs");
    }
    let node = (NodeType::OperatingBudget, budget.id);
    links.extend(set_refs(&write, &scope, node, fields.external_refs).await?);
    let edit = Edit { version, sent };
    write.update(&scope, &budget, budget.clone(), links, &edit).await?;
    write.commit(vec![budget.id]).await
}

/// Removes a budget with its lines.
///
/// # Errors
/// [`Code::InUse`] while there are follow-ups of them.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let budget: operating_budget::Model = write.find("id", id).await?;
    let scope = scope(&write, &budget).await?;
    let follow_ups = budget_line_follow_up::Entity::find()
        .filter(budget_line_follow_up::Column::BudgetId.eq(budget.id))
        .count(write.connection())
        .await?;
    if follow_ups > 0 {
        return Err(Problem::new(
            Code::InUse,
            "Budgetens poster har följts upp, och den stannar därför kvar.",
            "Lines of the budget have been followed up, so it stays.",
        )
        .at("id")
        .into());
    }
    let lines = all_lines(write.connection(), budget.id).await?;
    remove(&mut write, &scope, lines).await?;
    let node = (NodeType::OperatingBudget, budget.id);
    let refs = set_refs(&write, &scope, node, Some(None)).await?;
    write.delete(&scope, &budget, version).await?;
    write.amend(refs);
    write.commit(vec![budget.id]).await
}

async fn is_taken(write: &Write, row: &operating_budget::Model) -> Result<bool> {
    let others = operating_budget::Entity::find()
        .filter(operating_budget::Column::OrgUnitId.eq(row.org_unit_id))
        .filter(operating_budget::Column::Year.eq(row.year))
        .count(write.connection())
        .await?;
    Ok(others > 0)
}
