//! The economy and the investments of a decided report.

use std::collections::HashMap;

use entity::{
    budgets::{
        budget_line, budget_line_follow_up, investment_budget, investment_follow_up,
        investment_item, investment_part, operating_budget,
    },
    follow_up::report,
    money::Hundredths,
    organisation::org_unit,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{Currency, EconomyMeasure},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    content::{Amount, Coverage, Economy, InvestmentBudget, Investments, Item, Line, Money, Unit},
    gather::named,
};
use crate::{
    domain::{
        budgets::{
            economy::{EconomyKey, summaries},
            investment::follow_ups,
            money,
        },
        organisation::period::Period,
    },
    error::{Error, Result},
};

/// What the economy of a report's unit came to.
pub(super) async fn economy(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    report: &report::Model,
    period: Period,
) -> Result<Economy> {
    let key = EconomyKey { unit: report.org_unit_id, period };
    let mut found = summaries(connection, sight, &[key]).await?;
    let summary = found.remove(&key).unwrap_or_default();
    let amount = |measure| summary.amount(measure).map(answered);
    let share = |measure| summary.share(measure).map(Amount);
    Ok(Economy {
        comment: report.economy_comment.clone(),
        period_result: amount(EconomyMeasure::PeriodResult),
        accumulated_budget_deviation: amount(EconomyMeasure::AccumulatedBudgetDeviation),
        forecast_budget_deviation: amount(EconomyMeasure::ForecastBudgetDeviation),
        forecast_investment_deviation: amount(EconomyMeasure::ForecastInvestmentDeviation),
        cost_development: share(EconomyMeasure::CostDevelopment),
        revenue_development: share(EconomyMeasure::RevenueDevelopment),
        lines: lines(connection, sight, report.org_unit_id, period).await?,
    })
}

async fn lines(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    unit: Uuid,
    period: Period,
) -> Result<Vec<Line>> {
    let budget = operating_budget::Entity::find_visible(sight)
        .filter(operating_budget::Column::OrgUnitId.eq(unit))
        .filter(operating_budget::Column::Year.eq(period.year()))
        .one(connection)
        .await?;
    let Some(budget) = budget else { return Ok(Vec::new()) };
    let rows = budget_line::Entity::find_visible(sight)
        .filter(budget_line::Column::BudgetId.eq(budget.id))
        .order_by_desc(budget_line::Column::Kind)
        .order_by_asc(budget_line::Column::Id)
        .all(connection)
        .await?;
    let followed = budget_line_follow_up::Entity::find_visible(sight)
        .filter(budget_line_follow_up::Column::BudgetId.eq(budget.id))
        .filter(budget_line_follow_up::Column::Kind.eq(period.kind()))
        .all(connection)
        .await?;
    let followed: HashMap<Uuid, budget_line_follow_up::Model> =
        followed.into_iter().map(|row| (row.line_id, row)).collect();
    let line = |row: budget_line::Model| {
        let followed = followed.get(&row.id);
        Line {
            kind: row.kind,
            name: row.name,
            budget: kept(row.amount, budget.currency),
            outcome: followed.map(|row| kept(row.outcome, budget.currency)),
            forecast: followed.map(|row| kept(row.forecast, budget.currency)),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What the unit of a report has invested.
pub(super) async fn investments(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    report: &report::Model,
    period: Period,
) -> Result<Investments> {
    let comment = report.investment_comment.clone();
    let budget = investment_budget::Entity::find_visible(sight)
        .filter(investment_budget::Column::OrgUnitId.eq(report.org_unit_id))
        .filter(investment_budget::Column::Year.eq(period.year()))
        .one(connection)
        .await?;
    let Some(budget) = budget else { return Ok(Investments { comment, budget: None }) };
    let sums = follow_ups(connection, sight, &[(budget.id, period)]).await?;
    let Some(sums) = sums.into_values().next() else {
        return Ok(Investments { comment, budget: None });
    };
    let money = |amount| answered(money::Money::hundredths(amount, budget.currency));
    let budget = InvestmentBudget {
        frame: money(sums.frame),
        spent: money(sums.spent),
        forecast: money(sums.forecast),
        deviation: money(sums.frame.saturating_sub(sums.forecast)),
        coverage: Coverage { contributing: sums.reported, expected: sums.items },
        items: items(connection, sight, &budget, period).await?,
    };
    Ok(Investments { comment, budget: Some(budget) })
}

async fn items(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budget: &investment_budget::Model,
    period: Period,
) -> Result<Vec<Item>> {
    let parts = investment_part::Entity::find()
        .select_only()
        .column(investment_part::Column::ItemId)
        .filter(investment_part::Column::BudgetId.eq(budget.id))
        .into_query();
    let rows = investment_item::Entity::find_visible(sight)
        .filter(investment_item::Column::Id.in_subquery(parts.clone()))
        .order_by_asc(investment_item::Column::Id)
        .all(connection)
        .await?;
    let followed = investment_follow_up::Entity::find_visible(sight)
        .filter(investment_follow_up::Column::ItemId.in_subquery(parts))
        .filter(investment_follow_up::Column::Kind.eq(period.kind()))
        .all(connection)
        .await?;
    let followed: HashMap<Uuid, investment_follow_up::Model> =
        followed.into_iter().map(|row| (row.item_id, row)).collect();
    let units = rows.iter().map(|row| row.org_unit_id).chain([budget.org_unit_id]);
    let units = org_unit::Entity::find_visible(sight)
        .filter(org_unit::Column::Id.is_in(units.collect::<Vec<_>>()))
        .all(connection)
        .await?;
    let units: HashMap<Uuid, org_unit::Model> =
        units.into_iter().map(|row| (row.id, row)).collect();
    let unit = |id: Uuid| -> Result<Unit> {
        // One that has been moved away is not seen from here.
        let found = units.get(&id).or_else(|| units.get(&budget.org_unit_id));
        found.map(named).ok_or_else(|| Error::internal("a budget without unit"))
    };
    let item = |row: investment_item::Model| {
        let followed = followed.get(&row.id);
        Ok(Item {
            org_unit: unit(row.org_unit_id)?,
            name: row.name,
            kind: row.kind,
            category: row.category,
            amount: kept(row.amount, budget.currency),
            spent: followed.map(|row| kept(row.spent, budget.currency)),
            forecast: followed.map(|row| kept(row.forecast, budget.currency)),
            comment: followed.and_then(|row| row.comment.clone()),
        })
    };
    rows.into_iter().map(item).collect()
}

fn kept(amount: Hundredths, currency: Currency) -> Money {
    answered(money::Money::of(amount, currency))
}

fn answered(money: money::Money) -> Money {
    Money { amount: Amount(money.amount), currency: money.currency }
}
