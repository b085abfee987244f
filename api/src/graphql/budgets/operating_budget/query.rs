//! Lists of operating budgets.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::budgets::operating_budget;

use super::OperatingBudget;
use crate::{
    domain::{budgets::operating as domain, listing::List},
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
        vocabulary::Currency,
    },
};

/// Which operating budgets. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OperatingBudgetFilter {
    /// Of that unit.
    pub org_unit: Option<ID>,
    /// Of that unit or one below it.
    pub under: Option<ID>,
    /// Of that year.
    pub year: Option<i32>,
    /// In that currency.
    pub currency: Option<Currency>,
}

impl From<OperatingBudgetFilter> for domain::OperatingBudgetFilter {
    fn from(filter: OperatingBudgetFilter) -> Self {
        let OperatingBudgetFilter { org_unit, under, year, currency } = filter;
        Self {
            org_unit: text(org_unit),
            under: text(under),
            year,
            currency: currency.map(Into::into),
        }
    }
}

/// By what operating budgets are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::OperatingBudgetOrderField")]
pub enum OperatingBudgetOrderField {
    /// The year.
    Year,
}

/// In which order operating budgets come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct OperatingBudgetOrder {
    /// By what.
    pub field: OperatingBudgetOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<OperatingBudgetOrder> for domain::OperatingBudgetOrder {
    fn from(order: OperatingBudgetOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// Queries for operating budgets.
#[derive(Default)]
pub struct OperatingBudgetQuery;

#[Object]
impl OperatingBudgetQuery {
    /// Operating budgets (driftbudgetar) that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an impossible
    /// page or what is no id.
    async fn operating_budgets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<OperatingBudgetFilter>,
        #[graphql(desc = "In which order; the latest year first unless said.")] order_by: Option<
            OperatingBudgetOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<OperatingBudget>>> {
        let list: List<operating_budget::Entity> = List {
            wanted: domain::OperatingBudgetFilter::from(filter.unwrap_or_default())
                .condition(session(ctx).viewer.sight()?)?
                .into(),
            order: order_by.map(Into::into).unwrap_or_default(),
            cut: page::cut(ctx, first, after, last, before)?,
        };
        page::all(ctx, list).await
    }
}
