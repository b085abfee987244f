//! How the investments of budgets stand in a period: the frame, and what is said of the items that count in it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    budgets::{
        economy_decision, investment_budget, investment_follow_up, investment_item, investment_part,
    },
    follow_up::report,
    money::Hundredths,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{Currency, PeriodKind},
};
use rust_decimal::Decimal;
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait as _, JoinType, QueryResult,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::said::{in_any, stored};
use crate::{
    domain::{
        budgets::halves::{halves, select_sum, sum_of, whole},
        columns::Columns,
        fetch::among,
        organisation::period::Period,
    },
    error::{Error, Result},
};

/// The decimals of a share.
const SHARE_DECIMALS: u32 = 6;

/// How the investments of a budget stand in a period. Amounts are in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// In what the amounts are.
    pub currency: Currency,
    /// The frame, as it was when the period's report was approved, or as it is.
    pub frame: i128,
    /// What has been spent.
    pub spent: i128,
    /// What the year is expected to come to: as reported, and what the items were to cost of which nobody has said anything.
    pub forecast: i128,
    /// How many items there are,
    pub items: u32,
    /// and how many of them are reported on.
    pub reported: u32,
    /// When the last of it changed; none before anything is reported on.
    pub at: Option<DateTime<Utc>>,
}

impl FollowUp {
    /// What is left of the frame when the forecast holds.
    #[must_use]
    pub fn deviation(&self) -> i128 {
        self.frame - self.forecast
    }

    /// What has been spent in per cent of the frame, with six decimals, halves away from zero; none of a frame of nothing.
    #[must_use]
    pub fn spent_share(&self) -> Option<Decimal> {
        let millionths = self.spent * 100 * 10_i128.pow(SHARE_DECIMALS);
        let (whole, rest) = (millionths.checked_div(self.frame)?, millionths % self.frame);
        let away = if rest.abs() * 2 >= self.frame.abs() { rest.signum() } else { 0 };
        let share = Decimal::try_from_i128_with_scale(whole + away, SHARE_DECIMALS).ok()?;
        Some(share.normalize())
    }
}

/// What is said of the items that count in a budget.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    spent: i128,
    forecast: i128,
    /// What the items that something is said of were to cost.
    budgeted: i128,
    reported: u32,
    at: Option<DateTime<Utc>>,
}

/// A budget, and what was decided of it with the reports of its year.
struct Standing {
    year: i32,
    now: FollowUp,
    /// What the items are to cost.
    allocated: i128,
    decided: HashMap<PeriodKind, FollowUp>,
}

/// How the investments of these budgets stand in these periods, as far as the viewer sees them; nothing is said of a budget
/// in a period of another year. Two statements, however many.
///
/// # Errors
/// Whatever the database says.
pub async fn follow_ups(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[(Uuid, Period)],
) -> Result<HashMap<(Uuid, Period), FollowUp>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let sight = sight.row_by_row();
    let budgets: HashSet<Uuid> = keys.iter().map(|(budget, _)| *budget).collect();
    let standing = standing(connection, &sight, &budgets).await?;
    let said = said(connection, &sight, &budgets, keys).await?;
    let of = |(budget, period): &(Uuid, Period)| {
        let standing = standing.get(budget)?;
        let is_its_year = standing.year == period.year();
        let decided = standing.decided.get(&period.kind()).filter(|_| is_its_year);
        let followed = decided.copied().unwrap_or_else(|| {
            let said = said.get(&(*budget, stored(*period))).filter(|_| is_its_year);
            let Said { spent, forecast, budgeted, reported, at } =
                said.copied().unwrap_or_default();
            // Of what nobody has said anything it is still expected that it is used.
            let forecast = forecast + standing.allocated - budgeted;
            FollowUp { spent, forecast, reported, at, ..standing.now }
        });
        Some(((*budget, *period), followed))
    };
    Ok(keys.iter().filter_map(of).collect())
}

/// The budgets with how many items count in them, and what approved reports have made of them. Who sees a budget sees its
/// unit, and so what has been approved there.
fn standing_of(sight: &Sight, wanted: Expr) -> SelectStatement {
    use economy_decision::{Column as Decided, Entity as Decision};
    use investment_budget::{Column, Entity};
    let budget = |column| (Entity, column);
    let decision = |column| (Decision, column);
    let item = (investment_item::Entity, investment_item::Column::Id);
    let part = |column| (investment_part::Entity, column);
    let seen = Condition::all()
        .add(Expr::col(item).equals(part(investment_part::Column::ItemId)))
        .add(investment_item::Entity::visible(sight));
    let of_unit = Expr::col((report::Entity, report::Column::OrgUnitId))
        .equals(budget(Column::OrgUnitId))
        .and(Expr::col((report::Entity, report::Column::Year)).equals(budget(Column::Year)));
    let decided = Expr::col(decision(Decided::ReportId))
        .equals((report::Entity, report::Column::Id))
        .and(Expr::col(decision(Decided::Frame)).is_not_null());
    let count = Expr::col((investment_item::Entity, investment_item::Column::Id)).count();
    let mut select = Query::select();
    select
        .columns([Column::Id, Column::Year, Column::Currency, Column::Frame].map(budget))
        .expr_as(count, Alias::new("counted"))
        .expr_as(Expr::col((report::Entity, report::Column::Kind)), Alias::new("report_kind"))
        .columns(
            [
                Decided::InvestmentCurrency,
                Decided::Spent,
                Decided::InvestmentForecast,
                Decided::Items,
                Decided::Reported,
                Decided::At,
            ]
            .map(decision),
        )
        .expr_as(Expr::col(decision(Decided::Frame)), Alias::new("decided_frame"))
        .from(Entity)
        .join(
            JoinType::LeftJoin,
            investment_part::Entity,
            Expr::col(part(investment_part::Column::BudgetId)).equals(budget(Column::Id)),
        )
        .join(JoinType::LeftJoin, investment_item::Entity, seen)
        .join(JoinType::LeftJoin, report::Entity, of_unit)
        .join(JoinType::LeftJoin, Decision, decided)
        .and_where(wanted)
        .cond_where(Entity::visible(sight))
        .group_by_columns([budget(Column::Id)])
        .group_by_columns([(report::Entity, report::Column::Id)])
        .group_by_columns([decision(Decided::ReportId)]);
    select_sum(&mut select, "investment_item.amount", "allocated");
    select
}

async fn standing(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &HashSet<Uuid>,
) -> Result<HashMap<Uuid, Standing>> {
    let key = Expr::col((investment_budget::Entity, investment_budget::Column::Id));
    let wanted = among(connection.get_database_backend(), key, budgets.iter().copied());
    let mut found: HashMap<Uuid, Standing> = HashMap::new();
    for row in connection.query_all(&standing_of(sight, wanted)).await? {
        let currency: Currency = row.try_get("", "currency")?;
        let items: i64 = row.try_get("", "counted")?;
        let Hundredths(frame) = row.try_get("", "frame")?;
        let now = FollowUp {
            currency,
            frame: frame.into(),
            spent: 0,
            forecast: 0,
            items: u32::try_from(items).map_err(Error::internal)?,
            reported: 0,
            at: None,
        };
        let (year, allocated) = (row.try_get("", "year")?, sum_of(&row, "allocated")?);
        let standing = found.entry(row.try_get("", "id")?);
        let standing =
            standing.or_insert_with(|| Standing { year, now, allocated, decided: HashMap::new() });
        if let Some(decided) = decided(&row, currency)? {
            standing.decided.insert(row.try_get("", "report_kind")?, decided);
        }
    }
    Ok(found)
}

/// What an approved report has made of it, when it has.
fn decided(row: &QueryResult, currency: Currency) -> Result<Option<FollowUp>> {
    let amount = |name: &str| {
        let amount: Option<Hundredths> = row.try_get("", name)?;
        Ok::<_, Error>(amount.map(|amount| i128::from(amount.0)))
    };
    let number = |name: &str| {
        let number: Option<i32> = row.try_get("", name)?;
        u32::try_from(number.unwrap_or_default()).map_err(Error::internal)
    };
    let Some(frame) = amount("decided_frame")? else { return Ok(None) };
    let decided_in: Option<Currency> = row.try_get("", "investment_currency")?;
    Ok(Some(FollowUp {
        currency: decided_in.unwrap_or(currency),
        frame,
        spent: amount("spent")?.unwrap_or_default(),
        forecast: amount("investment_forecast")?.unwrap_or_default(),
        items: number("items")?,
        reported: number("reported")?,
        at: row.try_get("", "at")?,
    }))
}

async fn said(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &HashSet<Uuid>,
    keys: &[(Uuid, Period)],
) -> Result<HashMap<(Uuid, (PeriodKind, i32)), Said>> {
    use investment_follow_up::{Column, Entity};
    let part = |column| (investment_part::Entity, column);
    let key = part(investment_part::Column::BudgetId);
    let sums = [
        halves("investment_follow_up.spent"),
        halves("investment_follow_up.forecast"),
        halves("investment_item.amount"),
    ];
    let statement = Query::select()
        .column(key)
        .columns([(Entity, Column::Kind), (Entity, Column::Month)])
        .expr(Expr::cust("COUNT(*)"))
        .expr(Expr::col((Entity, Column::UpdatedAt)).max())
        .expr(Expr::cust(sums.join(", ")))
        .from(investment_part::Entity)
        .join(
            JoinType::InnerJoin,
            Entity,
            Expr::col((Entity, Column::ItemId)).equals(part(investment_part::Column::ItemId)),
        )
        .join(
            JoinType::InnerJoin,
            investment_item::Entity,
            Expr::col((investment_item::Entity, investment_item::Column::Id))
                .equals((Entity, Column::ItemId)),
        )
        .and_where(among(
            connection.get_database_backend(),
            Expr::col(key),
            budgets.iter().copied(),
        ))
        .cond_where(in_any(keys.iter().map(|(_, period)| *period)))
        .cond_where(Entity::visible(sight))
        .group_by_columns([key])
        .group_by_columns([(Entity, Column::Kind), (Entity, Column::Month)])
        .to_owned();
    let mut found = HashMap::new();
    for row in connection.query_all(&statement).await? {
        let mut columns = Columns::of(&row)?;
        let budget: Uuid = columns.take()?;
        let period = (columns.word(PeriodKind::parse)?, columns.take()?);
        let reported = u32::try_from(columns.take::<i64>()?).map_err(Error::internal)?;
        let at = Some(columns.take()?);
        let (spent, forecast) = (whole(&mut columns)?, whole(&mut columns)?);
        let budgeted = whole(&mut columns)?;
        found.insert((budget, period), Said { spent, forecast, budgeted, reported, at });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_once_and_halves_go_away_from_zero() {
        for (spent, frame, share, deviation) in [
            (0, 100, Some("0"), 90),
            (50, 100, Some("50"), 90),
            (1, 3, Some("33.333333"), -7),
            (2, 3, Some("66.666667"), -7),
            (-2, 3, Some("-66.666667"), -7),
            (1, 200_000_000, Some("0.000001"), 199_999_990),
            (-1, 200_000_000, Some("-0.000001"), 199_999_990),
            (1, 200_000_001, Some("0"), 199_999_991),
            (7, 0, None, -10),
            (99_999_999_999_999_999, 1, Some("9999999999999999900"), -9),
        ] {
            let followed = FollowUp {
                currency: Currency::Sek,
                frame,
                spent,
                forecast: 10,
                items: 1,
                reported: 1,
                at: None,
            };
            let found = followed.spent_share().map(|share| share.to_string());
            assert_eq!(found.as_deref(), share, "{spent} of {frame}");
            assert_eq!(followed.deviation(), deviation);
        }
    }
}
