//! Scorecards (styrkort).

use std::sync::Arc;

use async_graphql::{Context, SimpleObject};
use entity::{
    indicators::indicator, organisation::org_unit, vocabulary::IndicatorStatus as Status,
};
use macros::object;

pub mod loader;
pub mod row;
pub mod subscription;

pub use row::ScorecardRow;
pub use subscription::ScorecardSubscription;

use self::loader::ScorecardOf;
use crate::{
    domain::{
        indicators::scorecard::{Asked, Row},
        listing::Cut,
        organisation::period::Period as DomainPeriod,
    },
    error::{Error, Result},
    graphql::{
        context::session,
        indicators::indicator::IndicatorFilter,
        organisation::{org_unit::OrgUnit, period::Period},
        page::Connection,
    },
};

/// A unit's scorecard of a period (styrkort).
pub struct Scorecard {
    unit: org_unit::Model,
    period: DomainPeriod,
    rows: Arc<Vec<Row>>,
}

/// How many of a scorecard's indicators have each light.
#[derive(SimpleObject, Clone, Copy, Debug, Default)]
pub struct ScorecardSummary {
    /// How many reach their target (grön).
    pub green: i32,
    /// How many are within the tolerance (gul).
    pub yellow: i32,
    /// How many miss their target (röd).
    pub red: i32,
    /// How many have no value (utfall saknas).
    pub missing: i32,
    /// How many have a value and nothing to hold it against (inget målvärde).
    pub no_target: i32,
    /// How many there are in all.
    pub total: i32,
}

impl Scorecard {
    fn cursor(indicator: &indicator::Model) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(indicator.id)
    }

    /// How many rows are before the page.
    fn skipped(&self, cursor: Option<&str>) -> Result<usize> {
        let Some(cursor) = cursor else { return Ok(0) };
        let at = self.rows.iter().position(|row| Self::cursor(&row.indicator) == cursor);
        at.map(|at| at + 1).ok_or_else(|| {
            Error::BadInput("The cursor is not one of a row that this scorecard has.".to_owned())
        })
    }
}

/// A unit's scorecard of a period.
///
/// # Errors
/// A problem for what is no id.
pub async fn of(
    ctx: &Context<'_>,
    unit: org_unit::Model,
    period: DomainPeriod,
    filter: Option<IndicatorFilter>,
) -> Result<Scorecard> {
    let asked = Asked { period, filter: filter.unwrap_or_default().into() };
    let key = ScorecardOf(unit.id, Arc::new(asked));
    let rows = session(ctx).loader.load_one(key).await?.unwrap_or_default();
    Ok(Scorecard { unit, period, rows })
}

/// What a dashboard shows (styrkort): every indicator of a unit in one period. On it are those that are measured for
/// that kind of period and have a target or an outcome that year, at the unit or below it, or that tell about goals and
/// assignments of the unit's plan.
#[object]
impl Scorecard {
    /// The unit (enhet).
    fn org_unit(&self) -> OrgUnit {
        OrgUnit(self.unit.clone())
    }

    /// The period (period).
    fn period(&self) -> Period {
        Period::new(self.unit.organisation_id, self.period)
    }

    /// How many of all its indicators have each light, whatever page of rows is asked for (sammanfattning).
    async fn summary(&self) -> ScorecardSummary {
        let mut summary = ScorecardSummary::default();
        for row in self.rows.iter() {
            let count = match row.status() {
                Status::Green => &mut summary.green,
                Status::Yellow => &mut summary.yellow,
                Status::Red => &mut summary.red,
                Status::Missing => &mut summary.missing,
                Status::NoTarget => &mut summary.no_target,
            };
            *count += 1;
            summary.total += 1;
        }
        summary
    }

    /// Its rows (rader): those about staff first, then economy, then the specific ones, each by name as Swedish. Errors:
    /// BAD_USER_INPUT for an impossible page.
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<Connection<ScorecardRow>> {
        let cut = Cut::new(first, after, None, None, true)?;
        let skipped = self.skipped(cut.cursor.as_deref())?;
        let size = usize::try_from(cut.size).map_err(Error::internal)?;
        let rows: Vec<(String, ScorecardRow)> = self
            .rows
            .iter()
            .skip(skipped)
            .take(size)
            .map(|row| (Self::cursor(&row.indicator), ScorecardRow(row.clone())))
            .collect();
        session(ctx).spend(rows.len())?;
        let total = self.rows.len();
        let has_next = skipped + rows.len() < total;
        Ok(Connection::new(rows, skipped > 0, has_next, u64::try_from(total).ok()))
    }
}
