//! In which order chapters come, and what they hang under.

use entity::planning::plan_section;
use sea_orm::sea_query::Expr;

use crate::domain::listing::{Link, Listed, SortKey, numbering, or_empty, swedish};

impl Listed for plan_section::Entity {
    /// As the plan reads: by number, then by heading.
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<plan_section::Model>> {
        vec![
            SortKey::text(
                numbering(or_empty(Expr::col((Self, plan_section::Column::Number)))),
                |row: &plan_section::Model| row.number.clone().unwrap_or_default(),
            ),
            SortKey::text(
                swedish(Expr::col((Self, plan_section::Column::Heading))),
                |row: &plan_section::Model| row.heading.clone(),
            ),
        ]
    }
}

/// The chapters of a plan.
pub const OF_PLAN: Link = Link {
    name: "sections of plan",
    apply: |_| Expr::col((plan_section::Entity, plan_section::Column::PlanId)),
};
