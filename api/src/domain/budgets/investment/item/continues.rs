//! The same investment in the budget of an earlier year.

use entity::{
    budgets::{investment_budget, investment_item},
    organisation::org_unit,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::super::Place;
use crate::{
    access::policy::Action,
    domain::{
        problem::{Code, Problem},
        write::Write,
    },
    error::{Error, Result},
};

/// What keeps an item from continuing another, if anything does. It is of an earlier year, so that no circles are possible.
pub(super) async fn refused(
    write: &Write,
    place: &Place,
    row: &investment_item::Model,
    earlier: &investment_item::Model,
) -> Result<Option<Problem>> {
    let connection = write.connection();
    let before = investment_budget::Entity::find_by_id(earlier.budget_id).one(connection).await?;
    let before = before.ok_or_else(|| Error::internal("an item without budget"))?;
    // Its years are added up where it goes on, and nobody else can go on with it then.
    write.require(Action::Plan, before.org_unit_id).await?;
    let unit = org_unit::Entity::find_by_id(before.org_unit_id).one(connection).await?;
    let unit = unit.ok_or_else(|| Error::internal("a budget without unit"))?;
    let fits = before.year < place.budget.year
        && before.currency == place.budget.currency
        && unit.organisation_id == place.unit.organisation_id;
    if !fits {
        return Ok(Some(Problem::new(
            Code::Invalid,
            "En investering fortsätter en i samma organisations budget för ett tidigare år, i samma valuta.",
            "An item continues one in a budget of an earlier year of the same organisation, in the same currency.",
        )));
    }
    let others = investment_item::Entity::find()
        .filter(investment_item::Column::ContinuesId.eq(earlier.id))
        .filter(investment_item::Column::Id.ne(row.id))
        .count(connection)
        .await?;
    let taken = Problem::new(
        Code::Duplicate,
        "En annan investering fortsätter den redan.",
        "Another item continues it already.",
    );
    Ok((others > 0).then_some(taken))
}
