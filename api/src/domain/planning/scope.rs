//! Whose roles count for what lies in a plan, and whether it can be changed.

use entity::{organisation::org_unit, planning::plan, vocabulary::PlanStatus};
use sea_orm::EntityTrait as _;

use crate::{
    access::policy::Action,
    domain::{
        listing::WHOLE,
        problem::{Code, LockReason, Problem},
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// Whose roles count for a plan and what lies in it.
///
/// # Errors
/// Whatever the database says.
pub async fn of_plan(write: &Write, plan: &plan::Model) -> Result<Scope> {
    let unit = org_unit::Entity::find_by_id(plan.org_unit_id)
        .one(write.connection())
        .await?
        .ok_or_else(|| Error::internal("a plan without unit"))?;
    Ok(Scope {
        organisation_id: unit.organisation_id,
        org_unit_id: plan.org_unit_id,
        draft: plan.status == PlanStatus::Draft,
    })
}

/// Whose roles count for what is to be written in a plan, when the caller may write there and it is not closed.
///
/// # Errors
/// [`Error::Forbidden`], or a problem with [`LockReason::PlanClosed`].
pub async fn for_writing(write: &Write, plan: &plan::Model) -> Result<Scope> {
    write.require(Action::Plan, plan.org_unit_id).await?;
    if plan.status == PlanStatus::Closed {
        return Err(Problem::locked(LockReason::PlanClosed).into());
    }
    of_plan(write, plan).await
}

/// Keeps a list that is read whole short.
///
/// # Errors
/// [`Code::Invalid`] when as many as there can be are there.
pub fn refuse_more(there: u64) -> Result<()> {
    if there < WHOLE {
        return Ok(());
    }
    Err(Problem::new(
        Code::Invalid,
        format!("Planen har redan {WHOLE}, fler kan den inte ha."),
        format!("The plan has {WHOLE} already, and can have no more."),
    )
    .at("plan")
    .into())
}
