//! Makes, changes and removes items.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{
    budgets::{investment_budget, investment_follow_up, investment_item, investment_transfer},
    money::Hundredths,
    vocabulary::{InvestmentKind, NodeType},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use super::{
    super::Place,
    fields::{Filled, InvestmentItemFields, fill},
    years,
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{
        access::external_ref,
        idempotency::Attempt,
        problem::{Code, Problem},
        write::{Done, Edit, FieldChange, Write},
    },
    error::Result,
};

/// Makes an item in a budget.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn create(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    budget: String,
    fields: InvestmentItemFields,
    key: Option<String>,
) -> Result<Done> {
    let input = (&budget, &fields);
    let mut write = match db.write_once(viewer, now, "investmentItemCreate", key, &input).await? {
        Attempt::Before(done) => return Ok(done),
        Attempt::Now(write) => write,
    };
    let budget: investment_budget::Model = write.find("budget", &budget).await?;
    let place = Place::of(&write, budget).await?;
    let mut row = investment_item::Model {
        id: Uuid::now_v7(),
        budget_id: place.budget.id,
        org_unit_id: place.unit.id,
        name: String::new(),
        kind: InvestmentKind::New,
        category: None,
        amount: Hundredths::default(),
        decided_total: None,
        estimated_total: None,
        spent_before: None,
        continues_id: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: write.actor_id(),
    };
    let Filled { years, .. } = fill(&write, &place, &mut row, None, &fields).await?;
    let row = write.insert(&place.scope, row).await?;
    let links = set_links(&write, &place, row.id, years, fields).await?;
    write.amend(links);
    write.commit(vec![row.id]).await
}

/// Changes an item. Its budget stays.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: InvestmentItemFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: investment_item::Model = write.find("id", id).await?;
    let place = Place::by_key(&write, before.budget_id).await?;
    let mut after = before.clone();
    let Filled { sent, years } =
        fill(&write, &place, &mut after, Some(before.amount), &fields).await?;
    let links = set_links(&write, &place, before.id, years, fields).await?;
    write.update(&place.scope, &before, after, links, &Edit { version, sent }).await?;
    write.commit(vec![before.id]).await
}

/// Removes an item of which nothing has come yet.
///
/// # Errors
/// [`Code::InUse`] when it was followed up, something was moved from or to it, or another item continues it.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: investment_item::Model = write.find("id", id).await?;
    let place = Place::by_key(&write, row.budget_id).await?;
    if is_used(&write, row.id).await? {
        return Err(Problem::new(
            Code::InUse,
            "Investeringen har följts upp, pengar har omdisponerats till eller från den eller så fortsätts den ett \
             senare år.",
            "The item was followed up, money was moved to or from it, or it is continued in a later year.",
        )
        .at("id")
        .into());
    }
    let fields = InvestmentItemFields { external_refs: Some(None), ..Default::default() };
    let links = set_links(&write, &place, row.id, Some(BTreeMap::new()), fields).await?;
    write.delete(&place.scope, &row, version).await?;
    write.amend(links);
    write.commit(vec![row.id]).await
}

async fn is_used(write: &Write, item: Uuid) -> Result<bool> {
    let connection = write.connection();
    let follow_ups = investment_follow_up::Entity::find()
        .filter(investment_follow_up::Column::ItemId.eq(item))
        .count(connection)
        .await?;
    let transfers = investment_transfer::Entity::find()
        .filter(
            investment_transfer::Column::FromId
                .eq(item)
                .or(investment_transfer::Column::ToId.eq(item)),
        )
        .count(connection)
        .await?;
    let later = investment_item::Entity::find()
        .filter(investment_item::Column::ContinuesId.eq(item))
        .count(connection)
        .await?;
    Ok(follow_ups + transfers + later > 0)
}

async fn set_links(
    write: &Write,
    place: &Place,
    id: Uuid,
    years: Option<BTreeMap<i32, Hundredths>>,
    fields: InvestmentItemFields,
) -> Result<Vec<FieldChange>> {
    let mut changes = Vec::new();
    if let Some(years) = years {
        changes.extend(years::replace(write, id, &years).await?);
    }
    if let Some(refs) = fields.external_refs {
        let refs = refs.unwrap_or_default();
        let node = NodeType::InvestmentItem;
        changes.extend(external_ref::replace(write, &place.scope, node, id, refs).await?);
    }
    Ok(changes)
}
