//! Lists of activities.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::planning::activity;

use super::Activity;
use crate::{
    domain::{
        listing::{Cut, List},
        planning::activity as domain,
    },
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
        scalar::Date,
        vocabulary::{ActivityKind, CompetenceCategory, ProgressStatus},
    },
};

/// Which activities. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ActivityFilter {
    /// Of that plan.
    pub plan: Option<ID>,
    /// Done by that unit.
    pub org_unit: Option<ID>,
    /// In plans of that year.
    pub year: Option<i32>,
    /// Under that assignment.
    pub assignment: Option<ID>,
    /// Serving that goal.
    pub goal: Option<ID>,
    /// Of one of these kinds.
    pub kind: Option<Vec<ActivityKind>>,
    /// In one of these states.
    pub status: Option<Vec<ProgressStatus>>,
    /// In one of these competence categories.
    pub competence_category: Option<Vec<CompetenceCategory>>,
    /// Due before that day.
    pub due_before: Option<Date>,
}

impl From<ActivityFilter> for domain::ActivityFilter {
    fn from(filter: ActivityFilter) -> Self {
        let ActivityFilter { plan, org_unit, year, assignment, goal, .. } = filter;
        Self {
            plan: text(plan),
            org_unit: text(org_unit),
            year,
            assignment: text(assignment),
            goal: text(goal),
            kind: filter.kind.map(all),
            status: filter.status.map(all),
            competence_category: filter.competence_category.map(all),
            due_before: filter.due_before.map(Into::into),
        }
    }
}

fn all<T, U: From<T>>(values: Vec<T>) -> Vec<U> {
    values.into_iter().map(Into::into).collect()
}

/// By what activities are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::ActivityOrderField")]
pub enum ActivityOrderField {
    /// The name, sorted as Swedish.
    Name,
    /// The day on which they are due; those without one last.
    DueOn,
}

/// In which order activities come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct ActivityOrder {
    /// By what.
    pub field: ActivityOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<ActivityOrder> for domain::ActivityOrder {
    fn from(order: ActivityOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of activities that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<ActivityFilter>,
    order: Option<ActivityOrder>,
    cut: Cut,
) -> Result<List<activity::Entity>> {
    Ok(List {
        wanted: domain::ActivityFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for activities.
#[derive(Default)]
pub struct ActivityQuery;

#[Object]
impl ActivityQuery {
    /// Activities (aktiviteter) of all plans that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an
    /// impossible page or what is no id.
    async fn activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<ActivityFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<ActivityOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<Activity>>> {
        page::all(ctx, list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?)
            .await
    }
}
