//! The transfers of a budget, the latest decided first.

use entity::budgets::investment_transfer;
use sea_orm::sea_query::Expr;

use crate::domain::listing::{Link, Listed, SortKey};

impl Listed for investment_transfer::Entity {
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<investment_transfer::Model>> {
        let decided_on = Expr::col((Self, investment_transfer::Column::DecidedOn));
        vec![
            SortKey::date(decided_on, |row: &investment_transfer::Model| row.decided_on)
                .turned(true),
        ]
    }
}

/// The transfers between the items of a budget.
pub const OF_BUDGET: Link = Link {
    name: "transfers of investment budget",
    apply: |_| Expr::col((investment_transfer::Entity, investment_transfer::Column::BudgetId)),
};
