//! What the economy came to when a report was approved: budgets that change later do not change it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    budgets::economy_decision,
    follow_up::report,
    money::Hundredths,
    sight::{Reach, Sight},
    vocabulary::{Currency, EconomyMeasure, MissingReason, OutcomeOrigin, PeriodKind},
};
use rust_decimal::Decimal;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult as _,
    IntoActiveModel as _, QueryFilter as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, JoinType},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    load::{Economy, EconomyKey, load},
    own::Said,
    rule::{Flows, Operated},
};
use crate::{
    domain::{
        budgets::investment::follow_ups,
        fetch::among,
        follow_up::report::period_of,
        organisation::{cycle::Cycle, cycle_store, period::Period},
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// What was decided of a unit's economy in a period.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Of the operating budget.
    pub operated: Said<Operated>,
    /// The measures, its own or put together from below.
    pub measures: HashMap<EconomyMeasure, Economy>,
    /// When the last of it had changed.
    pub at: DateTime<Utc>,
}

/// What was decided at these units in these periods, for those who see what is published there: one statement.
pub(super) async fn of(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &HashSet<Uuid>,
    periods: &HashSet<Period>,
) -> Result<HashMap<(Uuid, Period), Decided>> {
    let years: HashSet<i32> = periods.iter().map(Period::year).collect();
    let unit = (report::Entity, report::Column::OrgUnitId);
    let mut select = economy_decision::Entity::find().into_query();
    select
        .columns([
            (report::Entity, report::Column::OrgUnitId),
            (report::Entity, report::Column::Year),
            (report::Entity, report::Column::Kind),
        ])
        .join(
            JoinType::InnerJoin,
            report::Entity,
            Expr::col((report::Entity, report::Column::Id))
                .equals((economy_decision::Entity, economy_decision::Column::ReportId)),
        )
        .and_where(among(connection.get_database_backend(), Expr::col(unit), units.iter().copied()))
        .and_where(Expr::col((report::Entity, report::Column::Year)).is_in(years))
        .and_where(sight.row_by_row().published.units(unit));
    let mut found = HashMap::new();
    for row in connection.query_all(&select).await? {
        let kind: String = row.try_get("", "kind")?;
        let kind = PeriodKind::parse(&kind).ok_or_else(|| Error::internal("no such period"))?;
        let period = Period::new(row.try_get("", "year")?, kind, None).map_err(Error::internal)?;
        let decided = read(&economy_decision::Model::from_query_result(&row, "")?)?;
        found.insert((row.try_get("", "org_unit_id")?, period), decided);
    }
    Ok(found)
}

fn read(row: &economy_decision::Model) -> Result<Decided> {
    let flows = |revenue: Option<Hundredths>, cost: Option<Hundredths>| {
        Some(Flows { revenue: revenue?.0.into(), cost: cost?.0.into() })
    };
    let operated = || {
        Some(Operated {
            currency: row.currency?,
            months: u32::try_from(row.months).ok()?,
            budget: flows(row.budget_revenue, row.budget_cost)?,
            outcome: flows(row.revenue, row.cost)?,
            forecast: flows(row.forecast_revenue, row.forecast_cost)?,
            previous: flows(row.previous_revenue, row.previous_cost),
        })
    };
    let operated = match operated() {
        Some(operated) => Said::All(operated),
        None if row.partly => Said::Partly,
        None => Said::Nothing,
    };
    let kept: HashMap<EconomyMeasure, Kept> =
        serde_json::from_str(&row.measures).map_err(Error::internal)?;
    let measures = kept.into_iter().map(|(measure, kept)| (measure, kept.at(row.at)));
    Ok(Decided { operated, measures: measures.collect(), at: row.at })
}

/// A measure as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    value: Option<String>,
    currency: Option<Currency>,
    missing: Option<MissingReason>,
    coverage: Option<(u32, u32)>,
    origin: OutcomeOrigin,
    preliminary: bool,
}

impl Kept {
    fn of(economy: &Economy) -> Self {
        let Economy { value, currency, missing, coverage, origin, preliminary, at: _ } = *economy;
        let value = value.map(|value| value.normalize().to_string());
        // What the unit itself has said is approved now.
        let preliminary = preliminary && origin != OutcomeOrigin::Computed;
        Self { value, currency, missing, coverage, origin, preliminary }
    }

    fn at(self, at: DateTime<Utc>) -> Economy {
        let Self { value, currency, missing, coverage, origin, preliminary } = self;
        let value = value.and_then(|value| Decimal::from_str_exact(&value).ok());
        Economy { value, currency, missing, coverage, origin, preliminary, at }
    }
}

/// Somebody who reads what is published at a unit and below it: what is decided is public.
fn reader_of(unit: Uuid) -> Sight {
    Sight { drafts: Reach::Under(Vec::new()), ..Sight::at(unit) }
}

/// Keeps what the economy of a report's unit comes to in its period, now that it is approved.
///
/// # Errors
/// Whatever the database says.
pub async fn settle(write: &Write, scope: &Scope, report: &report::Model) -> Result<()> {
    let (connection, period) = (write.connection(), period_of(report)?);
    let sight = reader_of(report.org_unit_id);
    let key = EconomyKey { unit: report.org_unit_id, period };
    let economies = load(connection, &sight, &[key]).await?;
    // What the unit has followed up itself it publishes now, also against a year that it never reported here.
    let itself = load(connection, &Sight::at(report.org_unit_id), &[key]).await?;
    let of = |measure| match measure {
        EconomyMeasure::ForecastInvestmentDeviation => economies.measure(key, measure, false),
        _ => itself.measure(key, measure, true).or_else(|| economies.measure(key, measure, false)),
    };
    let measure = |measure| Some((measure, Kept::of(&of(measure)?)));
    let measures: HashMap<EconomyMeasure, Kept> =
        EconomyMeasure::ALL.iter().copied().filter_map(measure).collect();
    if measures.is_empty() && itself.own(key).is_none() {
        return Ok(());
    }
    let own = itself.own(key).copied().unwrap_or_default();
    let operated = match own.operated {
        Said::All(operated) => Some(operated),
        Said::Nothing | Said::Partly => None,
    };
    let invested = match economies.invested(key) {
        Some(budget) => {
            follow_ups(connection, &sight, &[(budget, period)]).await?.into_values().next()
        }
        None => None,
    };
    let settings = cycle_store::settings(connection, &sight, &[scope.organisation_id]).await?;
    let settings = settings.get(&scope.organisation_id).map_or(&[][..], |all| all.as_slice());
    let months = period.months(&Cycle::of(period.year(), settings));
    let of_flows = |flows: fn(&Operated) -> Option<Flows>, side: fn(Flows) -> i128| {
        kept(operated.as_ref().and_then(flows).map(side))
    };
    let count = |count: u32| i32::try_from(count).map_err(Error::internal);
    let row = economy_decision::Model {
        report_id: report.id,
        currency: operated.map(|operated| operated.currency),
        months: i32::try_from(months).map_err(Error::internal)?,
        measures: serde_json::to_string(&measures).map_err(Error::internal)?,
        partly: own.operated == Said::Partly,
        budget_revenue: of_flows(|of| Some(of.budget), |flows| flows.revenue)?,
        budget_cost: of_flows(|of| Some(of.budget), |flows| flows.cost)?,
        revenue: of_flows(|of| Some(of.outcome), |flows| flows.revenue)?,
        cost: of_flows(|of| Some(of.outcome), |flows| flows.cost)?,
        forecast_revenue: of_flows(|of| Some(of.forecast), |flows| flows.revenue)?,
        forecast_cost: of_flows(|of| Some(of.forecast), |flows| flows.cost)?,
        previous_revenue: of_flows(|of| of.previous, |flows| flows.revenue)?,
        previous_cost: of_flows(|of| of.previous, |flows| flows.cost)?,
        investment_currency: invested.map(|invested| invested.currency),
        frame: kept(invested.map(|invested| invested.frame))?,
        spent: kept(invested.map(|invested| invested.spent))?,
        investment_forecast: kept(invested.map(|invested| invested.forecast))?,
        items: invested.map(|invested| count(invested.items)).transpose()?,
        reported: invested.map(|invested| count(invested.reported)).transpose()?,
        at: own.at.unwrap_or(write.now()),
    };
    economy_decision::Entity::insert(row.into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

fn kept(amount: Option<i128>) -> Result<Option<Hundredths>> {
    let kept = |amount| i64::try_from(amount).map(Hundredths).map_err(Error::internal);
    amount.map(kept).transpose()
}

/// Forgets what was decided with a report that is opened again.
///
/// # Errors
/// Whatever the database says.
pub async fn forget(write: &Write, report: Uuid) -> Result<()> {
    economy_decision::Entity::delete_many()
        .filter(economy_decision::Column::ReportId.eq(report))
        .exec(write.connection())
        .await?;
    Ok(())
}
