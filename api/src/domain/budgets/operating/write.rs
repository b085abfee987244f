//! Makes, changes and removes operating budgets.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    budgets::{budget_line, budget_line_follow_up, operating_budget},
    money::Hundredths,
    organisation::org_unit,
    tracked::{Identified as _, Shown as _},
    vocabulary::{Currency, NodeType},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    MOST_LINES,
    fields::{
        LineItem, LineKey, checked, field_of, largest, logged, overflowing, too_many, too_much,
    },
    load::all_lines,
    merge::{Settled, settle},
    scope, set_refs,
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref::{self, ExternalId},
        budgets::scope::for_planning,
        form::{Form, Sent},
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{
            Done, Edit, FieldChange, Scope, Write,
            many::Change,
            version::{Since, clashes},
        },
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

/// A new line of a budget.
pub(super) fn line(
    write: &Write,
    budget: Uuid,
    (kind, name): LineKey,
    amount: Hundredths,
) -> budget_line::Model {
    budget_line::Model {
        id: Uuid::now_v7(),
        budget_id: budget,
        kind,
        name,
        amount,
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    }
}

async fn remove(write: &mut Write, scope: &Scope, lines: Vec<budget_line::Model>) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id()).collect();
    external_ref::forget(write, &ids).await?;
    write.delete_all(lines.into_iter().map(|line| (*scope, line)).collect()).await
}

/// Makes these the lines of a budget, and says what that changed.
async fn set_lines(
    write: &mut Write,
    scope: &Scope,
    budget: &operating_budget::Model,
    version: i32,
    wanted: Vec<(LineKey, Hundredths)>,
) -> Result<Vec<FieldChange>> {
    let lines = all_lines(write.connection(), budget.id).await?;
    let now: Vec<(LineKey, &budget_line::Model)> =
        lines.iter().map(|line| ((line.kind, line.name.clone()), line)).collect();
    let since = match version < budget.version {
        true => write.since(&HashMap::from([(budget.id, version)])).await?,
        false => HashMap::new(),
    };
    let since = since.get(&budget.id).map(Vec::as_slice).unwrap_or_default();
    let changes = differing(&now, &wanted, since);
    refuse_clashes(write, &wanted, since, &changes).await?;

    let (mut logs, mut made, mut changed, mut gone) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for One { key, before, after, .. } in changes {
        logs.extend(logged(&key, before.as_ref().map(|line| line.amount), after));
        match (before, after) {
            (None, Some(amount)) => made.push((*scope, line(write, budget.id, key, amount))),
            (Some(before), Some(amount)) => {
                let after = budget_line::Model { amount, ..before.clone() };
                changed.push(Change { scope: *scope, before, after, links: Vec::new() });
            }
            (Some(before), None) => gone.push(before),
            (None, None) => {}
        }
    }
    if lines.len() + made.len() - gone.len() > MOST_LINES {
        return Err(too_many().at("lines").into());
    }
    refuse_followed_up(write, &gone).await?;
    remove(write, scope, gone).await?;
    write.update_all(changed).await?;
    write.insert_all(made).await?;
    let lines = all_lines(write.connection(), budget.id).await?;
    match overflows(&wanted, lines.iter().map(|line| (line.kind, line.amount))) {
        none if none.is_empty() => Ok(logs),
        problems => Err(Error::Problems(problems)),
    }
}

/// A line that the caller wants otherwise than it is.
struct One {
    key: LineKey,
    before: Option<budget_line::Model>,
    after: Option<Hundredths>,
    settled: Settled,
}

/// The lines that the caller has changed: first those of the list in its order, then those that it leaves out.
fn differing(
    now: &[(LineKey, &budget_line::Model)],
    wanted: &[(LineKey, Hundredths)],
    since: &[Since],
) -> Vec<One> {
    let there: HashMap<&LineKey, &budget_line::Model> =
        now.iter().map(|(key, line)| (key, *line)).collect();
    // The earliest change since the caller's version has what the caller saw.
    let mut seen: HashMap<&str, &Option<String>> = HashMap::new();
    for field in since.iter().flat_map(|since| &since.fields) {
        seen.entry(&field.field).or_insert(&field.before);
    }
    let listed: HashMap<&LineKey, Hundredths> =
        wanted.iter().map(|(key, amount)| (key, *amount)).collect();
    let left_out = now.iter().map(|(key, _)| key).filter(|key| !listed.contains_key(key));
    let one = |key: &LineKey| {
        let (before, after) = (there.get(key).copied(), listed.get(key).copied());
        let amount = before.map(|line| line.amount).shown();
        let seen =
            seen.get(field_of(key).as_str()).map_or_else(|| amount.clone(), |seen| (*seen).clone());
        let settled = settle(&seen, &amount, &after.shown());
        One { key: key.clone(), before: before.cloned(), after, settled }
    };
    let all = wanted.iter().map(|(key, _)| key).chain(left_out).map(one);
    all.filter(|one| one.settled != Settled::Stays).collect()
}

async fn refuse_clashes(
    write: &Write,
    wanted: &[(LineKey, Hundredths)],
    since: &[Since],
    changes: &[One],
) -> Result<()> {
    let clashing = || changes.iter().filter(|one| one.settled == Settled::Clashes);
    let fields: Vec<String> = clashing().map(|one| field_of(&one.key)).collect();
    let sent: Vec<&str> = fields.iter().map(String::as_str).collect();
    let amount = |one: &One| one.before.as_ref().map(|line| line.amount);
    let wishes = clashing().filter_map(|one| logged(&one.key, amount(one), one.after));
    let found = clashes(wishes, &sent, since);
    let place = |field: &str| wanted.iter().position(|(key, _)| field_of(key) == field);
    let places: Vec<Option<usize>> =
        found.iter().map(|(difference, _)| place(&difference.field)).collect();
    let at = |(problem, place): (Problem, Option<usize>)| match place {
        Some(place) => problem.at("budget").within(&["lines", &place.to_string()]),
        None => problem.at("lines"),
    };
    let problems = write.conflicts(found).await?.into_iter().zip(places);
    match problems.map(at).collect::<Vec<_>>() {
        none if none.is_empty() => Ok(()),
        problems => Err(Error::Problems(problems)),
    }
}

/// A line that somebody has said something of stays.
async fn refuse_followed_up(write: &Write, lines: &[budget_line::Model]) -> Result<()> {
    let followed_up: Vec<Uuid> = budget_line_follow_up::Entity::find()
        .select_only()
        .column(budget_line_follow_up::Column::LineId)
        .distinct()
        .filter(budget_line_follow_up::Column::LineId.is_in(lines.iter().map(|line| line.id)))
        .into_tuple()
        .all(write.connection())
        .await?;
    let problems: Vec<Problem> = lines
        .iter()
        .filter(|line| followed_up.contains(&line.id))
        .map(|line| super::line::followed_up(&line.name).at("lines"))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
}

/// That the lines of a kind add up to too much, told at the largest that the caller wrote.
fn overflows(
    written: &[(LineKey, Hundredths)],
    lines: impl Iterator<Item = (entity::vocabulary::BudgetLineKind, Hundredths)>,
) -> Vec<Problem> {
    let at = |kind| match largest(written, kind) {
        Some(place) => too_much(kind).within(&["lines", &place.to_string(), "budget"]),
        None => too_much(kind).at("lines"),
    };
    overflowing(lines).into_iter().map(at).collect()
}
