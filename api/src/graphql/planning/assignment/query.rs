//! Lists of assignments.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::planning::assignment;

use super::Assignment;
use crate::{
    domain::{
        listing::{Cut, List},
        planning::assignment as domain,
    },
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
        scalar::Date,
        vocabulary::ProgressStatus,
    },
};

/// Which assignments. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AssignmentFilter {
    /// Of that plan.
    pub plan: Option<ID>,
    /// Under that focus area: right under it, or under one of its goals.
    pub focus_area: Option<ID>,
    /// Under that goal.
    pub goal: Option<ID>,
    /// Parts of that assignment.
    pub parent: Option<ID>,
    /// In plans of that unit.
    pub org_unit: Option<ID>,
    /// In plans of that year.
    pub year: Option<i32>,
    /// In one of these states.
    pub status: Option<Vec<ProgressStatus>>,
    /// Ending before that day.
    pub ends_before: Option<Date>,
}

impl From<AssignmentFilter> for domain::AssignmentFilter {
    fn from(filter: AssignmentFilter) -> Self {
        let AssignmentFilter { plan, focus_area, goal, parent, org_unit, year, .. } = filter;
        Self {
            plan: text(plan),
            focus_area: text(focus_area),
            goal: text(goal),
            parent: text(parent),
            org_unit: text(org_unit),
            year,
            status: filter.status.map(|status| status.into_iter().map(Into::into).collect()),
            ends_before: filter.ends_before.map(Into::into),
        }
    }
}

/// By what assignments are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::AssignmentOrderField")]
pub enum AssignmentOrderField {
    /// The number as numbers: 7.2 before 7.10; those without one first.
    Number,
    /// The name, sorted as Swedish.
    Name,
    /// The last day; those without one last.
    EndsOn,
}

/// In which order assignments come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct AssignmentOrder {
    /// By what.
    pub field: AssignmentOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<AssignmentOrder> for domain::AssignmentOrder {
    fn from(order: AssignmentOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of assignments that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<AssignmentFilter>,
    order: Option<AssignmentOrder>,
    cut: Cut,
) -> Result<List<assignment::Entity>> {
    Ok(List {
        wanted: domain::AssignmentFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for assignments.
#[derive(Default)]
pub struct AssignmentQuery;

#[Object]
impl AssignmentQuery {
    /// Assignments (uppdrag) of all plans that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an
    /// impossible page or what is no id.
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<AssignmentFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<
            AssignmentOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<Assignment>>> {
        page::all(ctx, list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?)
            .await
    }
}
