//! What investments come to in an area.

use async_graphql::Context;
use entity::organisation::org_unit;
use macros::object;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    graphql::{
        budgets::money::Money, context::session, loader::ById, organisation::org_unit::OrgUnit,
    },
};

/// What investments come to in an area (summa per verksamhetsområde).
pub struct InvestmentSum {
    /// The area, or the unit where there is none.
    pub unit: Uuid,
    /// What they come to.
    pub amount: Money,
}

/// What investments come to in an area (summa per verksamhetsområde).
#[object]
impl InvestmentSum {
    /// The area (verksamhetsområde), or the items' own unit where there is none.
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let unit = session(ctx).loader.load_one(ById::<org_unit::Entity>::new(self.unit)).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a sum without unit"))
    }

    /// What they come to in the budget's year (belopp).
    fn amount(&self) -> Money {
        self.amount
    }
}
