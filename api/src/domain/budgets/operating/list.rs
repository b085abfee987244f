//! Which budgets, in which order, and the order of what has come of their lines.

use entity::{
    budgets::{budget_line_follow_up, operating_budget},
    organisation::org_unit,
    sight::Sight,
    vocabulary::{Currency, NodeType},
};
use sea_orm::{ColumnTrait as _, Condition, sea_query::Expr};

use crate::{
    domain::{
        indicators::below,
        listing::{Link, Listed, SortKey},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which budgets.
#[derive(Clone, Debug, Default)]
pub struct OperatingBudgetFilter {
    /// Of that unit.
    pub org_unit: Option<String>,
    /// Of that unit or one below it.
    pub under: Option<String>,
    /// Of that year.
    pub year: Option<i32>,
    /// In that currency.
    pub currency: Option<Currency>,
}

impl OperatingBudgetFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        use operating_budget::Column;
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(Column::OrgUnitId.eq(id)).add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(id) = &self.under {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(Column::OrgUnitId.in_subquery(below::ids([id]))).add(sees::<
                org_unit::Entity,
            >(
                sight, id
            ));
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

/// The orders of budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OperatingBudgetOrder {
    /// By what.
    pub field: OperatingBudgetOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

impl Default for OperatingBudgetOrder {
    fn default() -> Self {
        Self { field: OperatingBudgetOrderField::Year, descending: true }
    }
}

/// By what budgets are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperatingBudgetOrderField {
    /// The year.
    Year,
}

impl Listed for operating_budget::Entity {
    type Order = OperatingBudgetOrder;

    fn sort_keys(order: OperatingBudgetOrder) -> Vec<SortKey<operating_budget::Model>> {
        let key = match order.field {
            OperatingBudgetOrderField::Year => SortKey::number(
                Expr::col((Self, operating_budget::Column::Year)),
                |row: &operating_budget::Model| i64::from(row.year),
            ),
        };
        vec![key.turned(order.descending)]
    }

    fn unit() -> Option<operating_budget::Column> {
        Some(operating_budget::Column::OrgUnitId)
    }
}

impl Listed for budget_line_follow_up::Entity {
    /// As time goes: by the end of the period, a month before the follow-up that ends with it.
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<budget_line_follow_up::Model>> {
        use budget_line_follow_up::{Column, Model};
        let month =
            SortKey::number(Expr::col((Self, Column::Month)), |row: &Model| i64::from(row.month));
        vec![
            SortKey::number(Expr::col((Self, Column::PeriodOrder)), |row: &Model| {
                i64::from(row.period_order)
            }),
            month.turned(true),
        ]
    }
}

/// What has come of a line.
pub const OF_LINE: Link = Link {
    name: "follow-ups of budget line",
    apply: |_| Expr::col((budget_line_follow_up::Entity, budget_line_follow_up::Column::LineId)),
};
