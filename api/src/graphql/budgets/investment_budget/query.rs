//! Lists of investment budgets.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::budgets::investment_budget;

use super::InvestmentBudget;
use crate::{
    domain::{
        budgets::investment::budget as domain,
        listing::{Cut, List},
    },
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
        vocabulary::Currency,
    },
};

/// Which investment budgets. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct InvestmentBudgetFilter {
    /// Of that unit.
    pub org_unit: Option<ID>,
    /// Of that unit or one below it.
    pub under: Option<ID>,
    /// Of that year.
    pub year: Option<i32>,
    /// In that currency.
    pub currency: Option<Currency>,
}

impl From<InvestmentBudgetFilter> for domain::InvestmentBudgetFilter {
    fn from(filter: InvestmentBudgetFilter) -> Self {
        let InvestmentBudgetFilter { org_unit, under, year, currency } = filter;
        Self {
            org_unit: text(org_unit),
            under: text(under),
            year,
            currency: currency.map(Into::into),
        }
    }
}

/// By what investment budgets are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvestmentBudgetOrderField {
    /// The year.
    Year,
}

/// In which order investment budgets come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct InvestmentBudgetOrder {
    /// By what.
    pub field: InvestmentBudgetOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<InvestmentBudgetOrder> for domain::InvestmentBudgetOrder {
    fn from(order: InvestmentBudgetOrder) -> Self {
        let InvestmentBudgetOrder { field: InvestmentBudgetOrderField::Year, direction } = order;
        Self { descending: direction.is_descending() }
    }
}

/// The list of investment budgets that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<InvestmentBudgetFilter>,
    order: Option<InvestmentBudgetOrder>,
    cut: Cut,
) -> Result<List<investment_budget::Entity>> {
    Ok(List {
        wanted: domain::InvestmentBudgetFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for investment budgets.
#[derive(Default)]
pub struct InvestmentBudgetQuery;

#[Object]
impl InvestmentBudgetQuery {
    /// Investment budgets (investeringsbudgetar) that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an
    /// impossible page or what is no id.
    async fn investment_budgets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<InvestmentBudgetFilter>,
        #[graphql(desc = "In which order; the latest year first unless said.")] order_by: Option<
            InvestmentBudgetOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<InvestmentBudget>>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::all(ctx, list(ctx, filter, order_by, cut)?).await
    }
}
