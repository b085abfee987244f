//! Records what has been spent on many items in a period, and what is expected of the year: all or nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    budgets::{investment_budget, investment_follow_up, investment_item},
    money::Hundredths,
    organisation::org_unit,
    vocabulary::{Currency, NodeType},
};
use sea_orm::{EntityTrait as _, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use super::said::{in_any, stored};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        budgets::{
            money::{self, GivenMoney},
            scope,
        },
        fetch::{among, by_id},
        form::{Form, Sent, TEXT, required, written},
        idempotency::Attempt,
        indicators::bulk::{Problems, repeated},
        organisation::period::{AskedPeriod, Period},
        problem::Problem,
        reference::key_of,
        write::{Done, Edit, Scope, Write, many::Change, version::check_seen},
    },
    error::{Error, Result},
};

/// What a caller sends of one item of many.
#[derive(Clone, Debug)]
pub struct RecordItem {
    /// The item.
    pub item: String,
    /// What has been spent since January, or in the month.
    pub spent: Sent<GivenMoney>,
    /// What the year is expected to come to.
    pub forecast: Sent<GivenMoney>,
    /// What is said about it.
    pub comment: Sent<String>,
    /// The version that the caller has read; none when it read that nothing was said.
    pub version: Option<i32>,
}

type Row = investment_follow_up::Model;

/// What a caller reads where nothing is said yet.
const NOTHING: i32 = 0;

/// The items that a call names, with the budgets that they are in and whose roles count there.
struct Named {
    items: HashMap<Uuid, investment_item::Model>,
    budgets: HashMap<Uuid, investment_budget::Model>,
    scopes: HashMap<Uuid, Scope>,
    period: Period,
}

impl Named {
    fn of(&self, item: Uuid) -> Option<(&investment_item::Model, Currency, Scope)> {
        let item = self.items.get(&item)?;
        let budget = self.budgets.get(&item.budget_id)?;
        Some((item, budget.currency, *self.scopes.get(&budget.org_unit_id)?))
    }
}

/// Records follow-ups: makes those that are not there, changes those that differ.
///
/// # Errors
/// What is wrong with each of them, or that the caller may not. Nothing has changed then.
pub async fn record(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    period: AskedPeriod,
    items: Vec<RecordItem>,
    key: Option<String>,
) -> Result<Done> {
    let input = (period, &items);
    let mut write =
        match db.write_once(viewer, now, "investmentFollowUpRecord", key, &input).await? {
            Attempt::Before(done) => return Ok(done),
            Attempt::Now(write) => write,
        };
    let mut problems = Problems::of("items", items.len())?;
    let mut first: HashMap<Uuid, usize> = HashMap::new();
    let mut keys = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let key = key_of(NodeType::InvestmentItem, &item.item)
            .map_err(|problem| problems.note(at, problem.at("item")))
            .ok();
        if let Some(earlier) = key.and_then(|key| first.insert(key, at)) {
            problems.note(at, repeated(earlier));
        }
        keys.push(key);
    }
    let wanted: Vec<Uuid> = first.into_keys().collect();
    let Some(named) = named(&write, period, &wanted).await? else {
        for at in keys.iter().enumerate().filter_map(|(at, key)| key.map(|_| at)) {
            problems.note(at, Problem::not_found("item"));
        }
        return problems.none().and(Err(Error::internal("no item and no problem")));
    };
    let there = there(&write, named.period, &wanted).await?;

    let (mut made, mut changed, mut edits) = (Vec::new(), Vec::new(), Vec::new());
    let mut ids = Vec::with_capacity(items.len());
    for (at, (item, key)) in items.into_iter().zip(keys).enumerate() {
        let Some(key) = key else { continue };
        let Some((of, currency, scope)) = named.of(key) else {
            problems.note(at, Problem::not_found("item"));
            continue;
        };
        let before = there.get(&key).cloned();
        let mut after = before.clone().unwrap_or_else(|| blank(&write, of, named.period));
        let edit = match fill(&mut after, before.as_ref(), item, currency) {
            Ok(edit) => edit,
            Err(Error::Problems(found)) => {
                found.into_iter().for_each(|problem| problems.note(at, problem));
                continue;
            }
            Err(error) => return Err(error),
        };
        ids.push(after.id);
        match before {
            None => made.push((scope, after)),
            Some(before) => {
                changed.push(Change { scope, before, after, links: Vec::new() });
                edits.push((at, edit));
            }
        }
    }
    let updates: Vec<(&Row, &Row, &Edit)> = (changed.iter().zip(&edits))
        .map(|(Change { before, after, .. }, (_, edit))| (before, after, edit))
        .collect();
    for (nth, problem) in write.stale(&updates).await? {
        if let Some((at, _)) = edits.get(nth) {
            problems.note(*at, problem);
        }
    }
    problems.none()?;
    write.insert_all(made).await?;
    write.update_all(changed).await?;
    write.commit(ids).await
}

/// The items that the caller sees, when the caller may report on them in that period; nothing when it sees none. A few
/// statements, however many.
async fn named(write: &Write, asked: AskedPeriod, wanted: &[Uuid]) -> Result<Option<Named>> {
    let (connection, sight) = (write.connection(), write.sight()?);
    let items = by_id::<investment_item::Entity>(connection, sight, wanted).await?;
    if items.is_empty() {
        return Ok(None);
    }
    let budgets: HashSet<Uuid> = items.values().map(|item| item.budget_id).collect();
    let budgets: Vec<Uuid> = budgets.into_iter().collect();
    let budgets = by_id::<investment_budget::Entity>(connection, sight, &budgets).await?;
    let units: Vec<Uuid> = budgets.values().map(|budget| budget.org_unit_id).collect();
    scope::require_reporting(write, &units).await?;
    let period = asked.period().map_err(|error| error.problem().within(&["period"]))?;
    let units = by_id::<org_unit::Entity>(connection, sight, &units).await?;
    let units: Vec<&org_unit::Model> = units.values().collect();
    for budget in budgets.values() {
        scope::period_of(asked, budget.year, write.now().date_naive())?;
    }
    let scopes = scope::reported_in(write, &units, period).await?;
    Ok(Some(Named { items, budgets, scopes, period }))
}

async fn there(
    write: &Write,
    period: Period,
    items: &[Uuid],
) -> Result<HashMap<Uuid, investment_follow_up::Model>> {
    use investment_follow_up::{Column, Entity};
    let connection = write.connection();
    let item = Expr::col((Entity, Column::ItemId));
    let rows = Entity::find()
        .filter(among(
            sea_orm::ConnectionTrait::get_database_backend(connection),
            item,
            items.iter().copied(),
        ))
        .filter(in_any(std::iter::once(period)))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.item_id, row)).collect())
}

fn blank(
    write: &Write,
    item: &investment_item::Model,
    period: Period,
) -> investment_follow_up::Model {
    let (kind, month) = stored(period);
    investment_follow_up::Model {
        id: Uuid::now_v7(),
        item_id: item.id,
        budget_id: item.budget_id,
        year: period.year(),
        kind,
        month,
        period_order: period.sort_key(),
        spent: Hundredths::default(),
        forecast: Hundredths::default(),
        comment: None,
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    }
}

fn fill(
    row: &mut investment_follow_up::Model,
    before: Option<&investment_follow_up::Model>,
    item: RecordItem,
    currency: Currency,
) -> Result<Edit> {
    let mut form = Form::default();
    let now = before.map_or(NOTHING, |before| before.version);
    if let Err(problem) = check_seen(item.version.unwrap_or(NOTHING), now) {
        form.problem(problem);
    }
    for (field, slot, sent) in
        [("spent", &mut row.spent, item.spent), ("forecast", &mut row.forecast, item.forecast)]
    {
        if sent.is_none() && before.is_none() {
            form.problem(required(field));
        }
        money::set(&mut form, field, slot, sent, currency);
    }
    form.text("comment", &mut row.comment, written(item.comment), TEXT);
    Ok(Edit { version: item.version.unwrap_or(NOTHING), sent: form.finish()? })
}
