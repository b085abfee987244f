//! Lists of reports.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::follow_up::report;

use super::FollowUpReport;
use crate::{
    domain::{
        follow_up::report as domain,
        listing::{Cut, List},
    },
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::text,
        page::{self, Connection, OrderDirection},
        vocabulary::{PeriodKind, ReportStatus},
    },
};

/// Which reports. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ReportFilter {
    /// Of that unit.
    pub org_unit: Option<ID>,
    /// Of that unit or one below it.
    pub under: Option<ID>,
    /// Of that plan.
    pub plan: Option<ID>,
    /// Of that year.
    pub year: Option<i32>,
    /// Of that kind of period.
    pub kind: Option<PeriodKind>,
    /// In one of these states.
    pub status: Option<Vec<ReportStatus>>,
}

impl From<ReportFilter> for domain::ReportFilter {
    fn from(filter: ReportFilter) -> Self {
        let ReportFilter { org_unit, under, plan, year, kind, status } = filter;
        Self {
            org_unit: text(org_unit),
            under: text(under),
            plan: text(plan),
            year,
            kind: kind.map(Into::into),
            status: status.map(|status| status.into_iter().map(Into::into).collect()),
        }
    }
}

/// By what reports are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::ReportOrderField")]
pub enum ReportOrderField {
    /// The period: by where it normally ends, UR1, UR2, AR, year by year.
    Period,
}

/// In which order reports come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct ReportOrder {
    /// By what.
    pub field: ReportOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<ReportOrder> for domain::ReportOrder {
    fn from(order: ReportOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of reports that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<ReportFilter>,
    order: Option<ReportOrder>,
    cut: Cut,
) -> Result<List<report::Entity>> {
    Ok(List {
        wanted: domain::ReportFilter::from(filter.unwrap_or_default())
            .condition(session(ctx).viewer.sight()?)?
            .into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for reports.
#[derive(Default)]
pub struct ReportQuery;

#[Object]
impl ReportQuery {
    /// Follow-up reports (uppföljningsrapporter): approved ones, and drafts where the caller sees drafts. Errors:
    /// UNAUTHENTICATED; BAD_USER_INPUT for an impossible page or what is no id.
    async fn follow_up_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<ReportFilter>,
        #[graphql(desc = "In which order; the latest period first unless said.")] order_by: Option<
            ReportOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<FollowUpReport>>> {
        page::all(ctx, list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?)
            .await
    }
}
