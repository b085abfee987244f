//! Investment budgets (investeringsbudget): a frame, the items that share it, what moves between them and what comes of them.

pub mod budget;
mod decision;
mod follow_up;
pub mod frame_change;
pub mod item;
mod record;
mod rules;
mod said;
mod spent;
mod sums;
pub mod transfer;

pub use follow_up::{FollowUp, follow_ups};
pub use record::{RecordItem, record};
pub use said::{OF_ITEM, at_period, of_budgets, period_of};
pub use spent::spent_totals;
pub use sums::{Area, Sum, YearSum, by_area, by_year, frame_changed, sums, transferred};

use entity::{
    budgets::{investment_budget, investment_item},
    money::Hundredths,
    organisation::org_unit,
    vocabulary::Currency,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{money::spelled, scope};
use crate::{
    domain::{
        problem::{Code, Problem},
        write::{Scope, Write},
    },
    error::Result,
};

/// A budget that a caller reaches through something in it, its unit, and whose roles count for it.
struct Place {
    budget: investment_budget::Model,
    unit: org_unit::Model,
    scope: Scope,
}

impl Place {
    /// That of a budget which the caller may plan.
    ///
    /// # Errors
    /// That the caller may not, or what keeps it from being changed.
    async fn of(write: &Write, budget: investment_budget::Model) -> Result<Self> {
        let unit: org_unit::Model = write.find_key("id", budget.org_unit_id).await?;
        let scope = scope::for_planning(write, &unit, budget.year).await?;
        Ok(Self { budget, unit, scope })
    }

    /// The same, by the key of something in the budget.
    ///
    /// # Errors
    /// As [`Place::of`].
    async fn by_key(write: &Write, budget: Uuid) -> Result<Self> {
        Self::of(write, write.find_key("id", budget).await?).await
    }
}

/// What the items of a budget itself come to in its year.
///
/// # Errors
/// Whatever the database says.
async fn allocated(connection: &impl ConnectionTrait, budget: Uuid) -> Result<i128> {
    let amounts: Vec<Hundredths> = investment_item::Entity::find()
        .select_only()
        .column(investment_item::Column::Amount)
        .filter(investment_item::Column::BudgetId.eq(budget))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(amounts.into_iter().map(|amount| i128::from(amount.0)).sum())
}

/// The items would come to more than the frame.
fn exceeded(missing: i128, currency: Currency) -> Problem {
    let (sv, en) = spelled(missing, currency);
    Problem::new(
        Code::Invalid,
        format!("Ramen överskrids med {sv}."),
        format!("The frame is exceeded by {en}."),
    )
}

/// The frame would be less than what its items come to.
fn too_little(missing: i128, currency: Currency) -> Problem {
    let (sv, en) = spelled(missing, currency);
    Problem::new(
        Code::Invalid,
        format!("Ramen räcker inte till det som är fördelat: {sv} saknas."),
        format!("The frame does not suffice for what is allocated: {en} is missing."),
    )
}
