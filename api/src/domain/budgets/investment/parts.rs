//! Which budgets count in which, so that no krona is added twice.
//!
//! Every budget counts in itself. One below counts in one above it of the same year and currency, unless somebody between
//! them has placed items of its own where it is: those are the same kronor then. What a budget itself has placed in an area
//! wins; where it has placed nothing, the area's own budget counts.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::{
    budgets::{investment_budget, investment_item, investment_part},
    organisation::{org_unit, org_unit_closure as closure},
    vocabulary::Currency,
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{domain::write::Write, error::Result};

/// A budget of a year, and where its own items are.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its key.
    pub id: Uuid,
    /// Its unit, which has no other budget of the year.
    pub unit: Uuid,
    /// Its currency.
    pub currency: Currency,
    /// The units of its own items.
    pub items: Vec<Uuid>,
}

/// Which budgets count in which: pairs of a budget and what counts in it. `above` has of each unit itself and those above
/// it that have a budget, the nearest first.
#[must_use]
pub fn counted(budgets: &[Placed], above: &HashMap<Uuid, Vec<Uuid>>) -> BTreeSet<(Uuid, Uuid)> {
    let chain = |unit: &Uuid| above.get(unit).into_iter().flatten();
    let at: HashMap<(Uuid, Currency), &Placed> =
        budgets.iter().map(|budget| ((budget.unit, budget.currency), budget)).collect();
    // Where below its own unit a budget has placed something; an item that was moved away is the unit's own.
    let holds: HashMap<Uuid, HashSet<Uuid>> = budgets
        .iter()
        .map(|budget| {
            let below = budget.items.iter().filter(|unit| chain(unit).any(|u| *u == budget.unit));
            let held = below.flat_map(|unit| chain(unit).take_while(|unit| **unit != budget.unit));
            (budget.id, held.copied().collect())
        })
        .collect();
    let covers = |one: &Placed, other: &Placed| {
        holds.get(&one.id).is_some_and(|held| held.contains(&other.unit))
    };
    let mut pairs = BTreeSet::new();
    for budget in budgets {
        let mut below: Vec<&Placed> = Vec::new();
        for in_it in chain(&budget.unit).filter_map(|unit| at.get(&(*unit, budget.currency))) {
            if below.iter().any(|other| covers(in_it, other)) {
                break;
            }
            pairs.insert((in_it.id, budget.id));
            below.push(in_it);
        }
    }
    pairs
}

/// Writes anew which budgets of an organisation and year count in which, where that has changed.
///
/// # Errors
/// Whatever the database says.
pub async fn refresh(write: &Write, organisation: Uuid, year: i32) -> Result<()> {
    use investment_part::{Column, Entity, Model};
    let connection = write.connection();
    let (budgets, above) = placed(write, organisation, year).await?;
    let wanted = counted(&budgets, &above);
    let ids: Vec<Uuid> = budgets.iter().map(|budget| budget.id).collect();
    let there: BTreeSet<(Uuid, Uuid)> = Entity::find()
        .filter(Column::BudgetId.is_in(ids))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.budget_id, row.part_id))
        .collect();
    let gone: Vec<(Uuid, Uuid)> = there.difference(&wanted).copied().collect();
    for chunk in gone.chunks(100) {
        let pair = |(budget, part): &(Uuid, Uuid)| {
            Condition::all().add(Column::BudgetId.eq(*budget)).add(Column::PartId.eq(*part))
        };
        let these = chunk.iter().map(pair).fold(Condition::any(), Condition::add);
        Entity::delete_many().filter(these).exec(connection).await?;
    }
    let new: Vec<(Uuid, Uuid)> = wanted.difference(&there).copied().collect();
    for chunk in new.chunks(500) {
        let row = |(budget_id, part_id): &(Uuid, Uuid)| {
            Model { budget_id: *budget_id, part_id: *part_id }.into_active_model()
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// The same of all years of an organisation, after a unit has moved.
///
/// # Errors
/// Whatever the database says.
pub async fn refresh_all(write: &Write, organisation: Uuid) -> Result<()> {
    let years: Vec<i32> = investment_budget::Entity::find()
        .select_only()
        .column(investment_budget::Column::Year)
        .distinct()
        .filter(of_organisation(organisation))
        .into_tuple()
        .all(write.connection())
        .await?;
    for year in years {
        refresh(write, organisation, year).await?;
    }
    Ok(())
}

/// Forgets what counts in a budget that is removed, and what it counts in.
///
/// # Errors
/// Whatever the database says.
pub(super) async fn forget(write: &Write, budget: Uuid) -> Result<()> {
    use investment_part::{Column, Entity};
    Entity::delete_many()
        .filter(Column::BudgetId.eq(budget).or(Column::PartId.eq(budget)))
        .exec(write.connection())
        .await?;
    Ok(())
}

/// The budgets of an organisation and year, and of each unit that matters those above it with a budget.
async fn placed(
    write: &Write,
    organisation: Uuid,
    year: i32,
) -> Result<(Vec<Placed>, HashMap<Uuid, Vec<Uuid>>)> {
    let connection = write.connection();
    let rows: Vec<(Uuid, Uuid, Currency)> = investment_budget::Entity::find()
        .select_only()
        .columns([
            investment_budget::Column::Id,
            investment_budget::Column::OrgUnitId,
            investment_budget::Column::Currency,
        ])
        .filter(investment_budget::Column::Year.eq(year))
        .filter(of_organisation(organisation))
        .into_tuple()
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|(id, ..)| *id).collect();
    let items: Vec<(Uuid, Uuid)> = investment_item::Entity::find()
        .select_only()
        .columns([investment_item::Column::BudgetId, investment_item::Column::OrgUnitId])
        .distinct()
        .filter(investment_item::Column::BudgetId.is_in(ids))
        .into_tuple()
        .all(connection)
        .await?;
    let with_budget: HashSet<Uuid> = rows.iter().map(|(_, unit, _)| *unit).collect();
    let units: HashSet<Uuid> =
        items.iter().map(|(_, unit)| *unit).chain(with_budget.iter().copied()).collect();
    let pairs: Vec<(Uuid, Uuid)> = closure::Entity::find()
        .select_only()
        .columns([closure::Column::DescendantId, closure::Column::AncestorId])
        .filter(closure::Column::DescendantId.is_in(units))
        .filter(closure::Column::AncestorId.is_in(with_budget))
        .order_by_asc(closure::Column::Depth)
        .into_tuple()
        .all(connection)
        .await?;
    let mut above: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (unit, ancestor) in pairs {
        above.entry(unit).or_default().push(ancestor);
    }
    let mut own: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (budget, unit) in items {
        own.entry(budget).or_default().push(unit);
    }
    let budgets = rows.into_iter().map(|(id, unit, currency)| Placed {
        id,
        unit,
        currency,
        items: own.remove(&id).unwrap_or_default(),
    });
    Ok((budgets.collect(), above))
}

fn of_organisation(organisation: Uuid) -> Expr {
    let units = Query::select()
        .column(org_unit::Column::Id)
        .from(org_unit::Entity)
        .and_where(Expr::col(org_unit::Column::OrganisationId).eq(organisation))
        .to_owned();
    investment_budget::Column::OrgUnitId.in_subquery(units)
}

#[cfg(test)]
mod tests;
