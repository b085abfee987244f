//! Which focus areas, in which order, and what they hang under.

use entity::{
    planning::{focus_area, plan_basis},
    vocabulary::FocusAreaOrigin,
};
use sea_orm::{
    ColumnTrait as _, Condition, ExprTrait as _,
    sea_query::{Expr, JoinType},
};

use crate::domain::listing::{Link, Listed, SortKey, numbering, or_empty, swedish};

/// Which focus areas.
#[derive(Clone, Debug, Default)]
pub struct FocusAreaFilter {
    /// Set by the council, or the plan's own.
    pub origin: Option<FocusAreaOrigin>,
}

impl FocusAreaFilter {
    /// The filter in SQL.
    #[must_use]
    pub fn condition(&self) -> Condition {
        let origin = self.origin.map(|origin| focus_area::Column::Origin.eq(origin));
        Condition::all().add_option(origin)
    }
}

/// The orders of focus areas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FocusAreaOrder {
    /// By what.
    pub field: FocusAreaOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what focus areas are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FocusAreaOrderField {
    /// The number, 7.2 before 7.10.
    #[default]
    Number,
    /// The name, as Swedish.
    Name,
}

impl Listed for focus_area::Entity {
    type Order = FocusAreaOrder;

    fn sort_keys(order: FocusAreaOrder) -> Vec<SortKey<focus_area::Model>> {
        let key = match order.field {
            FocusAreaOrderField::Number => SortKey::text(
                numbering(or_empty(Expr::col((Self, focus_area::Column::Number)))),
                |row: &focus_area::Model| row.number.clone().unwrap_or_default(),
            ),
            FocusAreaOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, focus_area::Column::Name))),
                |row: &focus_area::Model| row.name.clone(),
            ),
        };
        vec![key.turned(order.descending)]
    }
}

/// The focus areas that a plan works with: its own, and the council's of the plans that it answers.
pub const OF_PLAN: Link = Link {
    name: "focus areas of plan",
    apply: |select| {
        let basis = |column: plan_basis::Column| Expr::col((plan_basis::Entity, column));
        select
            .join(
                JoinType::InnerJoin,
                plan_basis::Entity,
                basis(plan_basis::Column::BasisId)
                    .equals((focus_area::Entity, focus_area::Column::PlanId)),
            )
            .and_where(
                basis(plan_basis::Column::Depth)
                    .eq(0)
                    .or(focus_area::Column::Origin.eq(FocusAreaOrigin::Council)),
            );
        basis(plan_basis::Column::PlanId)
    },
};
