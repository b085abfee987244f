//! The changes of a budget's frame, the latest decided first.

use entity::budgets::frame_change;
use sea_orm::sea_query::Expr;

use crate::domain::listing::{Link, Listed, SortKey};

impl Listed for frame_change::Entity {
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<frame_change::Model>> {
        let decided_on = Expr::col((Self, frame_change::Column::DecidedOn));
        vec![SortKey::date(decided_on, |row: &frame_change::Model| row.decided_on).turned(true)]
    }
}

/// The changes of a budget's frame.
pub const OF_BUDGET: Link = Link {
    name: "changes of investment frame",
    apply: |_| Expr::col((frame_change::Entity, frame_change::Column::BudgetId)),
};
