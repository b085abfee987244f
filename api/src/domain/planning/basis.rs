//! The chain of superior plans that a plan answers: what it may take from them.

use entity::{
    planning::{activity, activity_goal, assignment, focus_area, goal, plan_basis},
    vocabulary::FocusAreaOrigin,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait, ExprTrait as _, IntoActiveModel, JoinType,
    QueryFilter as _, QueryOrder as _,
    sea_query::{Alias, Expr, Iden, Query, SelectStatement},
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

/// Refuses a change of `plan`'s basis that leaves something in it, or in a plan that answers it, under a plan that is
/// no longer above.
///
/// # Errors
/// [`Code::InUse`].
pub async fn refuse_strays(write: &Write, plan: Uuid) -> Result<()> {
    use {activity::Column as A, assignment::Column as T, goal::Column as G};
    const ABOVE_GOAL: (goal::Entity, G, G) = (goal::Entity, G::Id, G::PlanId);
    const ABOVE_ASSIGNMENT: (assignment::Entity, T, T) = (assignment::Entity, T::Id, T::PlanId);
    const ABOVE_AREA: (focus_area::Entity, focus_area::Column, focus_area::Column) =
        (focus_area::Entity, focus_area::Column::Id, focus_area::Column::PlanId);
    let served = strays(plan, (activity::Entity, A::PlanId, A::Id), ABOVE_GOAL, |link| {
        Expr::col(link).in_subquery(
            Query::select()
                .column(activity_goal::Column::ActivityId)
                .from(activity_goal::Entity)
                .and_where(
                    Expr::col((activity_goal::Entity, activity_goal::Column::GoalId))
                        .equals((Alias::new("upper"), G::Id)),
                )
                .to_owned(),
        )
    });
    for query in [
        straight(plan, (goal::Entity, G::PlanId, G::ParentId), ABOVE_GOAL),
        straight(plan, (goal::Entity, G::PlanId, G::FocusAreaId), ABOVE_AREA),
        straight(plan, (assignment::Entity, T::PlanId, T::ParentId), ABOVE_ASSIGNMENT),
        straight(plan, (assignment::Entity, T::PlanId, T::FocusAreaId), ABOVE_AREA),
        straight(plan, (activity::Entity, A::PlanId, A::AssignmentId), ABOVE_ASSIGNMENT),
        served,
    ] {
        if write.connection().query_one(&query).await?.is_some() {
            return Err(Problem::new(
                Code::InUse,
                "Något i planen hör under den plan som den nu svarar mot; flytta det först.",
                "Something in the plan hangs under the plan that it is based on now; move it first.",
            )
            .at("basedOn")
            .into());
        }
    }
    Ok(())
}

fn straight<L: EntityTrait, U: EntityTrait>(
    plan: Uuid,
    lower: (L, L::Column, L::Column),
    upper: (U, U::Column, U::Column),
) -> SelectStatement
where
    L::Column: Iden,
    U::Column: Iden,
{
    let (_, id, _) = upper;
    strays(plan, lower, upper, |link| Expr::col(link).equals((Alias::new("upper"), id)))
}

/// One row of `lower` in `plan`, or in a plan that answers it, that hangs under a row of `upper` in no plan above.
fn strays<L: EntityTrait, U: EntityTrait>(
    plan: Uuid,
    (lower, lower_plan, link): (L, L::Column, L::Column),
    (upper, _, upper_plan): (U, U::Column, U::Column),
    hangs: impl FnOnce((Alias, L::Column)) -> Expr,
) -> SelectStatement
where
    L::Column: Iden,
    U::Column: Iden,
{
    let (below, above) = (Alias::new("lower"), Alias::new("upper"));
    let followers = Query::select()
        .column(plan_basis::Column::PlanId)
        .from(plan_basis::Entity)
        .and_where(Expr::col(plan_basis::Column::BasisId).eq(plan))
        .to_owned();
    let chain = Query::select()
        .expr(Expr::val(1))
        .from(plan_basis::Entity)
        .and_where(
            Expr::col((plan_basis::Entity, plan_basis::Column::PlanId))
                .equals((below.clone(), lower_plan)),
        )
        .and_where(
            Expr::col((plan_basis::Entity, plan_basis::Column::BasisId))
                .equals((above.clone(), upper_plan)),
        )
        .to_owned();
    Query::select()
        .expr_as(Expr::val(1), Alias::new("one"))
        .from_as(lower, below.clone())
        .join_as(JoinType::InnerJoin, upper, above, hangs((below.clone(), link)))
        .and_where(Expr::col((below, lower_plan)).in_subquery(followers))
        .and_where(Expr::not_exists(chain))
        .limit(1)
        .to_owned()
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
