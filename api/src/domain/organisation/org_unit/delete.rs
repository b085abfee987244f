//! Removes units.

use chrono::{DateTime, Utc};
use entity::{
    budgets::{investment_budget, investment_item, operating_budget},
    follow_up::calendar_event,
    indicators::{indicator, outcome, target},
    organisation::{org_unit, reporting_period},
    planning::{activity, plan, responsibility},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::tree;
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::{external_ref, role_grant, sign_in},
        problem::{Code, Problem},
        write::{Done, Scope, Write},
    },
    error::Result,
};

/// Removes a unit that nothing hangs under, with the roles that were granted on it.
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
    let row: org_unit::Model = write.find("id", id).await?;
    write.require(Action::Administer, row.id).await?;
    if is_used(&write, row.id).await? {
        return Err(Problem::new(
            Code::InUse,
            "Enheter, planer, aktiviteter, ansvar, indikatorer, målvärden, utfall, händelser i årshjulet, budgetar eller \
             investeringar hör till enheten; flytta eller ta bort dem först.",
            "Units, plans, activities, responsibilities, indicators, targets, outcomes, calendar events, budgets or \
             investments belong to this unit; move or remove them first.",
        )
        .at("id")
        .into());
    }
    // Nobody has a role on the unit once it is gone: those above it are told.
    let scope = Scope {
        organisation_id: row.organisation_id,
        org_unit_id: row.parent_id.unwrap_or(row.id),
        draft: false,
    };
    role_grant::forget(&mut write, &scope, row.id).await?;
    external_ref::forget(&write, &[row.id]).await?;
    reporting_period::Entity::delete_many()
        .filter(reporting_period::Column::OrganisationId.eq(row.id))
        .exec(write.connection())
        .await?;
    tree::fell(&write, row.id).await?;
    write.delete(&scope, &row, version).await?;
    let done = write.commit(vec![row.id]).await?;
    sign_in::renew(db, viewer).await;
    Ok(done)
}

async fn is_used(write: &Write, unit: Uuid) -> Result<bool> {
    let connection = write.connection();
    macro_rules! any {
        ($($table:ident.$column:ident),+ $(,)?) => {
            $($table::Entity::find()
                .filter($table::Column::$column.eq(unit))
                .count(connection)
                .await? > 0)||+
        };
    }
    Ok(any!(
        org_unit.ParentId,
        plan.OrgUnitId,
        activity.OrgUnitId,
        responsibility.OrgUnitId,
        indicator.OrganisationId,
        target.OrgUnitId,
        outcome.OrgUnitId,
        calendar_event.OrgUnitId,
        investment_budget.OrgUnitId,
        investment_item.OrgUnitId,
        operating_budget.OrgUnitId,
    ))
}
