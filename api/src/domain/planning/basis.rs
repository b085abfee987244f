//! The chain of superior plans that a plan answers: what it may take from them.

use entity::{
    planning::{focus_area, plan_basis},
    vocabulary::FocusAreaOrigin,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel, QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use crate::{
    domain::{
        problem::{Code, Problem},
        write::Write,
    },
    error::Result,
};

/// Whether `plan` is `other`, or answers it directly or by way of others.
///
/// # Errors
/// Whatever the database says.
pub async fn is_based_on(write: &Write, plan: Uuid, other: Uuid) -> Result<bool> {
    Ok(plan_basis::Entity::find_by_id((plan, other)).one(write.connection()).await?.is_some())
}

/// Whether a plan works with a focus area: its own, or one of the council's that it takes from a plan it answers.
///
/// # Errors
/// Whatever the database says.
pub async fn works_with(write: &Write, plan: Uuid, focus_area: &focus_area::Model) -> Result<bool> {
    if focus_area.plan_id == plan {
        return Ok(true);
    }
    Ok(focus_area.origin == FocusAreaOrigin::Council
        && is_based_on(write, plan, focus_area.plan_id).await?)
}

/// Lets `plan` answer `basis`, and every plan that answers `plan` with it.
///
/// # Errors
/// Whatever the database says.
pub async fn set(write: &Write, plan: Uuid, basis: Option<Uuid>) -> Result<()> {
    let connection = write.connection();
    let followers = plan_basis::Entity::find()
        .filter(plan_basis::Column::BasisId.eq(plan))
        .order_by_asc(plan_basis::Column::Depth)
        .all(connection)
        .await?;
    let followers = if followers.is_empty() {
        vec![plan_basis::Model { plan_id: plan, basis_id: plan, depth: 0 }]
    } else {
        followers
    };
    let old = plan_basis::Entity::find()
        .filter(plan_basis::Column::PlanId.eq(plan))
        .filter(plan_basis::Column::BasisId.ne(plan))
        .all(connection)
        .await?;
    plan_basis::Entity::delete_many()
        .filter(plan_basis::Column::PlanId.is_in(followers.iter().map(|row| row.plan_id)))
        .filter(plan_basis::Column::BasisId.is_in(old.iter().map(|row| row.basis_id).chain([plan])))
        .exec(connection)
        .await?;
    let above = match basis {
        Some(basis) => {
            plan_basis::Entity::find()
                .filter(plan_basis::Column::PlanId.eq(basis))
                .all(connection)
                .await?
        }
        None => Vec::new(),
    };
    let rows = followers.iter().flat_map(|follower| {
        let itself =
            plan_basis::Model { plan_id: follower.plan_id, basis_id: plan, depth: follower.depth };
        let further = above.iter().map(move |above| plan_basis::Model {
            plan_id: follower.plan_id,
            basis_id: above.basis_id,
            depth: follower.depth + 1 + above.depth,
        });
        std::iter::once(itself).chain(further).map(IntoActiveModel::into_active_model)
    });
    plan_basis::Entity::insert_many(rows.collect::<Vec<_>>())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Takes a plan that is removed out of the chains.
///
/// # Errors
/// Whatever the database says.
pub async fn forget(write: &Write, plan: Uuid) -> Result<()> {
    plan_basis::Entity::delete_many()
        .filter(plan_basis::Column::PlanId.eq(plan))
        .exec(write.connection())
        .await?;
    Ok(())
}

/// What is named does not belong to the plan or to one that it answers.
pub fn not_of_plan(field: &'static str) -> Problem {
    Problem::new(
        Code::Invalid,
        "Hör varken till planen eller till en plan som den svarar mot.",
        "Belongs neither to the plan nor to a plan that it is based on.",
    )
    .at(field)
}

/// What is named lies at or below the node itself.
pub fn circle(field: &'static str) -> Problem {
    Problem::new(Code::Invalid, "Det blir en cirkel.", "That would make a circle.").at(field)
}
