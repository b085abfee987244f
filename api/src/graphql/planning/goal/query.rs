//! Lists of goals.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::planning::goal;

use super::Goal;
use crate::{
    domain::{
        listing::{Cut, List},
        planning::goal as domain,
    },
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
    },
};

/// Which goals. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct GoalFilter {
    /// Of that plan.
    pub plan: Option<ID>,
    /// Under that focus area.
    pub focus_area: Option<ID>,
    /// Breaking down that goal.
    pub parent: Option<ID>,
    /// In plans of that unit.
    pub org_unit: Option<ID>,
    /// In plans of that year.
    pub year: Option<i32>,
}

impl From<GoalFilter> for domain::GoalFilter {
    fn from(filter: GoalFilter) -> Self {
        let GoalFilter { plan, focus_area, parent, org_unit, year } = filter;
        Self {
            plan: text(plan),
            focus_area: text(focus_area),
            parent: text(parent),
            org_unit: text(org_unit),
            year,
        }
    }
}

/// By what goals are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::GoalOrderField")]
pub enum GoalOrderField {
    /// The number as numbers: 7.2 before 7.10; those without one first.
    Number,
    /// The name, sorted as Swedish.
    Name,
}

/// In which order goals come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct GoalOrder {
    /// By what.
    pub field: GoalOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<GoalOrder> for domain::GoalOrder {
    fn from(order: GoalOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of goals that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<GoalFilter>,
    order: Option<GoalOrder>,
    cut: Cut,
) -> Result<List<goal::Entity>> {
    Ok(List {
        wanted: domain::GoalFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for goals.
#[derive(Default)]
pub struct GoalQuery;

#[Object]
impl GoalQuery {
    /// Goals (mål) of all plans that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an impossible
    /// page or what is no id.
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<GoalFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<GoalOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<Goal>>> {
        page::all(ctx, list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?)
            .await
    }
}
