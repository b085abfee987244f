//! Which investment budgets, and in which order.

use std::collections::{HashMap, HashSet};

use entity::{
    budgets::investment_budget,
    organisation::org_unit,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{Currency, NodeType},
};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
        indicators::below,
        listing::{Listed, SortKey},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which investment budgets.
#[derive(Clone, Debug, Default)]
pub struct InvestmentBudgetFilter {
    /// Of that unit.
    pub org_unit: Option<String>,
    /// Of that unit or one below it.
    pub under: Option<String>,
    /// Of that year.
    pub year: Option<i32>,
    /// In that currency.
    pub currency: Option<Currency>,
}

impl InvestmentBudgetFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        use investment_budget::Column;
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(Column::OrgUnitId.eq(id)).add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(id) = &self.under {
            let id = key_of(NodeType::OrgUnit, id)?;
            let units = below::ids([id]);
            all = all
                .add(Column::OrgUnitId.in_subquery(units))
                .add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(year) = self.year {
            all = all.add(Column::Year.eq(year));
        }
        if let Some(currency) = self.currency {
            all = all.add(Column::Currency.eq(currency));
        }
        Ok(all)
    }
}

/// The order of investment budgets: by year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InvestmentBudgetOrder {
    /// Whether the last come first.
    pub descending: bool,
}

impl Default for InvestmentBudgetOrder {
    fn default() -> Self {
        Self { descending: true }
    }
}

impl Listed for investment_budget::Entity {
    type Order = InvestmentBudgetOrder;

    fn sort_keys(order: InvestmentBudgetOrder) -> Vec<SortKey<investment_budget::Model>> {
        let year = Expr::col((Self, investment_budget::Column::Year));
        vec![
            SortKey::number(year, |row: &investment_budget::Model| row.year.into())
                .turned(order.descending),
        ]
    }

    fn unit() -> Option<investment_budget::Column> {
        Some(investment_budget::Column::OrgUnitId)
    }
}

/// The budgets of units and years, as far as the viewer sees them: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn of_years(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &[(Uuid, i32)],
) -> Result<HashMap<(Uuid, i32), investment_budget::Model>> {
    use investment_budget::{Column, Entity};
    let units: HashSet<Uuid> = asked.iter().map(|(unit, _)| *unit).collect();
    let years: HashSet<i32> = asked.iter().map(|(_, year)| *year).collect();
    let unit = Expr::col((Entity, Column::OrgUnitId));
    let rows = Entity::find_visible(&sight.row_by_row())
        .filter(among(connection.get_database_backend(), unit, units))
        .filter(Column::Year.is_in(years))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.org_unit_id, row.year), row)).collect())
}
