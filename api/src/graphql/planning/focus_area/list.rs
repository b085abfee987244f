//! Lists of focus areas.

use async_graphql::{Enum, InputObject};
use entity::planning::focus_area;

use crate::{
    domain::{
        listing::{Cut, List},
        planning::focus_area as domain,
    },
    graphql::{page::OrderDirection, vocabulary::FocusAreaOrigin},
};

/// Which focus areas. All that is given must hold.
#[derive(InputObject, Clone, Copy, Debug, Default)]
pub struct FocusAreaFilter {
    /// The council's, or the plan's own.
    pub origin: Option<FocusAreaOrigin>,
}

impl From<FocusAreaFilter> for domain::FocusAreaFilter {
    fn from(filter: FocusAreaFilter) -> Self {
        let FocusAreaFilter { origin } = filter;
        Self { origin: origin.map(Into::into) }
    }
}

/// By what focus areas are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::FocusAreaOrderField")]
pub enum FocusAreaOrderField {
    /// The number as numbers: 7.2 before 7.10; those without one first.
    Number,
    /// The name, sorted as Swedish.
    Name,
}

/// In which order focus areas come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct FocusAreaOrder {
    /// By what.
    pub field: FocusAreaOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<FocusAreaOrder> for domain::FocusAreaOrder {
    fn from(order: FocusAreaOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of focus areas that a field's arguments ask for.
pub fn list(
    filter: Option<FocusAreaFilter>,
    order: Option<FocusAreaOrder>,
    cut: Cut,
) -> List<focus_area::Entity> {
    List {
        wanted: domain::FocusAreaFilter::from(filter.unwrap_or_default()).condition().into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    }
}
