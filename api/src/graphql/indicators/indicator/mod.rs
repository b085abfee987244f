//! Indicators (indikator, mått).

use std::sync::Arc;

use async_graphql::{Context, ID};
use entity::{indicators::indicator, vocabulary::NodeType};
use macros::object;

pub mod create;
pub mod delete;
pub mod figures;
pub mod query;
pub mod update;

pub use create::IndicatorCreate;
pub use delete::IndicatorDelete;
use figures::Figures;
pub use query::{IndicatorFilter, IndicatorOrder, IndicatorQuery, list};
pub use update::IndicatorUpdate;

use crate::{
    access::policy::Action,
    domain::planning::goal as goals,
    error::Result,
    graphql::{
        id::global,
        page::{self, Connection},
        planning::goal::{self, Goal, GoalFilter, GoalOrder},
        scalar::Decimal,
        tracked::{Guard, TrackedFields},
        vocabulary::{
            EconomyMeasure, IndicatorAggregation, IndicatorCategory, IndicatorDirection, PeriodKind,
        },
    },
};

/// An indicator (indikator, mått).
pub struct Indicator(pub Arc<indicator::Model>);

impl From<indicator::Model> for Indicator {
    fn from(row: indicator::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// What is measured (indikator, mått), defined once for an organisation. With a target it is a measure with a
/// target value (målsatt mått).
#[object]
impl Indicator {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::Indicator, self.0.id)
    }

    /// What people type (kod); unique within its organisation.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name (namn).
    fn name(&self) -> &str {
        &self.0.name
    }

    /// How it is measured (definition), in Markdown.
    fn definition(&self) -> Option<&str> {
        self.0.definition.as_deref()
    }

    /// Which family it belongs to (medarbetare, ekonomi, förvaltningsspecifik).
    fn category(&self) -> IndicatorCategory {
        self.0.category.into()
    }

    /// The unit of measure (enhet): "%", "g/portion", "kr"; empty when it is a plain number.
    fn unit(&self) -> &str {
        &self.0.unit
    }

    /// With how many decimals values are shown (decimaler), 0 to 6; the values themselves are exact.
    fn decimals(&self) -> i32 {
        self.0.decimals
    }

    /// Which way is better (riktning).
    fn direction(&self) -> IndicatorDirection {
        self.0.direction.into()
    }

    /// How outcomes are put together up the unit tree (aggregering).
    fn aggregation(&self) -> IndicatorAggregation {
        self.0.aggregation.into()
    }

    /// For which kinds of period it is measured (mätfrekvens), in the order of the year.
    fn frequency(&self) -> Vec<PeriodKind> {
        self.0.frequency.kinds().into_iter().map(Into::into).collect()
    }

    /// How far from the target is still yellow (tolerans), absolute and in `unit`; 5 % of the target when null.
    fn tolerance(&self) -> Option<Decimal> {
        self.0.tolerance.map(|tolerance| Decimal(tolerance.to_decimal()))
    }

    /// What it is worked out from budgets and their follow-ups as (beräknas ur ekonomin); null when people report it.
    fn computed(&self) -> Option<EconomyMeasure> {
        self.0.computed.map(Into::into)
    }

    /// The goals that it tells about (mål). Errors: BAD_USER_INPUT for an impossible page.
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<GoalFilter>,
        #[graphql(desc = "In which order; by number unless said.")] order_by: Option<GoalOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Goal>> {
        let list = goal::list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, goals::OF_INDICATOR, list).await
    }

    #[graphql(flatten)]
    fn figures(&self) -> Figures<'_> {
        Figures(&self.0)
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(self.0.as_ref(), Guard::Role(Action::Administer, self.0.organisation_id))
    }
}
