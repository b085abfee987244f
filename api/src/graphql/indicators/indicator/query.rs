//! An indicator, and lists of them.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{indicators::indicator, vocabulary::NodeType};

use super::Indicator;
use crate::{
    domain::{
        access::external_ref,
        indicators::indicator as domain,
        listing::{Cut, List},
        reference::key_of,
    },
    error::Result,
    graphql::{
        access::external_ref::ExternalRefInput,
        context::session,
        direct::Row,
        id::{text, texts},
        loader::ById,
        page::{self, Connection, OrderDirection},
        vocabulary::{IndicatorCategory, PeriodKind},
    },
};

/// Names an indicator.
#[derive(OneofObject, Clone, Debug)]
pub enum IndicatorBy {
    /// By its id.
    Id(ID),
    /// By its code, when only one organisation that the caller sees uses it.
    Code(String),
    /// By the id that another system knows it by.
    External(ExternalRefInput),
}

/// Which indicators. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct IndicatorFilter {
    /// These; at most 1,000.
    pub ids: Option<Vec<ID>>,
    /// With that code.
    pub code: Option<String>,
    /// Of that family.
    pub category: Option<IndicatorCategory>,
    /// Of the organisation of that unit.
    pub org_unit: Option<ID>,
    /// Telling about that goal.
    pub goal: Option<ID>,
    /// Telling about that assignment.
    pub assignment: Option<ID>,
    /// Telling about a goal or an assignment of that plan, or with a target for the plan's unit and year.
    pub plan: Option<ID>,
    /// Measured for that kind of period.
    pub frequency: Option<PeriodKind>,
}

impl From<IndicatorFilter> for domain::IndicatorFilter {
    fn from(filter: IndicatorFilter) -> Self {
        let IndicatorFilter { ids, code, category, org_unit, goal, assignment, plan, frequency } =
            filter;
        Self {
            ids: ids.map(texts),
            code,
            category: category.map(Into::into),
            org_unit: text(org_unit),
            goal: text(goal),
            assignment: text(assignment),
            plan: text(plan),
            frequency: frequency.map(Into::into),
        }
    }
}

/// By what indicators are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::IndicatorOrderField")]
pub enum IndicatorOrderField {
    /// The name, sorted as Swedish.
    Name,
    /// The code, its numbers as numbers: M2 before M10.
    Code,
}

/// In which order indicators come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct IndicatorOrder {
    /// By what.
    pub field: IndicatorOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<IndicatorOrder> for domain::IndicatorOrder {
    fn from(order: IndicatorOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of indicators that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<IndicatorFilter>,
    order: Option<IndicatorOrder>,
    cut: Cut,
) -> Result<List<indicator::Entity>> {
    let filter = domain::IndicatorFilter::from(filter.unwrap_or_default());
    Ok(List {
        wanted: filter.condition(session(ctx).viewer.sight()?)?.into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for indicators.
#[derive(Default)]
pub struct IndicatorQuery;

#[Object]
impl IndicatorQuery {
    /// An indicator (indikator); null when there is none that the caller sees. Errors: UNAUTHENTICATED;
    /// BAD_USER_INPUT for what is no id, or for a code that several organisations use.
    async fn indicator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicator.")] by: IndicatorBy,
    ) -> Result<Option<Row<Indicator>>> {
        let session = session(ctx);
        let (connection, sight) = (session.db.reader(), session.viewer.sight()?);
        let found = match by {
            IndicatorBy::Id(id) => {
                let id = key_of(NodeType::Indicator, &id)?;
                session.loader.load_one(ById::<indicator::Entity>::new(id)).await?
            }
            IndicatorBy::Code(code) => domain::by_code(connection, sight, &code).await?,
            IndicatorBy::External(ExternalRefInput { source, external_id }) => {
                external_ref::find::<indicator::Entity>(connection, sight, &source, &external_id)
                    .await?
            }
        };
        Ok(found.map(|found| Row(found.into())))
    }

    /// Indicators (indikatorer, mått) of the organisations that the caller sees. Errors: UNAUTHENTICATED;
    /// BAD_USER_INPUT for an impossible page or what is no id.
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<IndicatorFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<IndicatorOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<Indicator>>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::all(ctx, list(ctx, filter, order_by, cut)?).await
    }
}
