//! Lists of outcomes.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::indicators::outcome;

use super::Outcome;
use crate::{
    domain::{
        indicators::outcome as domain,
        listing::{Cut, List},
    },
    error::Result,
    graphql::{
        context::session,
        direct::Row,
        id::{text, texts},
        page::{self, Connection, OrderDirection},
        vocabulary::{Gender, MissingReason, OutcomeState, PeriodKind},
    },
};

/// Which outcomes. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OutcomeFilter {
    /// Of that indicator.
    pub indicator: Option<ID>,
    /// Of one of these indicators; at most 1,000.
    pub indicators: Option<Vec<ID>>,
    /// Of that unit.
    pub org_unit: Option<ID>,
    /// Of that unit or one below it.
    pub under: Option<ID>,
    /// Of that year.
    pub year: Option<i32>,
    /// Of that kind of period.
    pub kind: Option<PeriodKind>,
    /// Of that month, 1 to 12; only months.
    pub month: Option<i32>,
    /// About them.
    pub gender: Option<Gender>,
    /// Preliminary or confirmed.
    pub state: Option<OutcomeState>,
    /// True: without a value that the caller may see; false: with one.
    pub missing: Option<bool>,
    /// Missing for one of these reasons, as the caller sees it.
    pub missing_reason: Option<Vec<MissingReason>>,
}

impl From<OutcomeFilter> for domain::OutcomeFilter {
    fn from(filter: OutcomeFilter) -> Self {
        let OutcomeFilter {
            indicator,
            indicators,
            org_unit,
            under,
            year,
            kind,
            month,
            gender,
            state,
            missing,
            missing_reason,
        } = filter;
        Self {
            indicator: text(indicator),
            indicators: indicators.map(texts),
            org_unit: text(org_unit),
            under: text(under),
            year,
            kind: kind.map(Into::into),
            month,
            gender: gender.map(Into::into),
            state: state.map(Into::into),
            missing,
            missing_reason: missing_reason
                .map(|reasons| reasons.into_iter().map(Into::into).collect()),
        }
    }
}

/// By what outcomes are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::OutcomeOrderField")]
pub enum OutcomeOrderField {
    /// The period; a follow-up stands where it normally ends.
    Period,
    /// The value; missing and confidential ones, and those that would give such away, are the lowest for everybody.
    Value,
}

/// In which order outcomes come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct OutcomeOrder {
    /// By what.
    pub field: OutcomeOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<OutcomeOrder> for domain::OutcomeOrder {
    fn from(order: OutcomeOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of outcomes that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<OutcomeFilter>,
    order: Option<OutcomeOrder>,
    cut: Cut,
) -> Result<List<outcome::Entity>> {
    let filter = domain::OutcomeFilter::from(filter.unwrap_or_default());
    let session = session(ctx);
    let backend = session.db.backend();
    Ok(List {
        wanted: filter.wanted(backend, session.viewer.sight()?)?,
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for outcomes.
#[derive(Default)]
pub struct OutcomeQuery;

#[Object]
impl OutcomeQuery {
    /// Outcomes (utfall) that somebody has reported and the caller sees; what is put together from the units below is
    /// asked for by unit and period. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an impossible page or what is no id.
    async fn outcomes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<OutcomeFilter>,
        #[graphql(desc = "In which order; the latest period first unless said.")] order_by: Option<
            OutcomeOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<Outcome>>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::all(ctx, list(ctx, filter, order_by, cut)?).await
    }
}
