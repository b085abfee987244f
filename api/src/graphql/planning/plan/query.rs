//! Lists of plans, and one plan by what it is known by.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::planning::plan;

use super::Plan;
use crate::{
    domain::{
        listing::{Cut, List},
        planning::plan as domain,
    },
    error::Result,
    graphql::{
        access::external_ref::ExternalRefInput,
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
        vocabulary::PlanStatus,
    },
};

/// Names one plan: by its id, by its unit and year, or by the id that another system knows it by.
#[derive(OneofObject, Clone, Debug)]
pub enum PlanBy {
    /// By its global id.
    Id(ID),
    /// By its unit and year: there is at most one.
    OrgUnitYear(OrgUnitYearInput),
    /// By the id that another system knows it by.
    External(ExternalRefInput),
}

/// A unit and a year.
#[derive(InputObject, Clone, Debug)]
pub struct OrgUnitYearInput {
    /// The unit.
    pub org_unit: ID,
    /// The calendar year.
    pub year: i32,
}

impl From<PlanBy> for domain::PlanBy {
    fn from(by: PlanBy) -> Self {
        match by {
            PlanBy::Id(id) => Self::Id(id.0),
            PlanBy::OrgUnitYear(OrgUnitYearInput { org_unit, year }) => {
                Self::OrgUnitYear { org_unit: org_unit.0, year }
            }
            PlanBy::External(ExternalRefInput { source, external_id }) => {
                Self::External { source, external_id }
            }
        }
    }
}

/// Which plans. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct PlanFilter {
    /// Of that unit.
    pub org_unit: Option<ID>,
    /// Of that year.
    pub year: Option<i32>,
    /// In one of these states.
    pub status: Option<Vec<PlanStatus>>,
    /// Based on that plan.
    pub based_on: Option<ID>,
}

impl From<PlanFilter> for domain::PlanFilter {
    fn from(filter: PlanFilter) -> Self {
        let PlanFilter { org_unit, year, status, based_on } = filter;
        Self {
            org_unit: text(org_unit),
            year,
            status: status.map(|status| status.into_iter().map(Into::into).collect()),
            based_on: text(based_on),
        }
    }
}

/// By what plans are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::PlanOrderField")]
pub enum PlanOrderField {
    /// The year.
    Year,
    /// The title, sorted as Swedish.
    Title,
}

/// In which order plans come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct PlanOrder {
    /// By what.
    pub field: PlanOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<PlanOrder> for domain::PlanOrder {
    fn from(order: PlanOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of plans that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<PlanFilter>,
    order: Option<PlanOrder>,
    cut: Cut,
) -> Result<List<plan::Entity>> {
    Ok(List {
        wanted: domain::PlanFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for plans.
#[derive(Default)]
pub struct PlanQuery;

#[Object]
impl PlanQuery {
    /// One plan (verksamhetsplan); null when there is none that the caller sees. Errors: UNAUTHENTICATED;
    /// BAD_USER_INPUT for what is no id, or an external id that several organisations use.
    async fn plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is known by.")] by: PlanBy,
    ) -> Result<Option<Row<Plan>>> {
        let session = session(ctx);
        let sight = session.viewer.sight()?;
        Ok(domain::find(session.db.reader(), sight, &by.into())
            .await?
            .map(|found| Row(Plan(found))))
    }

    /// Plans (verksamhetsplaner) of all units that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an
    /// impossible page or what is no id.
    async fn plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<PlanFilter>,
        #[graphql(desc = "In which order; the latest year first unless said.")] order_by: Option<
            PlanOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<Plan>>> {
        page::all(ctx, list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?)
            .await
    }
}
