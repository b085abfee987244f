//! Makes, changes and removes single lines of budgets. The budget's own log tells of them too, so that who sends all its
//! lines can be told what has changed.

use chrono::{DateTime, Utc};
use entity::{
    budgets::{budget_line, budget_line_follow_up, operating_budget},
    money::Hundredths,
    vocabulary::{BudgetLineKind, Currency, NodeType},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{
    MOST_LINES,
    fields::{LineKey, logged, overflowing, taken, too_many, too_much},
    load::all_lines,
    scope,
    set::line,
    set_refs,
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::ExternalId,
        budgets::money::{self, GivenMoney},
        form::{Form, NAME, Sent},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Scope, Write},
    },
    error::Result,
};

/// What a caller sends of a line.
#[derive(Clone, Debug, Default)]
pub struct LineFields {
    /// Its name.
    pub name: Sent<String>,
    /// What is budgeted.
    pub budget: Sent<GivenMoney>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Makes a line of a budget.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    (budget, kind): (String, BudgetLineKind),
    fields: LineFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&budget, kind, &fields);
    let mut write = match db.write_once(viewer, now, "budgetLineCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let budget: operating_budget::Model = write.find("operatingBudget", &budget).await?;
    let scope = scope(&write, &budget).await?;
    let mut row = line(&write, budget.id, (kind, String::new()), Hundredths(0));
    let others = all_lines(write.connection(), budget.id).await?;
    let mut form = Form::default();
    if others.len() >= MOST_LINES {
        form.problem(too_many().at("operatingBudget"));
    }
    fill(&mut form, &mut row, &fields, budget.currency, &others);
    form.finish()?;
    let row = write.insert(&scope, row).await?;
    let refs =
        set_refs(&write, &scope, (NodeType::BudgetLine, row.id), fields.external_refs).await?;
    write.amend(refs);
    tell(&mut write, &scope, budget, logged(&key_of(&row), None, Some(row.amount))).await?;
    write.commit(vec![row.id]).await
}

/// Changes a line. Its kind stays.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: LineFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: budget_line::Model = write.find("id", id).await?;
    let budget: operating_budget::Model = write.find_key("id", before.budget_id).await?;
    let scope = scope(&write, &budget).await?;
    let mut others = all_lines(write.connection(), budget.id).await?;
    others.retain(|line| line.id != before.id);
    let (mut after, mut form) = (before.clone(), Form::default());
    fill(&mut form, &mut after, &fields, budget.currency, &others);
    let sent = form.finish()?;
    let node = (NodeType::BudgetLine, before.id);
    let refs = set_refs(&write, &scope, node, fields.external_refs).await?;
    let edit = Edit { version, sent };
    let after = write.update(&scope, &before, after, refs.into_iter().collect(), &edit).await?;
    let (old, new) = (key_of(&before), key_of(&after));
    let told = if old == new {
        vec![logged(&new, Some(before.amount), Some(after.amount))]
    } else {
        vec![logged(&old, Some(before.amount), None), logged(&new, None, Some(after.amount))]
    };
    tell(&mut write, &scope, budget, told.into_iter().flatten()).await?;
    write.commit(vec![before.id]).await
}

/// Removes a line.
///
/// # Errors
/// [`Code::InUse`] while there are follow-ups of it.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: budget_line::Model = write.find("id", id).await?;
    let budget: operating_budget::Model = write.find_key("id", row.budget_id).await?;
    let scope = scope(&write, &budget).await?;
    let follow_ups = budget_line_follow_up::Entity::find()
        .filter(budget_line_follow_up::Column::LineId.eq(row.id))
        .count(write.connection())
        .await?;
    if follow_ups > 0 {
        return Err(followed_up(&row.name).at("id").into());
    }
    let refs = set_refs(&write, &scope, (NodeType::BudgetLine, row.id), Some(None)).await?;
    write.delete(&scope, &row, version).await?;
    write.amend(refs);
    tell(&mut write, &scope, budget, logged(&key_of(&row), Some(row.amount), None)).await?;
    write.commit(vec![row.id]).await
}

/// The line has been followed up, and cannot be removed.
pub(super) fn followed_up(name: &str) -> Problem {
    Problem::new(
        Code::InUse,
        format!("Posten har följts upp, och stannar därför kvar: {name}."),
        format!("The line has been followed up, so it stays: {name}."),
    )
}

fn key_of(line: &budget_line::Model) -> LineKey {
    (line.kind, line.name.clone())
}

fn fill(
    form: &mut Form,
    row: &mut budget_line::Model,
    fields: &LineFields,
    currency: Currency,
    others: &[budget_line::Model],
) {
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    money::set(form, "budget", &mut row.amount, fields.budget, currency);
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    if others.iter().any(|line| (line.kind, &line.name) == (row.kind, &row.name)) {
        form.problem(taken(&row.name));
    }
    let all = others.iter().chain([&*row]).map(|line| (line.kind, line.amount));
    if overflowing(all).contains(&row.kind) {
        form.problem(too_much(row.kind).within(&["budget"]));
    }
}

/// Tells of a change of lines in the log of their budget.
async fn tell(
    write: &mut Write,
    scope: &Scope,
    budget: operating_budget::Model,
    changes: impl IntoIterator<Item = FieldChange>,
) -> Result<()> {
    let edit = Edit { version: budget.version, sent: Vec::new() };
    let changes = changes.into_iter().collect();
    write.update(scope, &budget, budget.clone(), changes, &edit).await?;
    Ok(())
}
