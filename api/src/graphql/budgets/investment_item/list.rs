//! Lists of items.

use async_graphql::{Context, Enum, ID, InputObject};
use entity::budgets::investment_item;

use crate::{
    domain::{
        budgets::investment::item as domain,
        listing::{Cut, List},
    },
    error::Result,
    graphql::{context::session, id::text, page::OrderDirection, vocabulary::InvestmentKind},
};

/// Which items. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct InvestmentItemFilter {
    /// For that unit.
    pub org_unit: Option<ID>,
    /// For that unit or one below it.
    pub under: Option<ID>,
    /// New, or in place of something old.
    pub kind: Option<InvestmentKind>,
    /// Of exactly that category.
    pub category: Option<String>,
}

impl From<InvestmentItemFilter> for domain::InvestmentItemFilter {
    fn from(filter: InvestmentItemFilter) -> Self {
        let InvestmentItemFilter { org_unit, under, kind, category } = filter;
        Self { org_unit: text(org_unit), under: text(under), kind: kind.map(Into::into), category }
    }
}

/// By what items are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::InvestmentItemOrderField")]
pub enum InvestmentItemOrderField {
    /// The name, sorted as Swedish.
    Name,
    /// The amount of the budget's year.
    Amount,
}

/// In which order items come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct InvestmentItemOrder {
    /// By what.
    pub field: InvestmentItemOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<InvestmentItemOrder> for domain::InvestmentItemOrder {
    fn from(order: InvestmentItemOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of items that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<InvestmentItemFilter>,
    order: Option<InvestmentItemOrder>,
    cut: Cut,
) -> Result<List<investment_item::Entity>> {
    Ok(List {
        wanted: domain::InvestmentItemFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}
