//! Lists of targets.

use async_graphql::{Context, Enum, ID, InputObject};
use entity::indicators::target;

use crate::{
    domain::{
        indicators::target as domain,
        listing::{Cut, List},
    },
    error::Result,
    graphql::{context::session, id::text, page::OrderDirection, vocabulary::DecisionLevel},
};

/// Which targets. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TargetFilter {
    /// Of that unit.
    pub org_unit: Option<ID>,
    /// Of that unit or one below it.
    pub under: Option<ID>,
    /// Of that year.
    pub year: Option<i32>,
    /// Decided there.
    pub decided_at: Option<DecisionLevel>,
}

impl From<TargetFilter> for domain::TargetFilter {
    fn from(filter: TargetFilter) -> Self {
        let TargetFilter { org_unit, under, year, decided_at } = filter;
        Self {
            org_unit: text(org_unit),
            under: text(under),
            year,
            decided_at: decided_at.map(Into::into),
        }
    }
}

/// By what targets are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::TargetOrderField")]
pub enum TargetOrderField {
    /// The year.
    Year,
    /// The value.
    Value,
}

/// In which order targets come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct TargetOrder {
    /// By what.
    pub field: TargetOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<TargetOrder> for domain::TargetOrder {
    fn from(order: TargetOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of targets that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<TargetFilter>,
    order: Option<TargetOrder>,
    cut: Cut,
) -> Result<List<target::Entity>> {
    Ok(List {
        wanted: domain::TargetFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}
