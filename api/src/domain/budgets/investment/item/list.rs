//! Which items, in which order, and what they hang under.

use entity::{
    budgets::{investment_item, investment_part},
    organisation::org_unit,
    sight::Sight,
    vocabulary::{InvestmentKind, NodeType},
};
use sea_orm::{
    ColumnTrait as _, Condition, ExprTrait as _,
    sea_query::{Expr, JoinType},
};

use super::place::unit_of;
use crate::{
    domain::{
        indicators::below,
        listing::{Link, Listed, SortKey, swedish},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which items.
#[derive(Clone, Debug, Default)]
pub struct InvestmentItemFilter {
    /// For that unit.
    pub org_unit: Option<String>,
    /// For that unit or one below it.
    pub under: Option<String>,
    /// New, or in place of something old.
    pub kind: Option<InvestmentKind>,
    /// Of that sort.
    pub category: Option<String>,
}

impl InvestmentItemFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        use investment_item::Column;
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(unit_of().eq(id)).add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(id) = &self.under {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all
                .add(unit_of().in_subquery(below::ids([id])))
                .add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(kind) = self.kind {
            all = all.add(Column::Kind.eq(kind));
        }
        match self.category.as_deref() {
            // No stored text has it, and PostgreSQL takes no such text.
            Some(category) if category.contains('\0') => all = all.add(Expr::cust("FALSE")),
            Some(category) => all = all.add(Column::Category.eq(category)),
            None => {}
        }
        Ok(all)
    }
}

/// The orders of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct InvestmentItemOrder {
    /// By what.
    pub field: InvestmentItemOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what items are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InvestmentItemOrderField {
    /// The name, as Swedish.
    #[default]
    Name,
    /// The amount.
    Amount,
}

impl Listed for investment_item::Entity {
    type Order = InvestmentItemOrder;

    fn sort_keys(order: InvestmentItemOrder) -> Vec<SortKey<investment_item::Model>> {
        use investment_item::Column;
        let key = match order.field {
            InvestmentItemOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, Column::Name))),
                |row: &investment_item::Model| row.name.clone(),
            ),
            InvestmentItemOrderField::Amount => SortKey::number(
                Expr::col((Self, Column::Amount)),
                |row: &investment_item::Model| row.amount.0,
            ),
        };
        vec![key.turned(order.descending)]
    }
}

/// The items that count in a budget.
pub const OF_BUDGET: Link = Link {
    name: "items of investment budget",
    apply: |select| {
        let part = |column| (investment_part::Entity, column);
        select.join(
            JoinType::InnerJoin,
            investment_part::Entity,
            Expr::col(part(investment_part::Column::ItemId))
                .equals((investment_item::Entity, investment_item::Column::Id)),
        );
        Expr::col(part(investment_part::Column::BudgetId))
    },
};
